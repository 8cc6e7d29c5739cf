/**
 * Document → `Analysis`: the one door to the core. A passage is read again only when its text or the note's context
 * changed; a derivation is made again only when something that it stands on changed.
 */
import type {
  Analysis,
  Counterexample,
  Derivation,
  Finding,
  JudgedClaim,
  JudgedPair,
  Nested,
  ReadPassage,
} from '../derivation'
import type { Source } from '../graph/graph'
import { judgeClaims } from '../judging/claims'
import { judgePairs, underlined } from '../judging/pairs'
import { type Scope, scopeOf } from '../meaning/scope'
import { collectMacros, macrosOf, noteContext } from '../reading/formula'
import { cellPassages, passagesOf } from '../reading/markdown'
import { readNotebook } from '../reading/notebook'
import { markdownTree, type NoteTree } from '../reading/noteTree'
import { readPairs } from '../reading/pairs'
import { shapesInWords, speakingOfShapes } from '../reading/shapeWords'
import type { Passage, Range, Reading, Unread } from '../reading/statement'
import { texDocument } from '../reading/tex'
import { formatNumber } from '../writing/number'
import { type CodeDerivations, codeDerivations, type DerivationSet, noteDerivations } from './derivations'
import { placesOf } from './places'
import { codeAbove, newKey, READERS, type ReadEntry, readingsOf } from './readings'
import { shifted } from './shifted'

/** What the next analysis of the same document takes over from this one. */
interface Memory {
  readonly tree?: NoteTree
  /** Of the context in which the passages were read. */
  readonly digest?: string
  readonly readings: readonly ReadEntry[]
  /** The newest text whose names were looked up; not a chain of all texts before it. */
  understood: { readonly read: readonly ReadPassage[]; readonly meaning: Meaning } | null
}
const memories = new WeakMap<Analysis, Memory>()
/** Readings of code that stay the same from one text to the next are the same objects: so is their key. */
const readingKeys = new WeakMap<Reading, number>()
function keyOf(reading: Reading | undefined): number {
  if (!reading) return newKey()
  const key = readingKeys.get(reading) ?? newKey()
  readingKeys.set(reading, key)
  return key
}

/** What is known beside the text. */
export interface AnalysisOptions {
  /** Macros that hold in every note, as `markdown.math.macros` gives them: `{ "\\R": "\\mathbb{R}" }`. */
  readonly macros?: Readonly<Record<string, string>>
  /** The text of a file that code imports; `null` where it can't be had. */
  readonly resolve?: (specifier: string) => string | null
  /** Rounds of a loop in code that are followed at most. */
  readonly unrollLimit?: number
}

/** Everything about a Markdown note. @param previous the analysis of the text before the last edit */
export function analyzeMarkdown(text: string, previous?: Analysis, options: AnalysisOptions = {}): Analysis {
  const old = previous ? memories.get(previous) : undefined
  const tree = markdownTree(text, old?.tree)
  return analyzeNote({ text, passages: passagesOf(tree), macros: macrosOf(options.macros ?? {}), tree, old })
}

/** Everything about a LaTeX document, which is read as a note. */
export function analyzeLatex(text: string, previous?: Analysis, options: AnalysisOptions = {}): Analysis {
  const old = previous ? memories.get(previous) : undefined
  const { note, preamble } = texDocument(text)
  const tree = markdownTree(note, old?.tree)
  const macros = new Map([...macrosOf(options.macros ?? {}), ...collectMacros(preamble).macros])
  return analyzeNote({ text, passages: passagesOf(tree), macros, tree, old })
}

/**
 * Everything about a notebook: its cells as one note. Offsets are those of the cells' sources one after the other.
 * @param json the file as Jupyter writes it
 * @throws {SyntaxError} where that is no notebook
 */
export function analyzeNotebook(json: string, previous?: Analysis, options: AnalysisOptions = {}): Analysis {
  const old = previous ? memories.get(previous) : undefined
  const notebook = readNotebook(json)
  const { text, cells } = notebook
  return analyzeNote({ text, passages: cellPassages(notebook), macros: macrosOf(options.macros ?? {}), cells, old })
}

interface Note {
  readonly text: string
  readonly passages: readonly Passage[]
  readonly macros: ReturnType<typeof macrosOf>
  readonly tree?: NoteTree
  readonly cells?: readonly Range[]
  readonly old: Memory | undefined
}

