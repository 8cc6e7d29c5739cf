/** Finds functions and their hand-written derivatives in a file, in the shapes in which people write them. */

import type { Expression, Statement } from './code/core'
import type { SourceFile } from './code/file'
import { JAVASCRIPT } from './code/javascript/language'
import { known, type Machine, newProgram, type Program } from './code/machine'
import { openFile, type Resolve } from './code/module'
import { PYTHON } from './code/python/library'
import { opaqueIn } from './code/value'
import { walkCode } from './code/walk'
import type { ArrayCandidate } from './pairs/arrayCandidate'
import { arrayPairOf } from './pairs/arrays'
import { type Calls, calledWith, callsOf } from './pairs/calls'
import type { PairCandidate, PairFormula } from './pairs/candidate'
import { type Above, functionsElsewhere } from './pairs/elsewhere'
import { type Fixed, formulaOf, pairMachine } from './pairs/formulas'
import { type Found, foundPairs } from './pairs/found'
import { instanceOf } from './pairs/instance'
import { layerOf } from './pairs/layers'
import { type Member, type Members, membersOf } from './pairs/members'
import { isDerivativeWord, isFlag } from './pairs/names'
import type { Binding } from './statement'

export type { PairCandidate, PairFormula, PairParameter, PairResult, PairShape } from './pairs/candidate'

export interface PairOptions {
  readonly unrollLimit?: number
  readonly resolve?: Resolve
  /** Texts of which all names are known here: cells and fences above this one, in order. */
  readonly earlier?: readonly Above[]
  readonly language?: 'typescript' | 'python'
}

const UNROLL_LIMIT = 200
const LANGUAGES = { typescript: JAVASCRIPT, python: PYTHON }

/** Pairs of a file: those of numbers, and those that work on arrays, by the place where the derivative's name stands. */
export interface Pairs {
  readonly numbers: readonly PairCandidate[]
  readonly arrays: readonly ArrayCandidate[]
}

/** All pairs of a file, in the order of the derivatives. Never throws. */
export function readPairs(text: string, options: PairOptions = {}): Pairs {
  const program = newProgram(options.unrollLimit ?? UNROLL_LIMIT)
  const language = LANGUAGES[options.language ?? 'typescript']
  const above = options.earlier ?? []
  const earlier = above.map((each) => each.text)
  const file = openFile(program, text, options.resolve ?? (() => null), language, earlier)
  const members = membersOf(program, file)
  const calls = callsOf(file, new Set(members.groups.flatMap(({ name }) => name ?? [])))
  const pairs = foundPairs(file, members, functionsElsewhere(program, file, above))
  const derivatives = new Set(pairs.map(({ derivative }) => derivative))
  const candidates = [
    ...pairs.flatMap((found) =>
      casesOf(found).flatMap((fixed) => pairOf({ program, file, calls, members }, found, fixed)),
    ),
    ...members.all.flatMap((member) => flagPair(program, file, member, members.tableOf)),
    ...members.all.filter((member) => !derivatives.has(member)).flatMap((member) => resultPair(program, file, member)),
  ]
  const seen = new Set<string>()
  const numbers = candidates
    .filter(isUnderstood)
    .filter(({ derivative, shape, part }) => {
      const key = `${derivative.range.start} ${derivative.title} ${shape === 'flag' || shape === 'result'} ${part?.index}`
      return !seen.has(key) && seen.add(key)
    })
    .toSorted((a, b) => a.derivative.range.start - b.derivative.range.start)
  return { numbers, arrays: arrayCandidates(program, file, members, pairs) }
}

/** Classes with `forward` and `backward`, and functions and their gradients that take arrays. */
function arrayCandidates(
  program: Program,
  file: SourceFile,
  members: Members,
  pairs: readonly Found[],
): ArrayCandidate[] {
  const layers = members.groups.flatMap((group) =>
    group.kind === 'class' && group.holder ? (layerOf({ program, file }, group, group.holder.scope) ?? []) : [],
  )
  const inLayers = new Set(layers.map(({ derivative }) => derivative.range.start))
  const functions = pairs
    .filter(({ derivative }) => !inLayers.has(derivative.nameSpan.from))
    .flatMap((found) => arrayPairOf({ program, file }, found) ?? [])
  return [...layers, ...functions]
}

/** Where names alone are no proof, both sides must be understood. */
function isUnderstood({ strength, function: of, derivative, definitions }: PairCandidate): boolean {
  if (strength !== 'likely') return true
  const results = [...of.results, ...derivative.results].map(({ expr }) => expr)
  return [...results, ...definitions.map(({ expr }) => expr)].every((expr) => !opaqueIn(expr))
}

