/** Finds functions and their hand-written derivatives in a file, in the shapes in which people write them. */

import { type Calls, calledWith, callsOf } from './pairs/calls'
import type { PairCandidate, PairFormula } from './pairs/candidate'
import { type Fixed, formulaOf, pairMachine } from './pairs/formulas'
import { type Found, foundPairs } from './pairs/found'
import { type Member, type Members, membersOf } from './pairs/members'
import { isDerivativeWord, isFlag } from './pairs/names'
import type { Binding } from './statement'
import { writtenParameters } from './typescript/calls'
import type { SourceFile } from './typescript/file'
import { known, newProgram, type Program } from './typescript/machine'
import { openFile, type Resolve } from './typescript/module'
import { opaqueIn } from './typescript/value'

export type { PairCandidate, PairFormula, PairParameter, PairResult, PairShape } from './pairs/candidate'

export interface PairOptions {
  readonly unrollLimit?: number
  readonly resolve?: Resolve
}

const UNROLL_LIMIT = 200

/** All pairs of a file whose two sides return numbers, in the order of the derivatives. Never throws. */
export function readPairs(text: string, options: PairOptions = {}): PairCandidate[] {
  const program = newProgram(options.unrollLimit ?? UNROLL_LIMIT)
  const file = openFile(program, text, options.resolve ?? (() => null))
  const members = membersOf(program, file)
  const calls = callsOf(file, new Set(members.groups.flatMap(({ name }) => name ?? [])))
  const pairs = foundPairs(file, members)
  const derivatives = new Set(pairs.map(({ derivative }) => derivative))
  const candidates = [
    ...pairs.flatMap((found) =>
      casesOf(file, found).flatMap((fixed) => pairOf({ program, file, calls, ownerOf: members.ownerOf }, found, fixed)),
    ),
    ...members.all.flatMap((member) => flagPair(program, file, member, members.tableOf)),
    ...members.all.filter((member) => !derivatives.has(member)).flatMap((member) => resultPair(program, file, member)),
  ]
  const seen = new Set<string>()
  return candidates
    .filter(isUnderstood)
    .filter(({ derivative, shape }) => {
      const key = `${derivative.range.start} ${derivative.title} ${shape === 'flag' || shape === 'result'}`
      return !seen.has(key) && seen.add(key)
    })
    .toSorted((a, b) => a.derivative.range.start - b.derivative.range.start)
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
  readonly ownerOf: Members['ownerOf']
}

/** One way in which both functions of a pair are run: `kind` is `'tanh'`. */
interface Case {
  readonly name: string | null
  readonly function: Fixed | undefined
  readonly derivative: Fixed | undefined
}

const WHOLE: Case = { name: null, function: undefined, derivative: undefined }

/** Functions that choose by a text, `switch (kind) { case 'tanh': … }`, are a pair for each text that both know. */
function casesOf(file: SourceFile, found: Found): Case[] {
  const of = choiceIn(file, found.function)
  const derivative = choiceIn(file, found.derivative)
  if (!of || !derivative) return [WHOLE]
  const cases = [...of.texts].filter((text) => derivative.texts.has(text))
  const fixed = (parameter: string, text: string): Fixed => new Map([[parameter, { kind: 'text', text }]])
  return cases.map((text) => ({
    name: text,
    function: fixed(of.parameter, text),
    derivative: fixed(derivative.parameter, text),
  }))
}

/** In a text that is being typed, what stands for a name may hold anything. */
const quoted = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** The parameter that a function compares with texts, and these. */
function choiceIn(
  file: SourceFile,
  { value }: Member,
): { readonly parameter: string; readonly texts: ReadonlySet<string> } | null {
  if (value.kind !== 'closure') return null
  const text = file.text.slice(value.node.from, value.node.to)
  for (const { pattern } of writtenParameters(value.node)) {
    const parameter = file.text.slice(pattern.from, pattern.to)
    if (pattern.name !== 'VariableDefinition') continue
    const compared = new RegExp(`\\b${quoted(parameter)}\\s*===?\\s*(['"\`])([\\w -]+)\\1`, 'g')
    const switched = new RegExp(`switch\\s*\\(\\s*${quoted(parameter)}\\s*\\)`).test(text)
    const texts = new Set([...text.matchAll(compared)].map((match) => match[2] as string))
    if (switched) for (const match of text.matchAll(/case\s+(['"`])([\w -]+)\1/g)) texts.add(match[2] as string)
    if (texts.size > 0) return { parameter, texts }
  }
  return null
}

function pairOf({ program, file, calls, ownerOf }: Reader, found: Found, fixed: Case): PairCandidate[] {
  const machine = pairMachine(program, file)
  const of = formulaOf(machine, found.function, fixed.function)
  if (of?.results.length !== 1) return []
  const derivative = formulaOf(machine, found.derivative, fixed.derivative)
  if (!derivative) return []
  const { wrt, shape, strength, group } = found
  const callee = (member: Member) => ({ name: member.name, owner: ownerOf(member) })
  return [
    {
      function: caseNamed(of, fixed),
      derivative: caseNamed(derivative, fixed),
      definitions: machine.definitions,
      bindings: numberBindings(machine.bindings),
      wrt,
      shape,
      strength,
      group: fixed.name === null ? group : `${found.derivative.title} by text`,
      calledWith: calledWith(calls, callee(found.function), callee(found.derivative)),
    },
  ]
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
  const { node } = member.value
  const text = file.text.slice(node.from, node.to)
  const flags = writtenParameters(node)
    .map(({ pattern }) => file.text.slice(pattern.from, pattern.to))
    .filter((name) => isFlag(name) && asksFor(text, name))
  const [flag] = flags
  if (flag === undefined || writtenParameters(node).length < 2) return []
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
function asksFor(text: string, name: string): boolean {
  const flag = `!*${quoted(name)}\\s*`
  const compared = '(===?|!==?)\\s*(true|false)'
  return new RegExp(`if\\s*\\(\\s*${flag}[)&|=!]|(^|[^.\\w])${flag}(\\?(?![.?])|&&|${compared})`).test(text)
}

/** A function that returns its value and its derivative: `return [y, dy]`, `return { value, gradient }`. */
function resultPair(program: Program, file: SourceFile, member: Member): PairCandidate[] {
  if (member.value.kind !== 'closure') return []
  const { node } = member.value
  if (!/(return|=>)\s*\(?\s*[[{]/.test(file.text.slice(node.from, node.to))) return []
  const machine = pairMachine(program, file)
  const whole = formulaOf(machine, member)
  if (!whole || whole.results.length < 2) return []
  const [first, ...rest] = whole.results
  const named = rest.every(({ label }) => label !== null && isDerivativeName(label))
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
      strength: 'likely',
      group: null,
      calledWith: null,
    },
  ]
}

const isDerivativeName = (label: string): boolean =>
  isDerivativeWord(label) || /^(d_?[a-zA-Z]\w?|d[A-Z]\w*|grad[A-Z_]\w*)$/.test(label)