function analyzeNote({ text, passages, macros, tree, cells, old }: Note): Analysis {
  const context = noteContext(passages, macros)
  const shapes = shapesInWords(text, passages, tree && speakingOfShapes(text, tree.blocks))
  const whole = shapes.size === 0 ? passages : passages.map((each) => ({ ...each, ...(shapes.get(each) ?? {}) }))
  // Another context may read the same text differently.
  const readings = readingsOf(whole, context, old?.digest === context.digest ? old.readings : [])
  const unread: Unread[] = []
  const read = whole.map((passage, k): ReadPassage => {
    const { key, reading } = readings[k] as ReadEntry
    if (reading.unread.length > 0) unread.push(...reading.unread.map((each) => moved(each, passage.start)))
    return { key, passage, statements: reading.statements }
  })
  return assemble({
    text,
    language: 'markdown',
    read,
    unread,
    formulas: passages.length,
    tree,
    cells,
    digest: context.digest,
    readings,
    old,
  })
}

/** Everything about a file in TypeScript or JavaScript. */
export const analyzeTypeScript = (text: string, previous?: Analysis, options: AnalysisOptions = {}): Analysis =>
  analyzeCode(text, 'typescript', previous, options)

/** Everything about a file in Python. */
export const analyzePython = (text: string, previous?: Analysis, options: AnalysisOptions = {}): Analysis =>
  analyzeCode(text, 'python', previous, options)

function analyzeCode(
  text: string,
  language: 'typescript' | 'python',
  previous: Analysis | undefined,
  { resolve, unrollLimit }: AnalysisOptions,
): Analysis {
  const { passages, readings } = READERS[language](text, { resolve, unrollLimit })
  const unread: Unread[] = []
  const read = passages.map((passage, k): ReadPassage => {
    const reading = readings[k]
    for (const each of reading?.unread ?? []) unread.push(moved(each, passage.start))
    return { key: keyOf(reading), passage, statements: reading?.statements ?? [] }
  })
  const functions = read.reduce((n, each) => n + each.statements.length, 0)
  const old = previous ? memories.get(previous) : undefined
  return assemble({
    text,
    language,
    read,
    unread,
    formulas: functions,
    readings: [],
    old,
    resolve,
  })
}

const moved = ({ range, reason }: Unread, by: number): Unread => ({ range: shifted(range, by), reason })

interface Parts {
  readonly resolve?: AnalysisOptions['resolve']
  readonly text: string
  readonly language: Analysis['language']
  readonly read: readonly ReadPassage[]
  readonly unread: readonly Unread[]
  readonly formulas: number
  readonly tree?: NoteTree
  readonly cells?: readonly Range[]
  readonly digest?: string
  readonly readings: Memory['readings']
  readonly old: Memory | undefined
}

/** Which name means what, and the graphs: all that doesn't depend on where things stand in the document. */
interface Meaning {
  readonly scope: Scope
  readonly set: DerivationSet
  readonly code: CodeDerivations
}

function meaningOf(read: readonly ReadPassage[], old: Meaning | undefined): Meaning {
  const scope = scopeOf(read)
  const made = old ? new Map([...old.set.memory, ...old.code.memory]) : undefined
  return { scope, set: noteDerivations(scope, made), code: codeDerivations(read, made) }
}

/** Typing in prose moves passages and changes none of them. */
function sameStatements(read: readonly ReadPassage[], old: readonly ReadPassage[]): boolean {
  if (old.length !== read.length) return false
  return read.every(({ key, passage }, k) => {
    const before = old[k] as ReadPassage
    const { section } = before.passage
    return (
      key === before.key &&
      passage.block === before.passage.block &&
      passage.section.length === section.length &&
      passage.section.every((part, depth) => part === section[depth])
    )
  })
}

function assemble(parts: Parts): Analysis {
  const { text, language, read, unread, formulas, tree, cells, digest, readings, old } = parts
  const starts = lazy(() => new Map(read.map(({ key, passage }) => [key, passage.start])))
  const locate = (source: Source): Range | null => {
    const start = starts().get(source.passage)
    return start === undefined ? null : { start: start + source.start, end: start + source.end }
  }
  // A keystroke costs only the reading; names are looked up when something is asked.
  const memory: Memory = { tree, digest, readings, understood: old?.understood ?? null }
  const meaning = lazy(() => {
    const before = memory.understood
    const made = before && sameStatements(read, before.read) ? before.meaning : meaningOf(read, before?.meaning)
    memory.understood = { read, meaning: made }
    return made
  })
  const derivations = lazy((): readonly Derivation[] => {
    const { set, code } = meaning()
    if (language !== 'markdown') return code.outputs()
    return [...set.outputs(), ...code.outputs()].sort((a, b) => firstOffset(a, locate) - firstOffset(b, locate))
  })
  const places = lazy(() => {
    const { scope, set, code } = meaning()
    return placesOf(read, scope, set, code)
  })
  const claims = lazy(() => judgeClaims({ text, passages: read, scope: meaning().scope }))
  const pairs = lazy(() => pairsIn(parts))
  const findings = lazy(() =>
    [...problemFindings(derivations(), locate), ...claimFindings(claims()), ...pairFindings(pairs())].sort(
      (a, b) => a.range.start - b.range.start,
    ),
  )
  const analysis: Analysis = {
    text,
    language,
    ...(cells && { cells }),
    passages: read,
    get derivations() {
      return derivations()
    },
    derivationOf: (name) => meaning().set.named(name) ?? meaning().code.named(name),
    at: (offset) => places().at(offset),
    nearest: (offset) => nearestDerivation(derivations(), offset, locate),
    locate,
    claims,
    pairs,
    findings,
    formulas,
    unread,
  }
  memories.set(analysis, memory)
  return analysis
}

