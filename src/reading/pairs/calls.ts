/** What a derivative is called with in the file: what the function was called with, or what it gave. */
import type { CallTerm, Expression, Pattern, Span } from '../code/core'
import type { SourceFile } from '../code/file'
import { walkCode } from '../code/walk'

interface Call {
  readonly code: Span
  /** What stands before the name: `acts` of `acts.tanh(z)`, `Math` of `Math.tanh(z)`; `null`: the name alone. */
  readonly owner: string | null
  /** The first argument, or the list that a function is mapped over. */
  readonly argument: Expression
}

/** A value that a place is given. */
interface Assigned {
  readonly target: Pattern
  readonly value: Expression
}

/** All calls in a file, by the name of what is called: `der` of `act.der(y)` and of `ys.map(der)`. */
export interface Calls {
  readonly text: string
  readonly byName: ReadonlyMap<string, readonly Call[]>
  /** Names of the tables and classes that hold functions. */
  readonly owners: ReadonlySet<string>
  /** What variables and fields are set to, by their text. */
  readonly assigned: ReadonlyMap<string, readonly Assigned[]>
  /** Where functions stand. */
  readonly functions: readonly Span[]
}

export function callsOf(file: SourceFile, owners: ReadonlySet<string>): Calls {
  const byName = new Map<string, Call[]>()
  const assigned = new Map<string, Assigned[]>()
  const functions: Span[] = []
  const { text } = file
  const put = <T>(map: Map<string, T[]>, key: string, value: T) => map.set(key, [...(map.get(key) ?? []), value])
  const given = (target: Pattern, value: Expression | null) => {
    if (value && (target.kind === 'name' || target.kind === 'place'))
      put(assigned, placeText(target, text), { target, value })
  }
  for (const top of file.statements)
    walkCode(top.statements(), (part) => {
      if (part.kind === 'call' && !part.makes)
        for (const [name, call] of namesCalled(part, text)) put(byName, name, call)
      if (part.kind === 'assign') given(part.target, part.value)
      if (part.kind === 'let') given(part.pattern, part.value)
      if (part.kind === 'lambda' || part.kind === 'function') functions.push(part.code)
      if (part.kind === 'class') functions.push(...part.code.members.flatMap(({ method }) => method ?? []))
    })
  return { text, byName, owners, assigned, functions }
}

function namesCalled(call: CallTerm, text: string): [string, Call][] {
  const { callee } = call
  const argument = call.args[0]?.value
  const name = argument && lastName(callee)
  if (!name || !argument) return []
  const mapped = /^(map|apply)$/.test(name) && callee.kind === 'member' ? lastName(argument) : null
  return mapped !== null && callee.kind === 'member'
    ? [[mapped, { code: call, owner: ownerName(argument, text), argument: callee.object }]]
    : [[name, { code: call, owner: ownerName(callee, text), argument }]]
}

function ownerName(code: Expression, text: string): string | null {
  const object = code.kind === 'member' ? code.object : null
  return object ? (lastName(object) ?? text.slice(object.from, object.to)) : null
}

function lastName(code: Expression): string | null {
  if (code.kind === 'name') return code.name
  return code.kind === 'member' ? code.key : null
}

/** A place as text, all elements of a list alike: `out[i]` as `out[]`. */
const placeText = (code: Span, text: string): string =>
  text
    .slice(code.from, code.to)
    .replace(/\s+/g, '')
    .replace(/\[[^\]]*\]/g, '[]')

/** The innermost function around a piece of code, as the place where it begins. */
function aroundOf({ functions }: Calls, code: Span): number {
  const around = functions.filter(({ from, to }) => from <= code.from && code.to <= to)
  return Math.max(-1, ...around.map(({ from }) => from))
}

/** One of the two functions of a pair, as calls speak of it. */
export interface Callee {
  readonly name: string
  /** The table, class or object that it is a member of. */
  readonly owner: string | null
}

/** Objects of the language have members of their own: `Math.tanh` is no call of a table's `tanh`. */
const isOfLanguage = (owner: string): boolean => /^(Math|Number|Array|Object|JSON|Promise|console|super)$/.test(owner)

/** Calls of one function: through its own table or a variable, never through another table of the file. */
function callsOfOne(calls: Calls, { name, owner }: Callee, other: Callee): readonly Call[] {
  return (calls.byName.get(name) ?? []).filter((call) => {
    if (call.owner === null) return owner === null || name !== other.name
    if (isOfLanguage(call.owner)) return false
    // Two tables with the same keys are told apart by their names alone.
    if (name === other.name) return call.owner === owner
    return call.owner === owner || !calls.owners.has(call.owner)
  })
}

/** `null` where no call says, or calls of both kinds stand side by side. */
export function calledWith(calls: Calls, of: Callee, derivative: Callee): 'input' | 'output' | null {
  const ofFunction = callsOfOne(calls, of, derivative)
  const isOutput = (code: Span): boolean =>
    ofFunction.some((call) => call.code.from === code.from && call.code.to === code.to)
  const kinds = new Set<'input' | 'output'>()
  for (const { argument } of callsOfOne(calls, derivative, of)) {
    const place = placeText(argument, calls.text)
    // A field is the same in all methods, a variable only in its own function.
    const here = (other: Span) => /^this\./.test(place) || aroundOf(calls, other) === aroundOf(calls, argument)
    const isInput = ofFunction.some((call) => placeText(call.argument, calls.text) === place && here(call.argument))
    const isResult = (calls.assigned.get(place) ?? []).some(({ target, value }) => isOutput(value) && here(target))
    if (isOutput(argument) || (isResult && !isInput)) kinds.add('output')
    else if (isInput && !isResult) kinds.add('input')
  }
  const [kind] = kinds
  return kinds.size === 1 ? (kind ?? null) : null
}
