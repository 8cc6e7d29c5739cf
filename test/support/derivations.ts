/** Random functions with derivatives by the rules of the textbook, as trees of their own: a second way to every step. */
import fc from 'fast-check'
import { scalarOf } from '../../src/arithmetic/doubles'
import { operation } from '../../src/operations/index'

export type Tree =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'apply'; readonly op: string; readonly args: readonly Tree[] }

export const number = (value: number): Tree => ({ kind: 'number', value })
export const name = (text: string): Tree => ({ kind: 'name', name: text })
const apply = (op: string, ...args: Tree[]): Tree => ({ kind: 'apply', op, args })
const plus = (a: Tree, b: Tree): Tree => apply('add', a, b)
const minus = (a: Tree, b: Tree): Tree => apply('subtract', a, b)
const times = (a: Tree, b: Tree): Tree => apply('multiply', a, b)
const over = (a: Tree, b: Tree): Tree => apply('divide', a, b)
const square = (a: Tree): Tree => apply('power', a, number(2))
const one = number(1)
const neg = (a: Tree): Tree => apply('negate', a)
const of = (op: string, a: Tree): Tree => apply(op, a)
const pi: Tree = name('\\pi')

/** The derivative of a function of one input, as a tree of the input. */
export const SLOPES: Readonly<Record<string, (u: Tree) => Tree>> = {
  exp: (u) => of('exp', u),
  log: (u) => over(one, u),
  sqrt: (u) => over(one, times(number(2), of('sqrt', u))),
  sin: (u) => of('cos', u),
  cos: (u) => neg(of('sin', u)),
  tan: (u) => plus(one, square(of('tan', u))),
  sec: (u) => times(of('sec', u), of('tan', u)),
  csc: (u) => neg(times(of('csc', u), of('cot', u))),
  cot: (u) => neg(plus(one, square(of('cot', u)))),
  asin: (u) => over(one, of('sqrt', minus(one, square(u)))),
  acos: (u) => neg(over(one, of('sqrt', minus(one, square(u))))),
  atan: (u) => over(one, plus(one, square(u))),
  acot: (u) => neg(over(one, plus(one, square(u)))),
  sinh: (u) => of('cosh', u),
  cosh: (u) => of('sinh', u),
  tanh: (u) => minus(one, square(of('tanh', u))),
  sech: (u) => neg(times(of('sech', u), of('tanh', u))),
  csch: (u) => neg(times(of('csch', u), of('coth', u))),
  coth: (u) => minus(one, square(of('coth', u))),
  asinh: (u) => over(one, of('sqrt', plus(square(u), one))),
  acosh: (u) => over(one, of('sqrt', minus(square(u), one))),
  atanh: (u) => over(one, minus(one, square(u))),
  sigmoid: (u) => times(of('sigmoid', u), minus(one, of('sigmoid', u))),
  softplus: (u) => of('sigmoid', u),
  erf: (u) => times(over(number(2), of('sqrt', pi)), of('exp', neg(square(u)))),
  abs: (u) => of('signum', u),
}

export function derivative(tree: Tree, by: string): Tree {
  if (tree.kind === 'number') return number(0)
  if (tree.kind === 'name') return number(tree.name === by ? 1 : 0)
  const [a, b] = tree.args as [Tree, Tree]
  const da = derivative(a, by)
  switch (tree.op) {
    case 'add':
      return plus(da, derivative(b, by))
    case 'subtract':
      return minus(da, derivative(b, by))
    case 'multiply':
      return plus(times(da, b), times(a, derivative(b, by)))
    case 'divide':
      return over(minus(times(da, b), times(a, derivative(b, by))), square(b))
    case 'negate':
      return neg(da)
    case 'power':
      return times(times(b, apply('power', a, number((b as { value: number }).value - 1))), da)
    default:
      return times((SLOPES[tree.op] as (u: Tree) => Tree)(a), da)
  }
}

/** Without what is 0 or 1: what a person would write. */
export function tidy(tree: Tree): Tree {
  if (tree.kind !== 'apply') return tree
  const args = tree.args.map(tidy)
  const [a, b] = args as [Tree, Tree]
  const is = (each: Tree | undefined, value: number) => each?.kind === 'number' && each.value === value
  if (tree.op === 'add') {
    if (is(a, 0)) return b
    if (is(b, 0)) return a
  }
  if (tree.op === 'subtract' && is(b, 0)) return a
  if (tree.op === 'subtract' && is(a, 0)) return neg(b)
  if (tree.op === 'multiply') {
    if (is(a, 0) || is(b, 0)) return number(0)
    if (is(a, 1)) return b
    if (is(b, 1)) return a
  }
  if (tree.op === 'divide' && is(a, 0)) return number(0)
  if (tree.op === 'negate' && is(a, 0)) return number(0)
  if (tree.op === 'power' && is(b, 1)) return a
  if (tree.op === 'power' && is(b, 0)) return one
  return { ...tree, args }
}

