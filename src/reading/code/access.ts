/** What a name or `a.b`, `a[i]` stands for. */
import type { Expr, NameExpr, Range } from '../statement'
import { constantNamed } from './arithmetic'
import { methodOf } from './classes'
import { collectionOf } from './collections'
import type { Expression, IndexTerm, MemberTerm, NameTerm } from './core'
import { evaluate, type Place } from './expression'
import { pathOf, type SourceFile } from './file'
import { allocate, define, type Machine, numberExpr, rangeOf } from './machine'
import { nameOf } from './names'
import { indexed } from './ndarray'
import { partOf } from './objects'
import { lookUp, type Variable } from './scope'
import { read } from './state'
import { type FreeValue, NOTHING, type NumberValue, opaque, opaqueIn, type Value } from './value'

const BUILTINS = new Set(
  (
    'Math Number Array Object Boolean String parseFloat parseInt isNaN isFinite Map Set ' + 'Float32Array Float64Array'
  ).split(' '),
)
/** Objects of the hosts: never mathematics. */
const HOSTS = new Set(
  'console window document process globalThis global self require module exports Date performance JSON Promise navigator crypto'.split(
    ' ',
  ),
)

export function readName(machine: Machine, code: NameTerm, place: Place): Value {
  const { name } = code
  const range = rangeOf(machine, code)
  const variable = lookUp(place.scope, name)
  if (variable) return readVariable(machine, variable, range)
  const own = machine.file.starred(name) ?? machine.file.language.nameMeans(name, range)
  if (own) return own
  if (machine.file.language.brings) return freeGlobal(name)
  if (name === 'undefined') return NOTHING
  const constant = constantNamed(name, range)
  if (constant) return constant
  if (BUILTINS.has(name)) return { kind: 'builtin', name }
  if (HOSTS.has(name)) return { kind: 'builtin', name: `host.${name}` }
  return freeGlobal(name)
}

/** A name that nothing here declares: the same input wherever it is met. */
const freeGlobal = (name: string): FreeValue => ({ kind: 'free', name: nameOf(name), root: null })

function readVariable(machine: Machine, variable: Variable, range: Range): Value {
  if (variable.changing && machine.region) return opaque('outside state that changes')
  const escaped = machine.escaped.get(variable.cell)
  if (escaped !== undefined) return opaque(escaped)
  let content = read(machine.state, variable.cell)
  if (!content && variable.file) {
    const declare = variable.file.pending.get(variable.cell)
    variable.file.pending.delete(variable.cell)
    declare?.()
    content = read(machine.state, variable.cell)
  }
  if (!content) return NOTHING
  if (content.kind === 'list' || content.kind === 'record' || content.kind === 'unknown') return opaque('not a number')
  if (variable.mutated && machine.region && content.kind === 'reference') return opaque('outside state that changes')
  if (content.kind !== 'number') return content
  if (variable.file && machine.region) return moduleNumber(machine, variable, content, range)
  return { ...content, expr: { ...content.expr, range } }
}

/** A value that is computed outside the function: a definition where it is first used. */
function outerNumber(machine: Machine, variable: Variable, value: NumberValue, range: Range): Value {
  const reason = opaqueIn(value.expr)?.reason
  if (reason !== undefined) return opaque(reason)
  let name = machine.constants.get(variable.cell)
  if (!name) {
    const expr = relocated(value.expr, { start: range.start, end: range.start })
    const defined = define(machine, variable.name, { ...value, expr }, { start: range.start, end: range.start })
    name = (defined.expr as NameExpr).name
    machine.constants.set(variable.cell, name)
  }
  return { ...value, expr: { kind: 'name', name, range } }
}

function relocated(expr: Expr, range: Range): Expr {
  if (expr.kind !== 'apply') return { ...expr, range }
  return { kind: 'apply', op: expr.op, args: expr.args.map((arg) => relocated(arg, range)), range }
}

/** A constant of the module: an input that has its value. */
function moduleNumber(machine: Machine, variable: Variable, value: NumberValue, range: Range): Value {
  if (value.known === undefined) return outerNumber(machine, variable, value, range)
  let name = machine.constants.get(variable.cell)
  if (!name) {
    name = nameOf(variable.name, machine.keys.has(variable.name) ? `module.${variable.name}` : variable.name)
    machine.keys.add(name.key)
    machine.constants.set(variable.cell, name)
    const target = { kind: 'name', name, range } as const
    machine.bindings.push({ kind: 'binding', target, value: numberExpr(value.known, range), range })
  }
  return { ...value, expr: { kind: 'name', name, range } }
}

export function member(machine: Machine, code: MemberTerm | IndexTerm, place: Place): Value {
  const assigned = assignedPart(machine, code, place)
  if (assigned) return assigned
  if (code.object.kind === 'self' && code.object.parent) return inheritedPart(machine, code, place)
  if (code.kind === 'index' && code.fromEnd) return indexed(machine, code, place)
  const whole = evaluate(machine, code.object, place)
  return partAt(machine, code, whole, place)
}

