/** Calls: functions of the file are read where they are called, functions of the language looked up in the table. */
import type { Expr, NameExpr, Range } from '../statement'
import { assignedPart, member, partAt } from './access'
import { mathFunction, usesTwice } from './arithmetic'
import { bindPattern } from './assignment'
import { callParent, instantiate, methodOf } from './classes'
import { collectionMethod, collectionOf, isPure } from './collections'
import type { CallTerm, Expression, FunctionCode, Span } from './core'
import { forget } from './effects'
import { evaluate, numberOf, type Place } from './expression'
import { allocate, known, type Machine, objectOf, rangeOf, reusable, shared, stepsDone } from './machine'
import { storePart } from './objects'
import { childScope, declareIn, namesBound } from './scope'
import { bodyValue, runBody } from './statements'
import { type ClosureValue, type HeapRecord, NOTHING, type NumberValue, namesIn, opaque, type Value } from './value'

export interface Argument {
  readonly value: Value
  /** Where it is written. */
  readonly code: Span
  /** The parameter that it is given to by name. */
  readonly keyword?: string | null
}

export function call(machine: Machine, code: CallTerm, place: Place): Value {
  const { callee } = code
  if (callee.kind === 'self' && callee.parent)
    return callParent(machine, argumentsOf(machine, code, place) ?? [], place, rangeOf(machine, callee))
  if (callee.kind === 'name' && callee.name === 'require') return opaque('function of another file')
  const { target, self } = calledOn(machine, callee, place)
  if (target.kind === 'nothing' && callee.kind === 'member' && callee.optional) return NOTHING
  const args = argumentsOf(machine, code, place)
  if (args) return (code.makes ? make : apply)(machine, { target, args, code, callee, self })
  // How often a list of unknown length is there isn't known, and so isn't what the call does.
  forget(machine, self ? [target, self] : [target], 'list of unknown length')
  return opaque('list of unknown length')
}

export interface Call {
  readonly target: Value
  readonly args: readonly Argument[]
  readonly code: Span
  readonly callee: Span
  readonly self: Value | null
}

/** What is called, and the object that it is called on. */
function calledOn(machine: Machine, callee: Expression, place: Place): { target: Value; self: Value | null } {
  if (callee.kind !== 'member' && callee.kind !== 'index')
    return { target: evaluate(machine, callee, place), self: null }
  if (callee.object.kind === 'self') return { target: member(machine, callee, place), self: place.self }
  const self = evaluate(machine, callee.object, place)
  return { target: assignedPart(machine, callee, place) ?? partAt(machine, callee, self, place), self }
}

/** The arguments; `null` where a list of unknown length is spread into them. */
function argumentsOf(machine: Machine, { args }: CallTerm, place: Place): Argument[] | null {
  const values: Argument[] = []
  let unknown = false
  for (const { value: written, spread, keyword } of args) {
    const value = evaluate(machine, written, place)
    const named = spread === 'names' ? fieldsGiven(machine, value, written) : null
    const items = spread === true ? collectionOf(machine, value) : spread ? null : [value]
    if (named) values.push(...named)
    else if (items) values.push(...items.map((item) => ({ value: item, code: written, keyword })))
    else unknown = true
  }
  if (!unknown) return values
  forget(
    machine,
    values.map(({ value }) => value),
    'list of unknown length',
  )
  return null
}

/** `**options`: each field of a record by its name. */
function fieldsGiven(machine: Machine, value: Value, code: Span): Argument[] | null {
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  if (object?.kind !== 'record' || object.open) return null
  return [...object.fields].map(([keyword, field]) => ({ value: field, code, keyword }))
}

/** Calls a value. */
export function apply(machine: Machine, written: Call): Value {
  const { target, args, code, callee, self } = written
  if (target.kind === 'closure') {
    const receiver = target.code.form === 'arrow' || target.bound ? target.self : (self ?? target.self)
    return placedAt(machine, invoke(machine, target, args, rangeOf(machine, callee), receiver), code, callee)
  }
  if (target.kind === 'builtin') return builtin(machine, target.name, target.of, written)
  // In Python a class is called, and an object whose class says what that means.
  if (target.kind === 'class') return make(machine, written)
  if (target.kind === 'reference') {
    const object = objectOf(machine, target)
    const method = object.kind === 'record' && object.made ? methodOf(object.made, '__call__') : null
    if (method) return apply(machine, { ...written, target: { ...method, self: target }, self: target })
  }
  if (target.kind === 'nothing') return notFollowed(machine, written, 'not a function')
  if (target.kind === 'opaque') return notFollowed(machine, written, target.reason)
  if (target.kind === 'free' && self?.kind === 'free' && target.root) return methodOfInput(machine, written, self)
  return notFollowed(machine, written, target.kind === 'free' ? 'function that is not known' : 'not a function')
}

/** Something unknown is called: whatever it was given may be changed by it, now or later. */
function notFollowed(machine: Machine, { target, args, self }: Call, reason: string): Value {
  const given = args.map(({ value }) => value)
  if (!(target.kind === 'free' && OBSERVES.test(target.name.plain)))
    forget(machine, self ? [...given, self] : given, reason)
  return opaque(reason, usesOf(args))
}

