/** What the note as a whole says, gathered from all its passages. */
import { operationCalled } from '../../operations/index'
import { lately } from '../lately'
import type { Name, Passage } from '../statement'
import { FUNCTION_LETTERS } from './applied'
import { greek } from './characters'
import { collectMacros, expandMacros, type Macro } from './macros'
import { type NameFacts, nameFacts } from './nameFacts'
import { draftOf, finishName, withoutLayer } from './names'
import { EMPTY_CONTEXT, type NoteContext } from './noteContext'
import { startState } from './parser'
import { usualSpelling } from './spelling'
import { lex, type Token } from './tokens'
import { type WordFacts, wordFacts, wordsOf } from './wordFacts'
import { resolveWords } from './words'

/** Facts of texts that were seen lately. */
function remembering<T>(make: (text: string, plain: boolean) => T): (text: string, plain: boolean) => T {
  const [latex, unmarked] = [lately<T>(), lately<T>()]
  return (text, plain) => (plain ? unmarked : latex)(text, () => make(text, plain))
}

const macrosIn = remembering(collectMacros)

/** Longer passages say nothing about the note: they are no formula that anyone wrote by hand. */
const LONGEST_PASSAGE = 20_000

const isMathematics = (passage: Passage): boolean => passage.kind !== 'code' && passage.text.length <= LONGEST_PASSAGE

/** Tokens of a passage, macros put in. */
export function tokensOf(text: string, plain: boolean, macros: ReadonlyMap<string, Macro>): readonly Token[] {
  const { rest } = macrosIn(text, plain)
  return usualSpelling(expandMacros(lex(rest, plain), macros), plain)
}

const rawWordFacts = remembering((text, plain) => wordFacts(usualSpelling(lex(text, plain), plain), plain))
let nameFactsOfWords: { key: string; facts: (text: string, plain: boolean) => NameFacts } | null = null

/** Facts about names depend on which runs are words, and on the macros. */
function nameFactsFor(
  words: ReadonlySet<string>,
  macros: ReadonlyMap<string, Macro>,
): (text: string, plain: boolean) => NameFacts {
  const key = JSON.stringify([[...words].sort(), sourceOf(macros)])
  if (nameFactsOfWords?.key === key) return nameFactsOfWords.facts
  const context: NoteContext = { ...EMPTY_CONTEXT, words, macros }
  const facts = remembering((text, plain) => {
    const tokens = resolveWords(tokensOf(text, plain, macros), context, plain)
    return nameFacts(startState(text, tokens, context, plain))
  })
  nameFactsOfWords = { key, facts }
  return facts
}

/** What was gathered of a note. */
interface Gathered {
  readonly passages: readonly Passage[]
  readonly settings: string
  readonly factsOf: (text: string, plain: boolean) => NameFacts
  readonly context: NoteContext
}

/** Of the note that was read last: a keystroke in prose changes none of its facts. */
let last: Gathered | null = null

/** The context of a note; `userMacros` are those of the reader's settings. */
export function noteContext(
  passages: readonly Passage[],
  userMacros: ReadonlyMap<string, Macro> = new Map(),
): NoteContext {
  const relevant = passages.filter(isMathematics)
  const settings = sourceOf(userMacros)
  if (last?.settings !== settings || !saysTheSame(last, relevant)) last = gathered(relevant, userMacros, settings)
  else last = { ...last, passages: relevant }
  return last.context
}

const sourceOf = (macros: ReadonlyMap<string, Macro>): string =>
  JSON.stringify([...macros].map(([name, macro]) => [name, macro.source]))

/** Facts of texts are remembered, so that equal ones are the same object. */
function saysTheSame({ passages, factsOf }: Gathered, now: readonly Passage[]): boolean {
  if (passages.length !== now.length) return false
  return now.every((passage, k) => {
    const before = passages[k] as Passage
    const [plain, wasPlain] = [passage.kind === 'plain', before.kind === 'plain']
    if (passage.text === before.text && plain === wasPlain) return true
    return [macrosIn, rawWordFacts, factsOf].every(
      (facts) => facts(passage.text, plain) === facts(before.text, wasPlain),
    )
  })
}