/** `super.f`: what the class above has under this name, called on the same object. */
function inheritedPart(machine: Machine, code: MemberTerm | IndexTerm, place: Place): Value {
  const key = keyAt(machine, code, place)
  const above = place.home?.base
  const method = above?.kind === 'class' && key !== null ? methodOf(above, String(key)) : null
  if (method) return method
  return place.home ? opaque('not supported') : partAt(machine, code, place.self ?? NOTHING, place)
}

/** The part of a value that `code` names. */
export function partAt(machine: Machine, code: MemberTerm | IndexTerm, whole: Value, place: Place): Value {
  if (code.kind === 'member' && code.optional && whole.kind === 'nothing') return NOTHING
  if (code.kind === 'member') {
    const attribute = machine.file.language.attribute(machine, whole, code.key, rangeOf(machine, code))
    if (attribute) return attribute
  }
  if (code.kind === 'index' && code.indices[0]?.kind === 'slice') return sliceAt(machine, code, whole, place)
  const key = fromStart(machine, code, whole, keyAt(machine, code, place))
  return key === null
    ? opaque('index that is not known', usesOf(whole))
    : partOf(machine, whole, key, rangeOf(machine, code))
}

/** A negative index, where these count from the end; `null` where the end isn't known. */
export function fromStart(
  machine: Machine,
  code: MemberTerm | IndexTerm,
  whole: Value,
  key: string | number | null,
): string | number | null {
  if (code.kind !== 'index' || !code.fromEnd || typeof key !== 'number' || key >= 0) return key
  const items = collectionOf(machine, whole)
  return items && key >= -items.length ? items.length + key : null
}

/** `xs[1:3]` of a list of known length: a list of its own. */
function sliceAt(machine: Machine, code: IndexTerm, whole: Value, place: Place): Value {
  const [slice, ...others] = code.indices
  const items = collectionOf(machine, whole)
  if (slice?.kind !== 'slice') return opaque('index that is not known')
  const bounds = [slice.start, slice.stop, slice.step].map((bound) => {
    const value = bound ? evaluate(machine, bound, place) : NOTHING
    if (value.kind === 'nothing') return undefined
    return value.kind === 'number' ? (value.known ?? null) : null
  })
  const [start, stop, step] = bounds
  if (!items || others.length > 0 || start === null || stop === null || step === null || step === 0)
    return opaque('index that is not known', usesOf(whole))
  const ordered = (step ?? 1) > 0 ? items.slice(start, stop) : reversed(items, start, stop)
  const stride = Math.abs(step ?? 1)
  const taken = ordered.filter((_item, index) => index % stride === 0)
  return allocate(machine, { kind: 'list', items: taken, label: null })
}

/** Items from `start` down to the one after `stop`; both may count from the end. */
function reversed(items: readonly Value[], start: number | undefined, stop: number | undefined): Value[] {
  const place = (index: number) => (index < 0 ? items.length + index : index)
  const first = Math.min(start === undefined ? items.length - 1 : place(start), items.length - 1)
  const last = stop === undefined ? -1 : Math.max(place(stop), -1)
  return items.filter((_item, index) => index <= first && index > last).toReversed()
}

/** What a statement of the module assigned to `a.b`, where `a` is a name of the module. */
export function assignedPart(machine: Machine, code: MemberTerm | IndexTerm, place: Place): Value | null {
  if (machine.file.assigned.size === 0) return null
  const path = pathOf(code)
  const source = path === null ? undefined : machine.file.assigned.get(path)
  const root = path === null ? '' : (/^[^.[]+/.exec(path)?.[0] ?? '')
  if (!source || (lookUp(place.scope, root) ?? null)?.file === null) return null
  return assignedValue(machine, source, machine.file)
}

/** The value of an assignment of the module. */
export function assignedValue(machine: Machine, code: Expression, file: SourceFile): Value {
  const { file: before } = machine
  machine.file = file
  const value = evaluate(machine, code, { scope: file.scope, self: null })
  machine.file = before
  return value
}

/** The `b` of `a.b`, the number or text of `a[…]`; `null` where it depends on an input. */
export function keyAt(machine: Machine, code: MemberTerm | IndexTerm, place: Place): string | number | null {
  if (code.kind === 'member') return code.key
  const [index, ...others] = code.indices
  const values = code.indices.map((each) => evaluate(machine, each, place))
  return index && others.length === 0 ? keyOf(values[0] as Value) : null
}

/** A value as the key of a part. */
export function keyOf(value: Value): string | number | null {
  if (value.kind === 'text') return value.text ?? null
  if (value.kind === 'nothing') return 'undefined'
  return value.kind === 'number' && value.known !== undefined && !value.truth ? value.known : null
}

const usesOf = (value: Value) =>
  value.kind === 'free' ? [{ kind: 'name' as const, name: value.name, range: { start: 0, end: 0 } }] : []