/** Functions that by their names only look at what they are given. */
const OBSERVES = /^(assert|check|validate|ensure|invariant|verify|expect|warn|log|print|is[A-Z_]|has[A-Z_])/

/** A method of an input: those of lists that change nothing leave the input as it is. */
function methodOfInput(machine: Machine, written: Call, self: Value): Value {
  const { target, args } = written
  const method = target.kind === 'free' ? target.name.plain.slice(target.name.plain.lastIndexOf('.') + 1) : ''
  const given = args.map(({ value }) => value)
  forget(machine, isPure(method) ? given : [...given, self], 'method of an input')
  return opaque('method of an input', usesOf(args))
}

function usesOf(args: readonly Argument[]): NameExpr[] {
  return args.flatMap(({ value }) => {
    if (value.kind === 'number') return namesIn(value.expr)
    return value.kind === 'free' ? [{ kind: 'name' as const, name: value.name, range: { start: 0, end: 0 } }] : []
  })
}

/** The result of an inlined function stands where the call is written. */
function placedAt(machine: Machine, value: Value, code: Span, callee: Span): Value {
  if (value.kind !== 'number') return value
  const range = rangeOf(machine, code)
  const expr: Expr =
    value.expr.kind === 'apply'
      ? { ...value.expr, range, operator: rangeOf(machine, callee) }
      : { ...value.expr, range }
  return { ...value, expr }
}

/** After so much work in one function, calls aren't followed any more. */
const MAX_INLINED = 6_000
const MAX_CALLS = 60

/** Why a call can't be followed; `null` where it can. */
function obstacle(machine: Machine, code: FunctionCode): string | null {
  if (code.unfollowed !== null) return code.unfollowed
  // A function that calls itself comes to an end where known numbers decide, not where the inputs do.
  const before = machine.calls.findLast((open) => open.code === code)
  if (before && before.undecided < machine.undecided) return 'recursion'
  if (machine.calls.length > MAX_CALLS) return before ? 'recursion' : 'nested too deeply'
  return stepsDone(machine) > MAX_INLINED ? 'too long' : null
}

/** Reads the body of a function with these arguments. `begin` is run when its parameters are known. */
export function invoke(
  machine: Machine,
  target: ClosureValue,
  args: readonly Argument[],
  site: Range,
  self: Value | null,
  begin?: () => void,
): Value {
  const { code, file } = target
  const reason = obstacle(machine, code)
  if (reason !== null) {
    const given = args.map(({ value }) => value)
    forget(machine, self ? [target, self, ...given] : [target, ...given], reason)
    return opaque(reason, usesOf(args))
  }
  const saved = { site: machine.site, file: machine.file, prefix: machine.prefix }
  machine.calls.push({ code, undecided: machine.undecided })
  if (!isInside(machine, code)) machine.site = { start: site.start, end: site.start }
  machine.file = file
  machine.prefix = `${target.name || 'function'}.`
  const receiver = code.form === 'arrow' ? target.self : (self ?? target.self)
  const place: Place = { scope: childScope(target.scope), self: receiver, home: target.home }
  bindParameters(machine, code, args, place)
  begin?.()
  const older = machine.program.nextCell
  const value = bodyValue(machine, runBody(machine, code, place), older)
  machine.calls.pop()
  Object.assign(machine, saved)
  return value
}

function isInside(machine: Machine, code: Span): boolean {
  const { region } = machine
  return region !== null && region.file === machine.file && code.from >= region.from && code.to <= region.to
}

function bindParameters(machine: Machine, code: FunctionCode, given: readonly Argument[], place: Place): void {
  const args = code.takesSelf ? [{ value: place.self ?? NOTHING, code }, ...given] : given
  const plain = args.filter(({ keyword }) => !keyword)
  code.parameters.forEach((parameter, index) => {
    const { pattern, fallback, rest } = parameter
    for (const { name } of namesBound(pattern)) declareIn(place.scope, name, machine.program)
    const byName = pattern.kind === 'name' ? args.find(({ keyword }) => keyword === pattern.name) : undefined
    const argument = (byName ?? plain[index])?.value ?? NOTHING
    let value = argument
    if (rest === 'names') value = allocate(machine, othersNamed(code, args))
    else if (rest)
      value = allocate(machine, { kind: 'list', items: plain.slice(index).map((arg) => arg.value), label: null })
    else if (argument.kind === 'nothing' && fallback) value = evaluate(machine, fallback, place)
    bindArgument(machine, parameter.pattern, value, place)
    if (parameter.field && pattern.kind === 'name' && place.self) storePart(machine, place.self, pattern.name, value)
  })
}

/** What is given by names that no parameter has. */
function othersNamed({ parameters }: FunctionCode, args: readonly Argument[]): HeapRecord {
  const own = new Set(parameters.flatMap(({ pattern }) => (pattern.kind === 'name' ? pattern.name : [])))
  const fields = args.flatMap(({ keyword, value }) => (keyword && !own.has(keyword) ? [[keyword, value] as const] : []))
  return { kind: 'record', fields: new Map(fields), label: null, open: false }
}

