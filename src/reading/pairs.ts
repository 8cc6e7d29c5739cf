/** Finds functions and their hand-written derivatives in a file, in the shapes in which people write them. */

import { type Calls, calledWith, callsOf } from './pairs/calls'
import type { PairCandidate, PairFormula } from './pairs/candidate'
import { formulaOf, pairMachine } from './pairs/formulas'
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
  const calls = callsOf(file)
  const pairs = foundPairs(file, members)
  const derivatives = new Set(pairs.map(({ derivative }) => derivative))
  const candidates = [
    ...pairs.flatMap((found) => pairOf(program, file, found, calls)),
    ...members.all.flatMap((member) => flagPair(program, file, member, members.tableOf)),
    ...members.all.filter((member) => !derivatives.has(member)).flatMap((member) => resultPair(program, file, member)),
  ]
  const seen = new Set<string>()
  return candidates
    .filter(isUnderstood)
    .filter(({ derivative, shape }) => {
      const key = `${derivative.range.start} ${shape === 'flag' || shape === 'result'}`
      return !seen.has(key) && seen.add(key)
    })
    .toSorted((a, b) => a.derivative.range.start - b.derivative.range.start)
}

/** Where names alone are no proof, both sides must be understood. */
function isUnderstood({ strength, function: of, derivative, definitions }: PairCandidate): boolean {
  if (strength === 'sure') return true
  const results = [...of.results, ...derivative.results].map(({ expr }) => expr)
  return [...results, ...definitions.map(({ expr }) => expr)].every((expr) => !opaqueIn(expr))
}

function pairOf(program: Program, file: SourceFile, found: Found, calls: Calls): PairCandidate[] {
  const machine = pairMachine(program, file)
  const of = formulaOf(machine, found.function)
  if (of?.results.length !== 1) return []
  const derivative = formulaOf(machine, found.derivative)
  if (!derivative) return []
  const { wrt, shape, strength, group } = found
  return [
    {
      function: of,
      derivative,
      definitions: machine.definitions,
      bindings: numberBindings(machine.bindings),
      wrt,
      shape,
      strength,
      group,
      calledWith: calledWith(calls, found.function.name, found.derivative.name),
    },
  ]
}

const numberBindings = (bindings: readonly Binding[]): Binding[] =>
  bindings.filter(({ target }) => target.kind === 'name')

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
  const flag = `!*${name.replace('$', '\\$')}\\s*`
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
  isDerivativeWord(label) ||
  (/^(d|grad)_?\w+/.test(label) && !/^(data|date|day|dist|delta|depth|density|done|degree|diff|dir|div)/.test(label))