interface Reader {
  readonly program: Program
  readonly file: SourceFile
  readonly calls: Calls
  readonly members: Members
}

/** One way in which both functions of a pair are run: `kind` is `'tanh'`. */
interface Case {
  readonly name: string | null
  readonly function: Fixed | undefined
  readonly derivative: Fixed | undefined
}

const WHOLE: Case = { name: null, function: undefined, derivative: undefined }

/** Functions that choose by a text, `switch (kind) { case 'tanh': … }`, are a pair for each text that both know. */
function casesOf(found: Found): Case[] {
  const of = choiceIn(found.function)
  const derivative = choiceIn(found.derivative)
  if (!of || !derivative) return [WHOLE]
  const cases = [...of.texts].filter((text) => derivative.texts.has(text))
  const fixed = (parameter: string, text: string): Fixed => new Map([[parameter, { kind: 'text', text }]])
  return cases.map((text) => ({
    name: text,
    function: fixed(of.parameter, text),
    derivative: fixed(derivative.parameter, text),
  }))
}

/** The parameter that a function compares with texts, and these. */
function choiceIn({ value }: Member): { readonly parameter: string; readonly texts: ReadonlySet<string> } | null {
  if (value.kind !== 'closure') return null
  const compared = new Map<string, Set<string>>()
  const add = (subject: Expression, test: Expression | null) => {
    if (subject.kind !== 'name' || test?.kind !== 'text' || test.text === undefined) return
    compared.set(subject.name, (compared.get(subject.name) ?? new Set()).add(test.text))
  }
  walkCode(value.code.body, (part) => {
    if (part.kind === 'switch') for (const { test } of part.cases) add(part.subject, test)
    const [left, right] = part.kind === 'operation' && part.op === '==' ? part.args : []
    if (left && right) add(left, right)
  })
  for (const { pattern } of value.code.parameters) {
    const texts = pattern.kind === 'name' ? compared.get(pattern.name) : undefined
    if (pattern.kind === 'name' && texts) return { parameter: pattern.name, texts }
  }
  return null
}

function pairOf({ program, file, calls, members }: Reader, found: Found, fixed: Case): PairCandidate[] {
  const machine = pairMachine(program, file)
  const ends = withInstance(machine, members, found)
  const of = formulaOf(machine, ends.function, fixed.function)
  const derivative = of && formulaOf(machine, ends.derivative, fixed.derivative)
  const parts = of && derivative ? partsOf(of, derivative) : []
  const { wrt, shape, strength, group } = found
  const callee = (member: Member) => ({ name: member.name, owner: members.ownerOf(member) })
  return parts.map((part) => ({
    function: caseNamed(part.function, fixed),
    derivative: caseNamed(part.derivative, fixed),
    definitions: machine.definitions,
    bindings: numberBindings(machine.bindings),
    wrt,
    shape,
    strength,
    group: fixed.name === null ? group : `${found.derivative.title} by text`,
    calledWith: calledWith(calls, callee(found.function), callee(found.derivative)),
    ...(part.of > 1 ? { part: { index: part.index, of: part.of } } : {}),
  }))
}

/** Methods of an object that computes its fields when it is made are those of such an object. */
function withInstance(machine: Machine, { groups }: Members, found: Found): Pick<Found, 'function' | 'derivative'> {
  const group = groups.find(({ members }) => members.includes(found.function) && members.includes(found.derivative))
  const instance = group ? instanceOf(machine, group) : null
  if (!instance) return found
  const on = (member: Member): Member => ({ ...member, self: () => instance })
  return { function: on(found.function), derivative: on(found.derivative) }
}

interface Part {
  readonly function: PairFormula
  readonly derivative: PairFormula
  readonly index: number
  readonly of: number
}

/**
 * A function that gives several numbers, with its slope as as many numbers, or with the gradient of each of them: a pair for each
 * of the numbers.
 */
function partsOf(of: PairFormula, derivative: PairFormula): Part[] {
  const count = of.results.length
  const width = derivative.results.length / count
  if (count > 1 && (!Number.isInteger(width) || width < 1)) return []
  return of.results.map((result, index) => ({
    function: { ...of, results: [result] },
    derivative: { ...derivative, results: derivative.results.slice(index * width, (index + 1) * width) },
    index,
    of: count,
  }))
}

/** The name of a case stands in sentences only: the function is one. */
const caseNamed = (formula: PairFormula, { name }: Case): PairFormula =>
  name === null ? formula : { ...formula, title: `${formula.title} (${name})` }

