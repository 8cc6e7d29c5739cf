/** Verdicts on all written derivations of a note, in places of the document and in words. */
import type { Counterexample, JudgedClaim, JudgedStep, Nested } from '../derivation'
import { ancestors, isNamed, type NodeId } from '../graph/graph'
import type { Meaning } from '../meaning/build'
import type { Defined, Placed, Scope, ScopedPassage } from '../meaning/scope'
import type { Tensor } from '../operations/operation'
import type { Claim, Definition, DerivativeExpr, Range, Side } from '../reading/statement'
import { expressionLatex } from '../writing/latex'
import { pretty, typedExpression } from '../writing/spoken'
import { identifier } from '../writing/text'
import type { ArrayWitness } from './arrays'
import type { Witness } from './equivalence'
import { ELSEWHERE } from './evidence'
import { type Ending, endingOf, hintFor } from './hints'
import { type Families, familiesIn, type Grounds, groundsOf, sameGrounds } from './memory'
import { sectionsOf } from './sections'
import { judgeChain } from './steps'
import { isOfNote, isOfNumbers, type Wording } from './suspect'
import { type StepVerdict, UNEQUAL } from './verdict'
import { wordingOf } from './wording'

/** What is judged: the text, what was read in it, and which name means what. */
export interface JudgedNote {
  readonly text: string
  readonly passages: readonly ScopedPassage[]
  readonly scope: Scope
}

/** A verdict without its place. */
interface Judgement {
  readonly verdict: StepVerdict['verdict']
  readonly reason: string | null
  readonly counterexample: Counterexample | null
  readonly replacement: string | null
  /** What is right in plain text, where nothing else is said about the step. */
  readonly answer: string | null
  readonly used: readonly Defined[]
  /** What a step differs from of which the evidence doesn't suffice for an alarm. */
  readonly thin: Defined | null
  /** Of a step that holds: the definitions that the claim is about. */
  readonly about: readonly Definition[]
  /** Of the last step, where it is right. */
  readonly ending: Ending | null
}
interface Remembered {
  readonly grounds: Grounds
  readonly judgements: readonly Judgement[]
  /** What was said once all claims of the section had been judged, of which so many definitions were confirmed. */
  late: { readonly confirmed: number; readonly judgements: readonly Judgement[] } | null
}
const memory = new WeakMap<Claim, Remembered>()

interface Context {
  readonly note: JudgedNote
  readonly passages: ReadonlyMap<number, { readonly home: ScopedPassage; readonly index: number }>
  readonly families: Families
  readonly sections: ReturnType<typeof sectionsOf>
  /** By section: definitions on which a claim has held. */
  readonly confirmed: Map<string, Set<Definition>>
}

/** A verdict on every step of every claim of a note, in document order. */
export function judgeClaims(note: JudgedNote): JudgedClaim[] {
  const passages = new Map(note.passages.map((home, index) => [home.key, { home, index }]))
  const families = familiesIn(note.scope)
  const context: Context = { note, passages, families, sections: sectionsOf(note.passages), confirmed: new Map() }
  const claims = (
    note.scope.statements.filter(({ statement }) => statement.kind === 'claim') as Placed<Claim>[]
  ).filter((claim) => !isGiven(note.scope, claim))
  // What holds further on shows as well what its section means: those that lacked it are asked again.
  const first = claims.map((claim) => ({ claim, judged: judgeClaim(context, claim) }))
  const judged = first.flatMap(({ claim, judged }) => {
    const isLacking = judged.some(({ judgements }) => judgements.some(({ reason }) => reason === ELSEWHERE))
    const found = isLacking ? judgeClaim(context, claim, true) : judged
    return isPosed(note.scope, claim) ? found.filter(({ judgements }) => !judgements.every(isOpen)) : found
  })
  const doubtful = doubtfulDefinitions(judged)
  const endings = judged.flatMap(({ judgements }) => judgements.at(-1)?.ending ?? [])
  return judged.map(({ claim, home, judgements }) =>
    placedClaim(
      context,
      claim,
      home,
      judgements.map((each) => blamingDefinition(each, doubtful)),
      endings,
    ),
  )
}

/** `P(0) = 0.3` of a function that the note doesn't define: data, of which nothing can be said. */
function isGiven(scope: Scope, placed: Placed<Claim>): boolean {
  const [head, only, further] = placed.statement.sides
  if (head?.expr.kind === 'derivative' && head.expr.notation === 'subscript')
    return !hasParameters(scope, placed, head.expr)
  if (head?.expr.kind !== 'call' || head.expr.primes > 0 || !only || further) return false
  return isOfNumbers(head.expr) && !isOfNote(scope, head.expr, placed)
}

/** `y' = x y` of a y that the note doesn't define: a differential equation, unless something says what y is. */
function isPosed(scope: Scope, placed: Placed<Claim>): boolean {
  const head = placed.statement.sides[0]?.expr
  return (
    head?.kind === 'derivative' &&
    head.notation === 'prime' &&
    head.wrt.length === 0 &&
    head.of.kind === 'name' &&
    scope.definitionOf(head.of.name, placed) === null
  )
}
const isOpen = ({ verdict }: Judgement): boolean => verdict === 'unknown'