function gathered(passages: readonly Passage[], userMacros: ReadonlyMap<string, Macro>, settings: string): Gathered {
  const macros = new Map(userMacros)
  for (const passage of passages)
    for (const [name, macro] of macrosIn(passage.text, passage.kind === 'plain').macros) macros.set(name, macro)
  const words = wordsOf(passages.map((passage): WordFacts => rawWordFacts(passage.text, passage.kind === 'plain')))
  const factsOf = nameFactsFor(words, macros)
  const facts = passages.map((passage) => factsOf(passage.text, passage.kind === 'plain'))
  return { passages, settings, factsOf, context: decide(facts, words, macros) }
}

const setOf = <T>(facts: readonly NameFacts[], pick: (fact: NameFacts) => readonly T[]): Set<T> => {
  const all = new Set<T>()
  for (const fact of facts) for (const item of pick(fact)) all.add(item)
  return all
}

function decide(
  facts: readonly NameFacts[],
  words: ReadonlySet<string>,
  macros: ReadonlyMap<string, Macro>,
): NoteContext {
  const defined = new Map<string, Name>()
  for (const fact of facts) for (const name of fact.defined) defined.set(name.key, name)
  const expressed = setOf(facts, (fact) => fact.expressed)
  const functions = functionsOf(facts, defined)
  const variables = variablesOf(facts, defined, functions)
  const primed = setOf(facts, (fact) => fact.primed)
  const coordinates = coordinatesOf(facts)
  const numbered = setOf(facts, (fact) => fact.numbered)
  const turning = turningOf(facts, defined)
  const context = {
    functions,
    words,
    variables,
    indices: without(indicesOf(facts, defined), turning),
    marks: without(marksOf(facts, defined), turning),
    turning,
    expressed,
    imaginary: imaginaryOf(facts, defined),
    operators: new Set(isOperatorD(facts) ? ['D'] : []),
    differentiable: new Set(
      [...primed].filter((key) => !coordinates.has(key) && (expressed.has(key) || isOfCurve(key, primed, facts))),
    ),
    gradients: gradientsOf(facts),
    loss: LOSSES.map((key) => defined.get(key)).find((name) => name !== undefined) ?? null,
    samples: samplesOf(facts),
    distinct: new Set(
      [...numbered]
        .filter((name) => !name.includes('_') && numbered.has(name.replace(/\d+$/, '_$&')))
        .map((name) => name.replace(/\d+$/, '')),
    ),
    factors: factorsOf(facts),
    angles: setOf(facts, (fact) => fact.angles),
    squares: squaresOf(facts),
    partials: setOf(facts, (fact) => fact.partials),
    macros,
  }
  return { ...context, digest: digestOf(context) }
}

/** Names of which a prime makes another coordinate, and those that stand beside one with a prime of their own: `x = x' + vt'`. */
function coordinatesOf(facts: readonly NameFacts[]): ReadonlySet<string> {
  const found = setOf(facts, (fact) => fact.coordinates)
  if (found.size === 0) return found
  return new Set([...found, ...setOf(facts, ({ primed }) => (primed.some((key) => found.has(key)) ? primed : []))])
}

/** `2x + 2y y' = 0`: the y of a curve, of which only x has no prime; where both have one they are other coordinates. */
const isOfCurve = (key: string, primed: ReadonlySet<string>, facts: readonly NameFacts[]): boolean =>
  key === 'y' &&
  !primed.has('x') &&
  ['x', 'y'].every((name) => facts.some(({ multiplied }) => multiplied.includes(name)))

/** σ is the sigmoid function where nothing says otherwise, wherever it has a bracket. */
const isTableName = (key: string): boolean => key === 'sigma' || operationCalled(key) !== undefined

/**
 * What is applied: names with parameters; names before a bracket around names alone; those before a bracket around a
 * single term (nobody writes such a bracket for a product) that the note multiplies nowhere; and upright words that always
 * have something behind them.
 */
