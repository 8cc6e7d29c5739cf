/** Formulas from the operators and functions of code; what depends on no input is computed at once. */
import { scalarOf } from '../../arithmetic/doubles'
import { operation, operationSpelled } from '../../operations/index'
import type { Attributes } from '../../operations/operation'
import type { Expr, Range } from '../statement'
import { entryNumber } from './arrays'
import { inputOf, known, type Machine, numberExpr } from './machine'
import { type FreeValue, type NumberValue, namesIn, opaque, type Value } from './value'

/** A value as a number; `null` where it is none (a text, a list). */
export function asNumber(machine: Machine, value: Value, range: Range, text: string): NumberValue | null {
  switch (value.kind) {
    case 'number':
      return value
    case 'free':
      return value.entry ? entryNumber(machine, value, value.entry, range) : numberInput(machine, value, range)
    case 'opaque':
      return { kind: 'number', expr: { kind: 'opaque', reason: value.reason, text, uses: value.uses, range } }
    case 'nothing':
      // What JavaScript computes; for a reader it is something that isn't understood.
      return machine.guards === 'nan' ? known(Number.NaN, range) : null
    default:
      return null
  }
}

function numberInput(machine: Machine, { name, root }: FreeValue, range: Range): NumberValue {
  const shape = machine.shapes.get(name.key)
  const isKnown = shape?.every((size) => typeof size === 'number')
  return {
    kind: 'number',
    expr: inputOf(machine, name, range, root),
    ...(isKnown ? { shape: shape as readonly number[] } : {}),
  }
}

/** An operation of the table on numbers. */
export function applied(
  op: string,
  args: readonly NumberValue[],
  range: Range,
  operator?: Range,
  attributes?: Attributes,
): NumberValue {
  const entry = operation(op)
  const constant = args.every((arg) => arg.known !== undefined)
  const [a, b, c] = args.map((arg) => arg.known)
  const value = constant && entry ? (scalarOf(entry)?.(a ?? 0, b ?? 0, c ?? 0) ?? undefined) : undefined
  return {
    kind: 'number',
    expr: {
      kind: 'apply',
      op,
      args: args.map((arg) => arg.expr),
      ...(op === 'multiply' ? { attributes: { sign: 'star' } } : attributes ? { attributes } : {}),
      range,
      ...(operator ? { operator } : {}),
    },
    ...(value === undefined ? {} : { known: value }),
    ...(entry?.isCondition ? { truth: true } : {}),
    ...sizesAfter(op, args, attributes ?? {}),
  }
}

/** The sizes of a result, where one of the inputs is an array of known sizes and all others are known too. */
function sizesAfter(op: string, args: readonly NumberValue[], attributes: Attributes): { shape?: readonly number[] } {
  if (!args.some(({ shape }) => shape)) return {}
  const shapes = args.map(({ shape, known: value }) => shape ?? (value === undefined ? null : []))
  const shape = shapes.includes(null) ? null : operation(op)?.shape(shapes, attributes)
  return shape && !('left' in shape) && shape.every((size) => typeof size === 'number')
    ? { shape: shape as readonly number[] }
    : {}
}

/** The operation that an operator of code stands for. */
export const operatorNamed = (spelling: string): string | null => operationSpelled('typescript', spelling)?.name ?? null

const CONSTANTS: Readonly<Record<string, (range: Range) => NumberValue>> = {
  'Math.PI': (range) => ({ kind: 'number', expr: numberExpr(Math.PI, range, '\\pi'), known: Math.PI }),
  'Math.E': (range) => ({ kind: 'number', expr: numberExpr(Math.E, range, 'e'), known: Math.E }),
  'Math.LN2': (range) => applied('log', [known(2, range)], range),
  'Math.LN10': (range) => applied('log', [known(10, range)], range),
  'Math.LOG2E': (range) => applied('divide', [known(1, range), applied('log', [known(2, range)], range)], range),
  'Math.LOG10E': (range) => applied('divide', [known(1, range), applied('log', [known(10, range)], range)], range),
  'Math.SQRT2': (range) => applied('sqrt', [known(2, range)], range),
  'Math.SQRT1_2': (range) => applied('sqrt', [applied('divide', [known(1, range), known(2, range)], range)], range),
  'Number.EPSILON': (range) => known(Number.EPSILON, range),
  'Number.MAX_VALUE': (range) => known(Number.MAX_VALUE, range),
  'Number.MIN_VALUE': (range) => known(Number.MIN_VALUE, range),
  'Number.MAX_SAFE_INTEGER': (range) => known(Number.MAX_SAFE_INTEGER, range),
  'Number.MIN_SAFE_INTEGER': (range) => known(Number.MIN_SAFE_INTEGER, range),
  'Number.POSITIVE_INFINITY': (range) => known(Number.POSITIVE_INFINITY, range),
  'Number.NEGATIVE_INFINITY': (range) => known(Number.NEGATIVE_INFINITY, range),
  'Number.NaN': (range) => known(Number.NaN, range),
  Infinity: (range) => known(Number.POSITIVE_INFINITY, range),
  NaN: (range) => known(Number.NaN, range),
}