/** `f_x`: is x among the parameters of f? */
function hasParameters(scope: Scope, placed: Placed<Claim>, { of, wrt }: DerivativeExpr): boolean {
  const own = of.kind === 'name' ? scope.definitionOf(of.name, placed)?.definition.parameters : null
  const keys = new Set(own?.map(({ name }) => name.key))
  return wrt.every(({ variable }) => variable.kind === 'name' && keys.has(variable.name.key))
}

/** A claim whose first step holds shows that its section means the definitions that it is about. */
function confirm({ confirmed }: Context, { section }: Placed<Claim>, [first]: readonly Judgement[]): void {
  if (first?.verdict !== 'holds') return
  const key = section.join()
  const own = confirmed.get(key) ?? new Set()
  for (const each of first.about) own.add(each)
  confirmed.set(key, own)
}

/** A claim with its verdicts, before they are given their places. */
interface JudgedStatement {
  readonly claim: Claim
  readonly home: ScopedPassage
  readonly judgements: readonly Judgement[]
}

/** Definitions of which several derivatives are written and none fits: then the mistake may stand in the definition. */
function doubtfulDefinitions(judged: readonly JudgedStatement[]): Set<Definition> {
  const fitting = new Map<Definition, { holds: number; fails: number }>()
  for (const { judgements } of judged) {
    const [first] = judgements
    const definition = first?.used[0]?.definition
    if (!first || !definition || first.verdict === 'unknown') continue
    const counts = fitting.get(definition) ?? { holds: 0, fails: 0 }
    counts[first.verdict]++
    fitting.set(definition, counts)
  }
  return new Set(
    [...fitting].filter(([, { holds, fails }]) => holds === 0 && fails > 1).map(([definition]) => definition),
  )
}

function blamingDefinition(judgement: Judgement, doubtful: ReadonlySet<Definition>): Judgement {
  const definition = judgement.used[0]?.definition
  if (judgement.reason !== UNEQUAL || !definition || !doubtful.has(definition)) return judgement
  const reason = `Either this or the definition of ${definition.target.plain} is wrong: other derivatives of it don’t fit either.`
  return { ...judgement, reason }
}

/** @param isLate all other claims of the section have been judged */
function judgeClaim(context: Context, claim: Placed<Claim>, isLate = false): JudgedStatement[] {
  const { note, passages, families } = context
  const { home, index } = passages.get(claim.passage) ?? {}
  if (!home || index === undefined) return []
  const wording = wordingOf({ text: note.text, passages }, claim, wordsBefore(note, home, index))
  const known = memory.get(claim.statement)
  // All that is said in the section may bear on a verdict: a heading, a new exercise, what a name is called.
  const grounds = groundsOf(families, claim, `${wording.line}\n${wording.section}`)
  const remembered: Remembered =
    known && sameGrounds(known.grounds, grounds)
      ? known
      : { grounds, judgements: judge(context, claim, home, wording), late: null }
  memory.set(claim.statement, remembered)
  if (isLate) {
    const confirmed = context.confirmed.get(claim.section.join())?.size ?? 0
    if (remembered.late?.confirmed !== confirmed)
      remembered.late = { confirmed, judgements: judge(context, claim, home, wording) }
  }
  const { judgements } = (isLate && remembered.late) || remembered
  confirm(context, claim, judgements)
  return [{ claim: claim.statement, home, judgements }]
}

function judge(
  { note, passages, confirmed, sections }: Context,
  claim: Placed<Claim>,
  home: ScopedPassage,
  wording: Wording,
): Judgement[] {
  const between = (from: { readonly passage: number; readonly range: Range }): string => {
    const begin = passages.get(from.passage)?.home.passage.start ?? home.passage.start
    return note.text.slice(begin + from.range.end, Math.max(begin, home.passage.start))
  }
  const section = claim.section.join()
  const isConfirmed = ({ definition }: Defined): boolean => confirmed.get(section)?.has(definition) ?? false
  const steps = claim.statement.sides.length - 1
  const surroundings = { scope: note.scope, wording, isConfirmed, text: note.text, between, alone: sections }
  const verdicts = safely(() => judgeChain(claim, surroundings), steps)
  return verdicts.map(({ verdict, reason, witness, right, used, last, thin, about }) => ({
    verdict,
    reason,
    counterexample: right && witness ? counterexampleOf(right.world, witness) : null,
    replacement: right && !witness?.arrays ? replacementFor(right, home.passage.kind === 'plain') : null,
    answer: right && !witness?.arrays && reason === UNEQUAL ? replacementFor(right, true) : null,
    used,
    thin: thin ?? null,
    about: about ?? [],
    ending: last ? endingOf(last, home.passage.kind === 'plain') : null,
  }))
}

