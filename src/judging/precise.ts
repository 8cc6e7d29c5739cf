/**
 * Values of a graph with many digits: what doubles can't tell from rounding, such as `x` and `x + 10^{-30}`, or two
 * forms of which one cancels almost completely.
 */
import { Decimal } from 'decimal.js'
import type { Graph, GraphNode, NodeId } from '../graph/graph'

type Rule = (a: Decimal, b: Decimal, c: Decimal, arithmetic: typeof Decimal) => Decimal

const bool = (yes: boolean, D: typeof Decimal): Decimal => new D(yes ? 1 : 0)

function power(a: Decimal, b: Decimal, _c: Decimal, D: typeof Decimal): Decimal {
  if (a.isZero()) return b.isZero() ? new D(1) : b.isNegative() ? new D(Number.NaN) : new D(0)
  return a.pow(b)
}

/** The operations of the table, by name. One that is missing has no value. */
const RULES: Readonly<Record<string, Rule>> = {
  add: (a, b) => a.plus(b),
  subtract: (a, b) => a.minus(b),
  multiply: (a, b) => a.times(b),
  divide: (a, b, _c, D) => (b.isZero() ? new D(Number.NaN) : a.div(b)),
  negate: (a) => a.neg(),
  power,
  identity: (a) => a,
  exp: (a) => a.exp(),
  log: (a) => a.ln(),
  sqrt: (a) => a.sqrt(),
  sigmoid: (a, _b, _c, D) => new D(1).div(a.neg().exp().plus(1)),
  sin: (a) => a.sin(),
  cos: (a) => a.cos(),
  tan: (a) => a.sin().div(a.cos()),
  asin: (a) => a.asin(),
  acos: (a) => a.acos(),
  atan: (a) => a.atan(),
  sinh: (a) => a.exp().minus(a.neg().exp()).div(2),
  cosh: (a) => a.exp().plus(a.neg().exp()).div(2),
  tanh: (a) => {
    const [up, down] = [a.exp(), a.neg().exp()]
    return up.minus(down).div(up.plus(down))
  },
  abs: (a) => a.abs(),
  sign: (a, _b, _c, D) => new D(Decimal.sign(a)),
  step: (a, _b, _c, D) => bool(a.gt(0), D),
  relu: (a, _b, _c, D) => (a.gt(0) ? a : new D(0)),
  max: (a, b) => (a.gt(b) ? a : b),
  min: (a, b) => (a.lt(b) ? a : b),
  less: (a, b, _c, D) => bool(a.lt(b), D),
  lessEqual: (a, b, _c, D) => bool(a.lte(b), D),
  greater: (a, b, _c, D) => bool(a.gt(b), D),
  greaterEqual: (a, b, _c, D) => bool(a.gte(b), D),
  equal: (a, b, _c, D) => bool(a.eq(b), D),
  notEqual: (a, b, _c, D) => bool(!a.eq(b), D),
  not: (a, _b, _c, D) => bool(a.isZero(), D),
  and: (a, b, _c, D) => bool(!a.isZero() && !b.isZero(), D),
  or: (a, b, _c, D) => bool(!a.isZero() || !b.isZero(), D),
  select: (condition, then, otherwise) => (condition.isZero() ? otherwise : then),
}

/** Can every one of these nodes be computed with many digits? */
export const isPrecise = (graph: Graph, order: readonly NodeId[]): boolean =>
  order.every((id) => {
    const node = graph.nodes[id] as GraphNode
    return node.inputs.length === 0 || node.op in RULES
  })

/** Larger fractions than this aren't taken for the number behind a double's 16 digits. */
const LARGEST_DENOMINATOR = 1000

/**
 * The number that a double stands for: 0.1 is a tenth, 0.7 - 1 is -0.3 and not what doubles make of it, 0.333…3 to the
 * last digit is a third, and π and e are themselves.
 */
export function exactConstant(value: number, D: typeof Decimal): Decimal {
  if (Number.isInteger(value) || !Number.isFinite(value)) return new D(value)
  if (Math.abs(value) === Math.PI) return D.acos(-1).times(Math.sign(value))
  if (Math.abs(value) === Math.E) return D.exp(1).times(Math.sign(value))
  const digits = String(value)
    .replace(/e.*$/, '')
    .replace(/^-?0*\.?0*/, '')
    .replace('.', '').length
  if (digits < 15) return new D(value)
  for (let q = 3; q <= LARGEST_DENOMINATOR; q++) {
    const p = Math.round(value * q)
    if (p !== 0 && Math.abs(p / q - value) <= 1e-15 * Math.abs(value)) return new D(p).div(q)
  }
  return new D(value.toPrecision(15))
}

export type Rounding = 'down' | 'up'

/** Decimal arithmetic of so many digits that always rounds to one side, made once for each. */
export function arithmetic(digits: number, rounding: Rounding): typeof Decimal {
  const key = `${digits} ${rounding}`
  const mode = rounding === 'down' ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL
  const known = arithmetics.get(key) ?? Decimal.clone({ precision: digits, rounding: mode, maxE: 1e9, minE: -1e9 })
  arithmetics.set(key, known)
  return known
}
const arithmetics = new Map<string, typeof Decimal>()

/** Values of some nodes at one point; `null` where one isn't defined. */
export function preciseValues(
  graph: Graph,
  order: readonly NodeId[],
  inputs: ReadonlyMap<NodeId, number>,
  digits: number,
  rounding: Rounding,
): (id: NodeId) => Decimal | null {
  const D = arithmetic(digits, rounding)
  const known = new Map<NodeId, Decimal>()
  const one = new D(1)
  for (const id of order) {
    const node = graph.nodes[id] as GraphNode
    const given = inputs.get(id)
    if (given !== undefined) known.set(id, new D(given))
    else if (node.op === 'constant') known.set(id, exactConstant(node.attributes.value as number, D))
    else {
      const rule = RULES[node.op]
      const args = node.inputs.map((input) => known.get(input))
      if (!rule || args.length === 0 || args.some((each) => each === undefined)) continue
      const [a, b, c] = args as Decimal[]
      const value = rule(a as Decimal, b ?? one, c ?? one, D)
      if (!value.isNaN()) known.set(id, value)
    }
  }
  return (id) => {
    const value = known.get(id)
    return value?.isFinite() ? value : null
  }
}