export const constantNamed = (name: string, range: Range): NumberValue | null =>
  Object.hasOwn(CONSTANTS, name) ? (CONSTANTS[name]?.(range) ?? null) : null

type Composed = (
  x: NumberValue,
  y: NumberValue,
  apply: (op: string, ...args: NumberValue[]) => NumberValue,
  n: (value: number) => NumberValue,
) => NumberValue

/** Functions of `Math` that the table of operations expresses by others. */
const COMPOSED: Readonly<Record<string, Composed>> = {
  'Math.log2': (x, _y, apply, n) => apply('divide', apply('log', x), apply('log', n(2))),
  'Math.log10': (x, _y, apply, n) => apply('divide', apply('log', x), apply('log', n(10))),
}

const SAME = new Set(['Math.fround', 'Math.f16round', 'Number', 'parseFloat', 'Number.parseFloat'])
const ROUNDING: Readonly<Record<string, (value: number) => number>> = {
  'Math.clz32': Math.clz32,
  parseInt: Math.trunc,
  'Number.parseInt': Math.trunc,
}

/** A function of `Math` on numbers; its arguments can be used twice. `null`: not a function of numbers. */
export function mathFunction(name: string, args: readonly NumberValue[], range: Range, callee: Range): Value | null {
  const [first, second] = args
  const entry = operationSpelled('typescript', name)
  if (entry && first) {
    if (entry.arity !== 2 || args.length <= 1)
      return args.length === 1 && entry.arity === 2
        ? entry.ofOne === undefined
          ? first
          : applied(entry.ofOne, [first], range, callee)
        : applied(entry.name, args.slice(0, entry.arity ?? args.length), range, callee)
    if (name === 'Math.pow') return applied(entry.name, args.slice(0, 2), range, callee)
    return args.slice(1).reduce((left, right) => applied(entry.name, [left, right], range, callee), first)
  }
  if (!first) return name === 'Math.random' ? opaque('randomness') : null
  if (SAME.has(name)) return first
  if (Object.hasOwn(ROUNDING, name)) {
    if (first.known !== undefined) return known(ROUNDING[name]?.(first.known) ?? Number.NaN, range)
    return opaque('rounding', namesIn(first.expr))
  }
  const apply = (op: string, ...inputs: NumberValue[]) => applied(op, inputs, range, callee)
  const n = (value: number) => known(value, range)
  const composed = Object.hasOwn(COMPOSED, name) ? COMPOSED[name] : undefined
  return composed ? composed(first, second ?? known(Number.NaN, range), apply, n) : null
}

/** Whether a function uses an argument more than once, so that the argument needs a name. */
export const usesTwice = (name: string): boolean => Object.hasOwn(COMPOSED, name)

/** `select(condition, then, otherwise)`; a condition that is known chooses at once. */
export function chosen(
  condition: Expr,
  then: NumberValue,
  otherwise: NumberValue,
  range: Range,
  operator?: Range,
): NumberValue {
  if (sameExpr(then.expr, otherwise.expr)) return then
  const truth = then.truth && otherwise.truth
  return {
    ...applied('select', [{ kind: 'number', expr: condition }, then, otherwise], range, operator),
    ...(truth ? { truth } : {}),
  }
}

function sameExpr(a: Expr, b: Expr): boolean {
  if (a.kind === 'name' && b.kind === 'name') return a.name.key === b.name.key
  return a.kind === 'number' && b.kind === 'number' && Object.is(a.value, b.value)
}