function placedClaim(
  context: Context,
  claim: Claim,
  { passage: { start, text } }: ScopedPassage,
  judgements: readonly Judgement[],
  endings: readonly Ending[],
): JudgedClaim {
  const { passages } = context
  const inDocument = (range: Range): Range => ({ start: start + range.start, end: start + range.end })
  const written = (range: Range): string => text.slice(range.start, range.end)
  const [head, ...steps] = claim.sides
  return {
    range: inDocument(claim.range),
    latex: head ? written(head.range) : '',
    steps: steps.map(({ range }, k): JudgedStep => {
      const { used, ending, thin, answer, about: _, ...judgement } = judgements[k] as Judgement
      const reason = k === 0 && head && judgement.reason === UNEQUAL ? toldFor(head, answer) : judgement.reason
      const hint = thin ? differsFrom(context, thin) : ending && hintFor(ending, endings)
      return {
        range: inDocument(range),
        latex: written(range),
        ...judgement,
        reason,
        hint,
        related: relatedTo(thin ? [thin] : used, passages),
      }
    }),
  }
}

/** Reasons that give away what is right. */
export const GIVES_ANSWER = /^The derivative ∂.* is |^That is ∂/

/** A longer answer is no sentence any more: the quick fix has it. */
const LONGEST_ANSWER = 40

/** Where the side before is the derivative itself, what it is; that sides differ says nothing there. */
function toldFor({ expr }: Side, answer: string | null): string {
  if (answer === null || answer.length > LONGEST_ANSWER || expr.kind !== 'derivative' || expr.order !== 1)
    return UNEQUAL
  const { of, wrt } = expr
  const by = wrt[0]?.variable
  if (of.kind !== 'name' || by?.kind !== 'name') return UNEQUAL
  return `The derivative ∂${of.name.plain}/∂${by.name.plain} is ${pretty(answer)}.`
}

/** A difference that is no alarm, told quietly: what it differs from, and where that stands. */
function differsFrom({ note, passages }: Context, { definition, passage }: Defined): string | null {
  const start = passages.get(passage)?.home.passage.start
  if (start === undefined) return null
  const line = note.text.slice(0, start + definition.range.start).split('\n').length
  return `It differs from the definition of ${definition.target.plain} in line ${line}.`
}

/** The words between the passage before and this one, of the same paragraph. */
function wordsBefore(note: JudgedNote, home: ScopedPassage, index: number): string {
  const previous = note.passages[index - 1]?.passage
  const from = previous ? previous.start + previous.text.length : 0
  const between = note.text.slice(from, home.passage.start)
  return between.split(/\n\s*\n|^#.*$/m).at(-1) ?? ''
}

/** A note may nest so deeply that the call stack doesn't suffice: then nothing is said of the claim. */
function safely(decide: () => StepVerdict[], count: number): StepVerdict[] {
  try {
    return decide()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const reason = 'It is nested too deeply.'
    return Array.from({ length: count }, () => ({ verdict: 'unknown', reason, witness: null, right: null, used: [] }))
  }
}

/** Values of the names; those of the truth come second in a comparison of truth and step. */
function counterexampleOf(world: Meaning, { at, left, right, arrays }: Witness): Counterexample | null {
  if (arrays) return 'shapes' in arrays ? null : arrayCounterexample(world, arrays)
  const values = [...at].flatMap(([id, value]) => {
    const name = world.builder.node(id).name
    return name && !world.generic.has(id) ? [[identifier(name), value] as const] : []
  })
  return { at: Object.fromEntries(values), written: right, expected: left }
}

function arrayCounterexample(world: Meaning, { at, sizes, entry, left, right }: ArrayWitness): Counterexample {
  const values = [...at].flatMap(([id, tensor]) => {
    const name = world.builder.node(id).name
    return name ? [[identifier(name), nested(tensor)] as const] : []
  })
  return { at: {}, arrays: Object.fromEntries(values), sizes, entry, written: right, expected: left }
}

function nested({ shape, data }: Tensor, axis = 0, from = 0): Nested {
  if (axis === shape.length) return data[from] ?? Number.NaN
  const stride = shape.slice(axis + 1).reduce((n, size) => n * size, 1)
  return Array.from({ length: shape[axis] ?? 0 }, (_x, k) => nested({ shape, data }, axis + 1, from + k * stride))
}

/** What is right, in the names that the step itself uses and in the notation of its passage. */
function replacementFor({ world, truth, written }: NonNullable<StepVerdict['right']>, plain: boolean): string | null {
  const { builder, simplifier } = world
  const node = usesIntermediate(world, written.node) ? simplifier.simplify(truth.node) : simplifier.expand(truth.node)
  if (ancestors(builder.graph, node).some((id) => world.generic.has(id))) return null
  return plain ? typedExpression(builder.graph, node) : expressionLatex(builder.graph, node)
}

const usesIntermediate = (world: Meaning, node: NodeId): boolean =>
  ancestors(world.builder.graph, node).some((id) => isNamed(world.builder.node(id)))

function relatedTo(used: readonly Defined[], passages: Context['passages']): JudgedStep['related'] {
  return used.flatMap(({ definition, passage }) => {
    const start = passages.get(passage)?.home.passage.start
    if (start === undefined) return []
    const range = { start: start + definition.range.start, end: start + definition.range.end }
    return [{ range, message: `The definition of ${definition.target.plain}.` }]
  })
}