/** A wrong step, told where it stands. */
const claimFindings = (claims: readonly JudgedClaim[]): Finding[] =>
  claims.flatMap(({ steps }) =>
    steps
      .filter(({ verdict }) => verdict === 'fails')
      .map(
        ({ range, reason, counterexample }): Finding => ({
          range,
          severity: 'warning',
          code: 'wrong-step',
          message: withNumbers(reason ?? 'This step is wrong.', counterexample),
        }),
      ),
  )

/** The sentence, and numbers with which anyone can verify it by hand. */
function withNumbers(sentence: string, counterexample: Counterexample | null): string {
  if (!counterexample || / written /.test(sentence)) return sentence
  const { at, arrays, entry, written, expected } = counterexample
  const point = Object.entries({ ...at, ...arrays }).map(([name, value]) => `${name} = ${numbersText(value)}`)
  const where = point.length > 0 ? `At ${point.join(', ')}: ` : ''
  const place = entry && entry.length > 0 ? `[${entry.join(', ')}] ` : ''
  const numbers = `${where}${place}written ${formatNumber(written)}, expected ${formatNumber(expected)}.`
  return `${sentence} ${numbers.charAt(0).toUpperCase()}${numbers.slice(1)}`
}

const numbersText = (value: Nested): string =>
  typeof value === 'number' ? formatNumber(value) : `[${value.map(numbersText).join(', ')}]`

/** Hand-written derivatives: of a file in code, or of each code fence of a note. */
function pairsIn({ text, language, read, resolve }: Parts): JudgedPair[] {
  if (language !== 'markdown') return judgePairs(readPairs(text, { language, resolve }))
  const passages = read.map(({ passage }) => passage)
  return passages
    .filter(({ kind }) => kind === 'code')
    .flatMap((passage) => {
      const earlier = codeAbove(passage, passages).map(({ text, start }) => ({ text, start: start - passage.start }))
      const options = { language: passage.language ?? 'typescript', earlier }
      return judgePairs(readPairs(passage.text, options)).map((pair) => shifted(pair, passage.start))
    })
}

const pairFindings = (pairs: readonly JudgedPair[]): Finding[] =>
  pairs
    .filter(({ verdict, quiet }) => verdict === 'fails' || quiet)
    .map(
      (pair): Finding => ({
        range: underlined(pair),
        ...(pair.wrong && { named: pair.derivative.range }),
        severity: pair.quiet ? 'information' : 'warning',
        code: 'wrong-gradient',
        message: withNumbers(pair.reason ?? 'This derivative is wrong.', pair.counterexample),
      }),
    )

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const firstOffset = (derivation: Derivation, locate: (source: Source) => Range | null): number =>
  Math.min(...derivation.sources.map((source) => locate(source)?.start ?? Number.POSITIVE_INFINITY))

/** The derivation around an offset, else the last one that begins before it, else the first. */
function nearestDerivation(
  derivations: readonly Derivation[],
  offset: number,
  locate: (source: Source) => Range | null,
): Derivation | null {
  let before: Derivation | null = null
  for (const each of derivations) {
    const ranges = each.sources.flatMap((source) => locate(source) ?? [])
    if (ranges.some(({ start, end }) => start <= offset && offset <= end)) return each
    if (ranges.some(({ start }) => start <= offset)) before = each
  }
  return before ?? derivations[0] ?? null
}

const isOne = (shape: readonly (number | string)[]): boolean => shape.every((size) => size === 1 || size === '1')

/** Shapes that don't fit, told once each. */
function problemFindings(derivations: readonly Derivation[], locate: (source: Source) => Range | null): Finding[] {
  const findings = new Map<string, Finding>()
  const size = (shape: readonly (number | string)[]) => (shape.length === 0 ? 'a scalar' : `[${shape.join(' × ')}]`)
  for (const { problems } of derivations) {
    for (const { source, left, right } of problems) {
      const range = locate(source)
      // An array of one entry is a number.
      if (!range || (isOne(left) && isOne(right))) continue
      const message = `The shapes don't fit: ${size(left)} and ${size(right)}.`
      findings.set(`${range.start}`, { range, severity: 'warning', code: 'shape-mismatch', message })
    }
  }
  return [...findings.values()]
}