function functionsOf(facts: readonly NameFacts[], defined: ReadonlyMap<string, Name>): Set<string> {
  const functions = setOf(facts, (fact) => fact.functions)
  const isFree = (key: string): boolean => !defined.has(key) && !isTableName(key) && key !== 'e' && key !== 'pi'
  for (const key of setOf(facts, (fact) => fact.maybeFunctions)) if (isFree(key)) functions.add(key)
  for (const key of setOf(facts, (fact) => fact.called)) if (isFree(key)) functions.add(key)
  const multiplied = setOf(facts, (fact) => fact.multiplied)
  for (const key of setOf(facts, (fact) => fact.applied)) if (isFree(key) && !multiplied.has(key)) functions.add(key)
  const unheaded = setOf(facts, (fact) => fact.unheaded)
  for (const key of setOf(facts, (fact) => fact.headed)) if (isFree(key) && !unheaded.has(key)) functions.add(key)
  return functions
}

function variablesOf(
  facts: readonly NameFacts[],
  defined: ReadonlyMap<string, Name>,
  functions: ReadonlySet<string>,
): Set<string> {
  const bracketed = setOf(facts, (fact) => fact.bracketed)
  const variables = new Set<string>()
  for (const key of defined.keys())
    if (!functions.has(key) && (bracketed.has(key) || key === 'e' || key === 'pi' || key === 'T')) variables.add(key)
  for (const key of setOf(facts, (fact) => fact.bare)) {
    if (
      (key === 'sigma' && !bracketed.has(key)) ||
      ((key === 'e' || key === 'pi' || key === 'T') && !functions.has(key))
    )
      variables.add(key)
  }
  // `(x + h)^2`, `h((x + h) + x)`: a factor, though its letter is one of functions.
  for (const key of setOf(facts, (fact) => fact.multiplied))
    if (FUNCTION_LETTERS.has(key) && bracketed.has(key) && !functions.has(key)) variables.add(key)
  if (defined.has('d') || facts.some((fact) => fact.letters.plainD)) variables.add('d')
  return variables
}

/** `D_x` differentiates where the note has no D for anything else. */
const isOperatorD = (facts: readonly NameFacts[]): boolean =>
  facts.some((fact) => fact.letters.operatorD) && !facts.some((fact) => fact.letters.otherD)

/** Where a note says so, or turns by it; a mere `a + ib` only where the letter is no index, no variable and no current. */
function imaginaryOf(facts: readonly NameFacts[], defined: ReadonlyMap<string, Name>): Set<string> {
  const imaginary = setOf(facts, (fact) => fact.letters.imaginary)
  const differentiated = setOf(facts, (fact) => fact.bare)
  const lowered = setOf(facts, (fact) => fact.lowered)
  const isFree = (letter: string): boolean => !defined.has(letter) && !differentiated.has(letter)
  for (const letter of setOf(facts, (fact) => fact.letters.turning)) if (isFree(letter)) imaginary.add(letter)
  for (const letter of setOf(facts, (fact) => fact.letters.perhapsImaginary))
    if (isFree(letter) && !lowered.has(letter)) imaginary.add(letter)
  return imaginary
}

/** Letters that may count without any other sign of it. */
const COUNTERS = new Set('ijlℓLts')
const POSSIBLE_COUNTERS = new Set('ijklℓmnstLTNKM')

function indicesOf(facts: readonly NameFacts[], defined: ReadonlyMap<string, Name>): Set<string> {
  const levels = setOf(facts, (fact) => fact.levels)
  const lowered = setOf(facts, (fact) => fact.lowered)
  const below = new Map<string, Set<string>>()
  for (const fact of facts)
    for (const [letter, name] of fact.raised) below.set(letter, (below.get(letter) ?? new Set()).add(name))
  const indices = new Set<string>()
  for (const [letter, names] of below) {
    if (!POSSIBLE_COUNTERS.has(letter) || levels.has(letter) || defined.has(letter)) continue
    if (lowered.has(letter) || (COUNTERS.has(letter) && names.size > 1)) indices.add(greek(letter)?.key ?? letter)
  }
  // The last one of those that a small letter counts: a^L beside a^l.
  for (const [letter, names] of below) {
    const counted = below.get(letter.toLowerCase())
    const isLast =
      COUNTERS.has(letter) && indices.has(letter.toLowerCase()) && [...names].some((name) => counted?.has(name))
    if (isLast && !levels.has(letter) && !defined.has(letter)) indices.add(letter)
  }
  return indices
}

