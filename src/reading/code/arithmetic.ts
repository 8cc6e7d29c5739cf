/** Formulas from the operators and functions of code; what depends on no input is computed at once. */
import { scalarOf } from '../../arithmetic/doubles'
import { type Algebra, algebra, PRODUCT } from '../../operations/algebra'
import { arrays, isMatrixProduct } from '../../operations/arrays'
import { type Composed, composedSpelled } from '../../operations/composed'
import { operation, operationSpelled, operatorSpelled } from '../../operations/index'
import type { Attributes, Operation } from '../../operations/operation'
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
      ...(op === PRODUCT ? { attributes: { sign: 'star' } } : attributes ? { attributes } : {}),
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

/** The entry that an operator of the core language stands for. */
const entryOf = (sign: string, operands: number): Operation | undefined =>
  operatorSpelled('typescript', sign, operands) ?? operatorSpelled('python', sign, operands)

/** Is it an operation of the table? */
export const isOperation = (sign: string, operands: number): boolean => entryOf(sign, operands) !== undefined

/** An operator of the core language on numbers. */
export function operated(sign: string, args: readonly NumberValue[], range: Range, operator?: Range): NumberValue {
  const entry = entryOf(sign, args.length)
  const name = entry ? nameFor(entry, args) : sign
  const [a, b] = args
  const stacked = a && b && isMatrixProduct(name) ? (rowsTimes(a, b, range) ?? productOfStacks(a, b, range)) : null
  return stacked ?? applied(name, args, range, operator)
}

const arraysIn = (range: Range) =>
  arrays<NumberValue>((op, inputs, attributes) => applied(op, inputs, range, undefined, attributes))

/** A stack of matrices by one matrix or vector: all its rows by that; `null` where it is no such product. */
export function rowsTimes(a: NumberValue, b: NumberValue, range: Range): NumberValue | null {
  const [width, ...others] = a.shape?.toReversed() ?? []
  if (width === undefined || others.length < 2 || !b.shape || b.shape.length === 0 || b.shape.length > 2) return null
  const { reshaped, matrixProduct } = arraysIn(range)
  const rows = reshaped(a, [others.reduce((count, size) => count * size, 1), width])
  return b.shape[0] === width ? reshaped(matrixProduct(rows, b), [...others.reverse(), ...b.shape.slice(1)]) : null
}

/**
 * Stacks of matrices, multiplied one by one: all products of their entries, summed along the axis that both share; `null` where they
 * are no stacks, or their sizes don't fit.
 */
function productOfStacks(a: NumberValue, b: NumberValue, range: Range): NumberValue | null {
  if (!a.shape || !b.shape || a.shape.length < 2 || b.shape.length < 3 || a.shape.at(-1) !== b.shape.at(-2)) return null
  const { reshaped, sumAlong } = arraysIn(range)
  const left = reshaped(a, [...a.shape, 1])
  const right = reshaped(b, [...b.shape.slice(0, -2), 1, ...b.shape.slice(-2)])
  const products = applied(PRODUCT, [left, right], range)
  return products.shape ? sumAlong(products, products.shape.length - 2) : null
}

/** What an operation on arrays is called where an input is a single number: the matrix product is the product. */
export const nameFor = (entry: Operation, args: readonly NumberValue[]): string =>
  entry.ofNumbers !== undefined && args.length > 1 && args.some(isSingle) ? entry.ofNumbers : entry.name

const isSingle = ({ shape, known: value }: NumberValue): boolean => shape?.length === 0 || value !== undefined

/** Formulas of code, written as they read. */
export const formulas = (range: Range, callee?: Range): Algebra<NumberValue> =>
  algebra<NumberValue>({
    constant: (value) => known(value, range),
    apply: (op, inputs) => applied(op, inputs, range, callee),
  })

const CONSTANTS: Readonly<Record<string, (range: Range) => NumberValue>> = {
  'Math.PI': (range) => ({ kind: 'number', expr: numberExpr(Math.PI, range, '\\pi'), known: Math.PI }),
  'Math.E': (range) => ({ kind: 'number', expr: numberExpr(Math.E, range, 'e'), known: Math.E }),
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

export function constantNamed(name: string, range: Range): NumberValue | null {
  if (Object.hasOwn(CONSTANTS, name)) return CONSTANTS[name]?.(range) ?? null
  const entry = composedSpelled('typescript', name)
  return entry?.arity === 0 ? composedOf(entry, [], range) : null
}

/** A function that the table expresses by others; `null` where an input is missing. */
export function composedOf(
  { arity, value }: Composed,
  args: readonly NumberValue[],
  range: Range,
  callee?: Range,
): NumberValue | null {
  const [a = NOT_GIVEN, b = NOT_GIVEN] = args
  return args.length < arity ? null : value(formulas(range, callee), a, b)
}
const NOT_GIVEN = known(Number.NaN, { start: 0, end: 0 })

const SAME = new Set(['Math.fround', 'Math.f16round', 'Number', 'parseFloat', 'Number.parseFloat'])
const ROUNDING: Readonly<Record<string, (value: number) => number>> = {
  'Math.clz32': Math.clz32,
  parseInt: Math.trunc,
  'Number.parseInt': Math.trunc,
}

/** A function of `Math` on numbers; its arguments can be used twice. `null`: not a function of numbers. */
export function mathFunction(name: string, args: readonly NumberValue[], range: Range, callee: Range): Value | null {
  const [first] = args
  const entry = operationSpelled('typescript', name)
  if (entry && first) {
    if (entry.arity !== 2 || args.length <= 1)
      return args.length === 1 && entry.arity === 2
        ? entry.ofOne === undefined
          ? first
          : applied(entry.ofOne, [first], range, callee)
        : applied(entry.name, args.slice(0, entry.arity ?? args.length), range, callee)
    if (!entry.ofMany) return applied(entry.name, args.slice(0, 2), range, callee)
    return args.slice(1).reduce((left, right) => applied(entry.name, [left, right], range, callee), first)
  }
  if (!first) return name === 'Math.random' ? opaque('randomness') : null
  if (SAME.has(name)) return first
  if (Object.hasOwn(ROUNDING, name)) {
    if (first.known !== undefined) return known(ROUNDING[name]?.(first.known) ?? Number.NaN, range)
    return opaque('rounding', namesIn(first.expr))
  }
  const composed = composedSpelled('typescript', name)
  return composed ? composedOf(composed, args, range, callee) : null
}

/** Whether a function may use an argument more than once, so that the argument needs a name. */
export const usesTwice = (name: string): boolean => composedSpelled('typescript', name) !== undefined

/** A choice by a condition; one that is known chooses at once. */
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
    ...formulas(range, operator).choice({ kind: 'number', expr: condition }, then, otherwise),
    ...(truth ? { truth } : {}),
  }
}

function sameExpr(a: Expr, b: Expr): boolean {
  if (a.kind === 'name' && b.kind === 'name') return a.name.key === b.name.key
  return a.kind === 'number' && b.kind === 'number' && Object.is(a.value, b.value)
}