/** Constants of the module; fields of an object vary. */
const numberBindings = (bindings: readonly Binding[]): Binding[] =>
  bindings.filter(({ target }) => target.kind === 'name' && !target.name.key.startsWith('this.'))

/** One function with a flag: `act(x, slope) { if (slope) … }`. */
function flagPair(program: Program, file: SourceFile, member: Member, tableOf: Members['tableOf']): PairCandidate[] {
  if (member.value.kind !== 'closure') return []
  const { parameters, body } = member.value.code
  const [flag] = parameters.flatMap(({ pattern }) =>
    pattern.kind === 'name' && isFlag(pattern.name) && asksFor(body, pattern.name) ? [pattern.name] : [],
  )
  if (flag === undefined || parameters.length < 2) return []
  const machine = pairMachine(program, file)
  const range = { start: 0, end: 0 }
  const side = (value: number): PairFormula | null =>
    formulaOf(machine, member, new Map([[flag, known(value, range, true)]]))
  const of = side(0)
  const derivative = side(1)
  if (of?.results.length !== 1 || !derivative) return []
  const common = { definitions: machine.definitions, bindings: numberBindings(machine.bindings) }
  const strength = flag.length > 1 ? 'sure' : 'likely'
  return [
    {
      function: of,
      derivative,
      ...common,
      wrt: [],
      shape: 'flag',
      strength,
      group: `${flag} of ${tableOf(member)}`,
      calledWith: null,
    },
  ]
}

/** Whether a parameter is used as a condition. */
function asksFor(body: readonly Statement[], name: string): boolean {
  let asks = false
  walkCode(body, (part) => {
    if (part.kind === 'if' || part.kind === 'choose') asks ||= isFlagAlone(part.condition, name)
    if (part.kind === 'logic' && part.op === '&&') asks ||= isFlagAlone(part.left, name)
    const compares = part.kind === 'operation' && /^[=!]=$/.test(part.op)
    if (compares)
      asks ||= part.args.some(({ kind }) => kind === 'truth') && part.args.some((arg) => isFlagAlone(arg, name))
  })
  return asks
}

/** `flag`, `!flag`, `flag === true`, `flag && …`. */
function isFlagAlone(code: Expression, name: string): boolean {
  if (code.kind === 'name') return code.name === name
  if (code.kind === 'logic') return isFlagAlone(code.left, name)
  const [first] = code.kind === 'operation' && /^(!|[=!]=)$/.test(code.op) ? code.args : []
  return first !== undefined && isFlagAlone(first, name)
}

/** A function that returns its value and its derivative: `return [y, dy]`, `return { value, gradient }`. */
function resultPair(program: Program, file: SourceFile, member: Member): PairCandidate[] {
  if (member.value.kind !== 'closure') return []
  if (!returnsSeveral(member.value.code.body)) return []
  const machine = pairMachine(program, file)
  const whole = formulaOf(machine, member)
  if (!whole || whole.results.length < 2) return []
  const [first, ...rest] = whole.results
  const told = tellsOfDerivative(file, member)
  const named = told || rest.every(({ label }) => label !== null && isDerivativeName(label))
  if (!first || !named || isDerivativeName(first.label ?? '')) return []
  const derivative: PairFormula = { ...whole, results: rest, returned: null }
  const common = { definitions: machine.definitions, bindings: numberBindings(machine.bindings) }
  const of: PairFormula = { ...whole, results: [first] }
  return [
    {
      function: of,
      derivative,
      ...common,
      wrt: [],
      shape: 'result',
      strength: told ? 'named' : 'likely',
      group: null,
      calledWith: null,
    },
  ]
}

/** Somewhere it returns a list or a record that is written out. */
function returnsSeveral(body: readonly Statement[]): boolean {
  let several = false
  walkCode(body, (part) => {
    if (part.kind === 'return') several ||= part.value?.kind === 'list' || part.value?.kind === 'record'
  })
  return several
}

/** `sineAndDerivative`, or a comment that says so: which of the numbers is which needs no names then. */
function tellsOfDerivative(file: SourceFile, { name, comment }: Member): boolean {
  const said = comment ? file.text.slice(comment.from, comment.to) : ''
  return /deriv|grad|slope/i.test(name) || /\b(derivatives?|gradients?|slopes?|f'|df\/d\w)/i.test(said)
}

const isDerivativeName = (label: string): boolean =>
  isDerivativeWord(label) || /^(d_?[a-zA-Z]\w?|d[A-Z]\w*|grad[A-Z_]\w*)$/.test(label)