const NAMES = ['x', 'y', 'a', 'b']

/** A function of two to four inputs. */
export const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof({ arbitrary: fc.constantFrom(...NAMES).map(name), weight: 4 }, fc.integer({ min: 2, max: 5 }).map(number)),
    fc
      .tuple(fc.constantFrom('add', 'subtract', 'multiply', 'divide'), tie('tree'), tie('tree'))
      .map(([op, a, b]) => apply(op, a, b)),
    fc.tuple(tie('tree'), fc.constantFrom(2, 3, -1, -2)).map(([a, n]) => apply('power', a, number(n))),
    fc.tuple(fc.constantFrom(...Object.keys(SLOPES)), tie('tree')).map(([op, a]) => of(op, a)),
  ),
})).tree

/** LaTeX with a bracket around everything that has parts, so that nothing depends on how it groups. */
export function latexOf(each: Tree): string {
  if (each.kind === 'number') return each.value < 0 ? `(${each.value})` : String(each.value)
  if (each.kind === 'name') return each.name
  const [a = '', b = ''] = each.args.map(latexOf)
  switch (each.op) {
    case 'add':
      return `(${a} + ${b})`
    case 'subtract':
      return `(${a} - ${b})`
    case 'multiply':
      return `${a} \\cdot ${b}`
    case 'divide':
      return `\\frac{${a}}{${b}}`
    case 'negate':
      return `(-${a})`
    case 'power':
      return `(${a})^{${b.replace(/[()]/g, '')}}`
    case 'sqrt':
      return `\\sqrt{${a}}`
    case 'exp':
      return `e^{${a}}`
    default:
      return `${operation(each.op)?.spellings.latex?.[0]}(${a})`
  }
}

/** A value, and the size of what was added and taken away on the way to it: what cancels leaves noise of that size. */
export interface Sized {
  readonly value: number
  readonly size: number
}

export function sized(each: Tree, at: Readonly<Record<string, number>>): Sized {
  if (each.kind === 'number') return { value: each.value, size: Math.abs(each.value) }
  if (each.kind === 'name') {
    const value = each.name === '\\pi' ? Math.PI : (at[each.name] as number)
    return { value, size: Math.abs(value) }
  }
  const [a = { value: 0, size: 0 }, b = { value: 0, size: 0 }] = each.args.map((arg) => sized(arg, at))
  const entry = operation(each.op)
  const value = (entry && scalarOf(entry)?.(a.value, b.value, 0)) ?? Number.NaN
  // How much larger an input was, before it cancelled, is how much larger what it leads to may be.
  const lost = ({ value: at, size }: Sized): number =>
    at === 0 ? (size === 0 ? 1 : Number.POSITIVE_INFINITY) : size / Math.abs(at)
  if (each.op === 'add' || each.op === 'subtract') return { value, size: a.size + b.size }
  if (each.op === 'multiply') return { value, size: a.size * b.size }
  return { value, size: Math.max(Math.abs(value), 1) * Math.max(lost(a), each.args.length > 1 ? lost(b) : 1) }
}

/** Places in a tree, from the root on. */
function places(each: Tree): Tree[] {
  return each.kind === 'apply' ? [each, ...each.args.flatMap(places)] : [each]
}

function replaced(each: Tree, what: Tree, by: Tree): Tree {
  if (each === what) return by
  return each.kind === 'apply' ? { ...each, args: each.args.map((arg) => replaced(arg, what, by)) } : each
}

const SWAPPED: Readonly<Record<string, string>> = {
  add: 'subtract',
  subtract: 'add',
  multiply: 'divide',
  divide: 'multiply',
  sin: 'cos',
  cos: 'sin',
  tan: 'tanh',
  sinh: 'cosh',
  cosh: 'sinh',
  tanh: 'tan',
  log: 'sqrt',
}

/** A tree with one slip: a sign, an operation, a factor, an exponent, another name. `null` where nothing fits there. */
export function slipped(whole: Tree, choice: number, kind: number): Tree | null {
  const all = places(whole)
  const what = all[choice % all.length] as Tree
  const changed = slipAt(what, kind)
  return changed && replaced(whole, what, changed)
}

function slipAt(what: Tree, kind: number): Tree | null {
  if (kind % 4 === 0) return neg(what)
  if (kind % 4 === 1) return times(number(2), what)
  if (what.kind === 'number') return number(what.value + 1)
  if (what.kind === 'name') return name(what.name === 'x' ? 'y' : 'x')
  if (kind % 4 === 2 && SWAPPED[what.op]) return { ...what, op: SWAPPED[what.op] as string }
  return what.args.length === 1 ? (what.args[0] as Tree) : null
}