function marksOf(facts: readonly NameFacts[], defined: ReadonlyMap<string, Name>): Set<string> {
  const levels = setOf(facts, (fact) => fact.levels)
  const raised = setOf(facts, (fact) => fact.raised.map(([letter]) => letter))
  return new Set(
    [...raised].filter(
      (letter) => (letter.length > 1 || POSSIBLE_COUNTERS.has(letter)) && !levels.has(letter) && !defined.has(letter),
    ),
  )
}

/**
 * t of `W^t x`: it stands above matrices and vectors, and nowhere else in the note, which has no other sign that transposes; of `W^t`
 * beside `W^{t+1}`, or of an e^t, it is a number.
 */
function turningOf(facts: readonly NameFacts[], defined: ReadonlyMap<string, Name>): Set<string> {
  const arrays = setOf(facts, (fact) => fact.raisedArrays.map(([letter]) => letter))
  const isElsewhere = (fact: NameFacts): boolean =>
    [...fact.levels, ...fact.lowered, ...fact.accompanied].includes('t') ||
    fact.turned.length > 0 ||
    fact.raised.some(([letter, below]) => letter === 't' && below === 'e')
  return new Set(arrays.has('t') && !defined.has('t') && !facts.some(isElsewhere) ? ['t'] : [])
}

const without = <T>(all: Set<T>, some: ReadonlySet<T>): Set<T> => new Set([...all].filter((each) => !some.has(each)))

/**
 * `dw` is a gradient where the note descends by it, or writes one by weights and one by their bias or what comes out of their layer.
 * Without its layer, a name stands for those of all layers.
 */
function gradientsOf(facts: readonly NameFacts[]): Set<string> {
  const written = setOf(facts, (fact) => fact.written)
  const updated = setOf(facts, (fact) => fact.updated)
  const keys = [...written, ...updated]
  const isOfLayer =
    [...written].some((key) => WEIGHTS.test(key)) && [...written].some((key) => BESIDE_WEIGHTS.test(key))
  if (updated.size === 0 && !isOfLayer) return new Set()
  return new Set([...keys, ...keys.map(withoutLayer), ...(isOfLayer ? OUTPUTS : [])])
}
/** What comes out of a layer, before its activation and behind it. */
const OUTPUTS = ['z', 'Z', 'a', 'A']
const WEIGHTS = /^(?:[WwUV]|theta)(?![a-z])/
const BESIDE_WEIGHTS = /^[bzZaA](?![a-z])/

/** The one letter by which the gradients of a note are divided. */
function samplesOf(facts: readonly NameFacts[]): Name | null {
  const [letter, further] = setOf(facts, (fact) => fact.averaged)
  return letter === undefined || further !== undefined ? null : finishName(draftOf(letter))
}

/** Letters that stand alone, are numbered nowhere, and have a power of a number behind them. */
function factorsOf(facts: readonly NameFacts[]): Set<string> {
  const levels = setOf(facts, (fact) => fact.levels)
  const indexed = setOf(facts, (fact) => fact.indexed)
  return new Set(
    [...setOf(facts, (fact) => fact.powered)].filter((letter) => levels.has(letter) && !indexed.has(letter)),
  )
}

/** Names of which the note defines the square and never says the name alone. */
function squaresOf(facts: readonly NameFacts[]): Set<string> {
  const unsquared = setOf(facts, (fact) => fact.unsquared)
  return new Set([...setOf(facts, (fact) => fact.squared)].filter((key) => !unsquared.has(key)))
}

const LOSSES = ['L', 'J', 'L_cal', 'loss', 'Loss', 'cost', 'E', 'C']

function digestOf(context: Omit<NoteContext, 'digest'>): string {
  const sets = [
    context.functions,
    context.words,
    context.variables,
    context.indices,
    context.marks,
    context.turning,
    context.differentiable,
    context.gradients,
    context.distinct,
    context.factors,
    context.angles,
    context.squares,
    context.partials,
    context.expressed,
    context.imaginary,
    context.operators,
  ]
  const macros = [...context.macros].map(([name, macro]) => `${name}=${macro.source}`)
  return JSON.stringify([
    ...sets.map((set) => [...set].sort()),
    context.gradients.size > 0 ? [context.loss?.key, context.samples?.key] : null,
    macros,
  ])
}