/** A formula that is passed on gets the parameter's name; names and numbers go as they are. */
function bindArgument(
  machine: Machine,
  pattern: FunctionCode['parameters'][number]['pattern'],
  value: Value,
  place: Place,
): void {
  if (pattern.kind !== 'name' || value.kind === 'reference') {
    bindPattern(machine, pattern, value, place)
    return
  }
  const variable = declareIn(place.scope, pattern.name, machine.program)
  machine.state.own.set(variable.cell, reusable(machine, pattern.name, value, rangeOf(machine, pattern)))
}

function builtin(machine: Machine, name: string, of: Value | undefined, written: Call): Value {
  const { args, code, callee } = written
  const range = rangeOf(machine, code)
  const own = machine.file.language.call(machine, name, of, written)
  if (own) return own
  if (name.startsWith('host.')) return hostCall(machine, name.slice(5), written)
  if (name === 'Math.random') return opaque('randomness')
  const collection = collectionMethod(machine, name, of, written)
  if (collection) return collection
  if (name === 'isNaN' || name === 'Number.isNaN' || name === 'Array.isArray') return asked(machine, name, args, range)
  if (name === 'isFinite' || name === 'Number.isFinite') return known(1, range, true)
  if (name === 'String' || name === 'value.toString' || name === 'value.toFixed')
    return { kind: 'text', text: undefined }
  if (name.startsWith('function.') && of?.kind === 'closure') return functionMethod(machine, name, of, written)
  if (name.startsWith('Math.') && /\.(apply|call)$/.test(name)) return appliedMath(machine, name, written)
  if (!name.startsWith('Math.') && !/^(Number|parse)/.test(name)) {
    return notFollowed(machine, of ? { ...written, self: of } : written, 'function that is not known')
  }
  const inputs = args.map((arg) => mathArgument(machine, arg, name))
  return mathFunction(name, inputs, range, rangeOf(machine, callee)) ?? opaque(`${name} is not supported`, usesOf(args))
}

/** An input is taken to be a proper number, and no list where it isn't used as one. */
function asked(machine: Machine, name: string, [first]: readonly Argument[], range: Range): Value {
  const isList = name === 'Array.isArray' && first !== undefined && collectionOf(machine, first.value) !== null
  return first?.value.kind === 'opaque' ? opaque(first.value.reason) : known(isList ? 1 : 0, range, true)
}

/** `console.log(x)` changes nothing; whatever else the host is given may be changed. */
function hostCall(machine: Machine, name: string, written: Call): Value {
  if (/^(console|JSON\.stringify|performance|Date)\b/.test(name)) return opaque(hostReason(name))
  return notFollowed(machine, { ...written, self: null }, hostReason(name))
}

const hostReason = (name: string): string => (/^(Date|performance)/.test(name) ? 'time' : 'not a number')

/** `Math.max.apply(null, list)`. */
function appliedMath(machine: Machine, name: string, written: Call): Value {
  const [, ...rest] = written.args
  const items = name.endsWith('.call')
    ? rest.map(({ value }) => value)
    : rest[0] && collectionOf(machine, rest[0].value)
  if (!items) return opaque('list of unknown length', usesOf(written.args))
  const args = items.map((value) => ({ value, code: rest[0]?.code ?? written.code }))
  return builtin(machine, name.replace(/\.\w+$/, ''), undefined, { ...written, args })
}

function mathArgument(machine: Machine, { value, code }: Argument, name: string): NumberValue {
  const number = numberOf(machine, value, code)
  return usesTwice(name) ? shared(machine, number, rangeOf(machine, code)) : number
}

function functionMethod(machine: Machine, name: string, target: ClosureValue, written: Call): Value {
  const { args, callee } = written
  const site = rangeOf(machine, callee)
  const [self, ...rest] = args
  if (name === 'function.call') return invoke(machine, target, rest, site, self?.value ?? null)
  if (name === 'function.bind' && rest.length === 0) return { ...target, self: self?.value ?? null, bound: true }
  const items = name === 'function.apply' && rest[0] ? collectionOf(machine, rest[0].value) : null
  const code = rest[0]?.code
  if (!items || !code) return notFollowed(machine, { ...written, self: target }, 'function that is not known')
  return invoke(
    machine,
    target,
    items.map((value) => ({ value, code })),
    site,
    self?.value ?? null,
  )
}

/** `new Array(3)`, `new Vec(x, y)`. */
function make(machine: Machine, written: Call): Value {
  const { target, args, callee } = written
  if (target.kind === 'class' || target.kind === 'closure') {
    const made = instantiate(machine, target, args, rangeOf(machine, callee))
    if (made) return made
  }
  const list = target.kind === 'builtin' ? collectionMethod(machine, target.name, undefined, written) : null
  return list ?? notFollowed(machine, { ...written, self: null }, 'object that is made')
}
