import assert from 'node:assert/strict'
import type { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { BINARY, INTERVALS } from '../../../src/arithmetic/binary'
import { constantOf } from '../../../src/arithmetic/constants'
import { decimals } from '../../../src/arithmetic/decimals'
import { DOUBLES, scalarOf } from '../../../src/arithmetic/doubles'
import type { Bounds } from '../../../src/arithmetic/enclosures'
import { OPERATIONS, operation } from '../../../src/operations/index'
import type { Value } from '../../../src/operations/operation'
import { exactly, MANY_DIGITS } from '../../support/manyDigits'

/** Boxes for each entry; `GRADLENS_BOXES=20000` is what is run by hand when an arithmetic changes. */
const BOXES = Number(process.env.GRADLENS_BOXES ?? 150)

/** Numbers of all sizes and both signs, near whole ones too: where functions turn, end, or cancel. */
const number = fc.oneof(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.integer({ min: -12, max: 12 }),
  fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -14, max: -1 })).map(([n, e]) => n + 10 ** e),
  fc
    .tuple(fc.integer({ min: -40, max: 40 }), fc.double({ min: -1e-6, max: 1e-6, noNaN: true }))
    .map(([n, d]) => (n * Math.PI) / 2 + d),
  fc.tuple(fc.double({ min: 1, max: 10, noNaN: true }), fc.integer({ min: -18, max: 18 })).map(([m, e]) => m * 10 ** e),
)
/** The reference loses all its digits in what is smaller. */
const usual = (value: number): number => (Math.abs(value) < 1e-25 ? 0 : value)
/** An interval, often a point, and where in it the exact number lies. */
const box = fc.tuple(
  number.map(usual),
  fc.oneof(
    fc.constant(0),
    fc.constant(0),
    fc.integer({ min: -15, max: 0 }).map((e) => 10 ** e),
  ),
  fc.double({ min: 0, max: 1, noNaN: true }),
)

/** The reference has 100 digits, of which cancellation may take some. */
const DOUBT = '1e-70'
const inside = (lo: Decimal, value: Decimal, hi: Decimal): boolean => {
  const doubt = value.abs().times(DOUBT).plus(DOUBT)
  return lo.lte(value.plus(doubt)) && hi.gte(value.minus(doubt))
}

const ofBinary = ({ lo, hi }: Bounds<number>): [Decimal, Decimal] => [exactly(lo), exactly(hi)]

function check(name: string, value: Value, boxes: readonly (readonly [number, number, number])[]): void {
  const ends = boxes.map(([middle, width]) => [middle - width, middle + width] as const)
  const at = boxes.map(([, , part], k) => {
    const [lo, hi] = ends[k] as [number, number]
    return Math.min(hi, Math.max(lo, lo + part * (hi - lo)))
  })
  const [x, y, z] = at.map(exactly) as [Decimal, Decimal, Decimal]
  const reference = value(MANY_DIGITS, x, y, z)
  const [a, b, c] = ends.map(([lo, hi]) => ({ lo, hi }))
  const found = value(INTERVALS, a ?? null, b ?? null, c ?? null)
  const said = `${name}(${at.join(', ')}) is ${reference}`
  if (found) {
    const [lo, hi] = ofBinary(found)
    assert.ok(reference.isFinite() && inside(lo, reference, hi), `${said}, not in [${lo}, ${hi}] of doubles`)
  }
  const many = decimals(45, { left: 1e9 })
  const [d, e, f] = ends.map(([lo, hi]) => ({ lo: exactly(lo), hi: exactly(hi) }))
  const digits = value(many.arithmetic, d ?? null, e ?? null, f ?? null)
  if (digits) {
    assert.ok(
      reference.isFinite() && inside(digits.lo, reference, digits.hi),
      `${said}, not in [${digits.lo}, ${digits.hi}] of decimals`,
    )
  }
}

describe('an interval holds the value of many digits', () => {
  for (const entry of OPERATIONS) {
    const { value } = entry
    if (!value) continue
    it(entry.name, () => {
      fc.assert(
        fc.property(fc.tuple(box, box, box), (boxes) => check(entry.name, value, boxes)),
        { numRuns: BOXES },
      )
    }).timeout(0)
  }
})

describe('an interval says something', () => {
  /** Points at which each entry is defined: bounds must be there, and narrow. */
  const DEFINED: Record<string, readonly number[]> = {
    asin: [0.3],
    acos: [0.3],
    log: [2.5],
    sqrt: [2.5],
    power: [2.5, -1.3],
    root: [2.5, 3],
    asec: [2.5],
    acsc: [2.5],
    acosh: [2.5],
    acoth: [2.5],
    polygamma: [2, 1.3],
  }
  for (const entry of OPERATIONS) {
    const { value } = entry
    if (!value) continue
    it(entry.name, () => {
      const at = DEFINED[entry.name] ?? [0.7, 1.3, 2.1]
      const [a, b, c] = at.map((x) => INTERVALS.number(x))
      const found = value(INTERVALS, a ?? null, b ?? null, c ?? null)
      const expected = scalarOf(entry)?.(at[0] ?? 0, at[1] ?? 0, at[2] ?? 0) ?? Number.NaN
      assert.ok(found, 'no bounds')
      assert.ok(found.hi - found.lo <= 1e-11 * Math.max(1, Math.abs(expected)), `${found.lo} to ${found.hi}`)
    })
  }
})

describe('what is certain', () => {
  const value = (name: string): Value => operation(name)?.value as Value
  const point = (x: number) => INTERVALS.number(x)
  const rows: readonly [string, () => unknown, unknown][] = [
    ['sums that doubles hold are exact', () => INTERVALS.add(point(0.5), point(0.25)), { lo: 0.75, hi: 0.75 }],
    ['so are products', () => INTERVALS.multiply(point(1.5), point(-0.5)), { lo: -0.75, hi: -0.75 }],
    ['so are quotients', () => INTERVALS.divide(point(3), point(4)), { lo: 0.75, hi: 0.75 }],
    ['nothing is known of a quotient by 0', () => INTERVALS.divide(point(1), { lo: -1, hi: 1 }), null],
    ['nor of a logarithm of what may be negative', () => value('log')(INTERVALS, { lo: -1, hi: 2 }, null, null), null],
    ['nor of what overflows', () => INTERVALS.exp(point(1000)), null],
    ['0 to a positive power is 0', () => INTERVALS.power(point(0), point(0.5)), { lo: 0, hi: 0 }],
    ['the root of a negative number of even degree', () => INTERVALS.root(point(-4), point(2)), null],
    ['the root of a negative number of odd degree', () => INTERVALS.root(point(-8), point(3)), { lo: -2, hi: -2 }],
    ['an angle far out', () => INTERVALS.sin({ lo: 1e20, hi: 1e20 }), { lo: -1, hi: 1 }],
    ['an angle that goes round', () => INTERVALS.cos({ lo: 0, hi: 7 }), { lo: -1, hi: 1 }],
    ['a tangent across its pole', () => INTERVALS.tan({ lo: 1, hi: 2 }), null],
    [
      'the branch that isn’t chosen may be undefined',
      () => INTERVALS.select(point(1), point(2), null),
      { lo: 2, hi: 2 },
    ],
    ['a condition that isn’t certain', () => INTERVALS.less({ lo: 0, hi: 2 }, point(1)), { lo: 0, hi: 1 }],
  ]
  for (const [title, compute, expected] of rows) it(title, () => assert.deepEqual(compute(), expected))

  it('a carrier that runs out of work says so', () => {
    const budget = { left: 1000 }
    const { arithmetic } = decimals(45, budget)
    const two = arithmetic.number(2)
    assert.notEqual(arithmetic.add(two, two), null)
    assert.equal(arithmetic.exp(two), null)
    assert.ok(budget.left < 0)
  })
  it('no number of digits makes it throw', () => {
    const { arithmetic } = decimals(100_000, { left: 1e12 })
    for (const x of [arithmetic.pi, arithmetic.multiply(arithmetic.pi, arithmetic.number(1e280))]) {
      for (const f of [arithmetic.sin, arithmetic.cos, arithmetic.tan, arithmetic.exp, arithmetic.atan]) f(x)
    }
    const sine = arithmetic.sin(arithmetic.pi)
    assert.ok(sine?.lo.lte(0) && sine.hi.gte(0) && sine.hi.lt('1e-300'))
  })
})

describe('a constant stands for', () => {
  const { ends, arithmetic } = decimals(45, { left: 1e9 })
  const rows: readonly [string, number, string][] = [
    ['a tenth', 0.1, '0.1'],
    ['a third', 1 / 3, `0.${'3'.repeat(45)}`],
    ['minus π', -Math.PI, '-3.14159265358979323846264338327950288419716940'],
  ]
  for (const [title, value, expected] of rows) {
    it(title, () => {
      const found = constantOf(ends, arithmetic, value)
      assert.ok(found?.lo.minus(expected).abs().lt('1e-40') && found.hi.minus(found.lo).lt('1e-43'))
    })
  }
  it('√2 as far as a double knows it', () => {
    const found = constantOf(ends, arithmetic, Math.SQRT2)
    const root = arithmetic.sqrt(arithmetic.number(2))
    assert.ok(found && root && found.lo.lt(root.lo) && found.hi.gt(root.hi))
  })
  it('a tenth, which no double is', () => {
    const found = constantOf(BINARY, INTERVALS, 0.1)
    assert.ok(found && exactly(found.lo).lt('0.1') && exactly(found.hi).gt('0.1'))
  })
})

describe('doubles', () => {
  const rows: readonly [string, number, number][] = [
    ['the cube root of -8', DOUBLES.root(-8, 3), -2],
    ['the fifth root of -32', DOUBLES.root(-32, 5), -2],
    ['the fourth root of -16', DOUBLES.root(-16, 4), Number.NaN],
  ]
  for (const [title, found, expected] of rows) it(title, () => assert.equal(found, expected))
})

describe('functions computed from series', () => {
  /** To 15 digits, from Abramowitz and Stegun and identities. */
  const EULER = 0.577215664901533
  const rows: readonly [string, string, readonly number[], number][] = [
    ['erf(½)', 'erf', [0.5], 0.520499877813047],
    ['erf is odd', 'erf', [-2], -0.995322265018953],
    ['erf far out is 1', 'erf', [9], 1],
    ['erfc(1)', 'erfc', [1], 0.157299207050285],
    ['Γ(½) is √π', 'gamma', [0.5], Math.sqrt(Math.PI)],
    ['Γ(-½) is -2√π', 'gamma', [-0.5], -2 * Math.sqrt(Math.PI)],
    ['5! is 120', 'factorial', [5], 120],
    ['20! is exact', 'factorial', [20], 2432902008176640000],
    ['ψ(1) is minus Euler’s number', 'digamma', [1], -EULER],
    ['ψ(¼)', 'digamma', [0.25], -EULER - Math.PI / 2 - 3 * Math.LN2],
    ['ψ′(1) is π²/6', 'polygamma', [1, 1], Math.PI ** 2 / 6],
    ['ψ″(1) is -2ζ(3)', 'polygamma', [2, 1], -2.40411380631919],
    ['5 over 2 is 10', 'binomial', [5, 2], 10],
    ['½ over 2 is -1/8', 'binomial', [0.5, 2], -0.125],
    ['5 over 5/2', 'binomial', [5, 2.5], 120 / (1.875 * Math.sqrt(Math.PI)) ** 2],
  ]
  for (const [title, name, at, expected] of rows) {
    it(title, () => {
      const entry = operation(name)
      const [a = 0, b = 0] = at
      const found = (entry && scalarOf(entry)?.(a, b, 0)) ?? Number.NaN
      assert.ok(Math.abs(found - expected) <= 3e-14 * Math.abs(expected), `${found}, not ${expected}`)
    })
  }
})

describe('values where doubles need care', () => {
  const rows: readonly [string, string, readonly number[], number][] = [
    ['log1p keeps what is tiny', 'log1p', [1e-20], 1e-20],
    ['expm1 keeps what is tiny', 'expm1', [1e-20], 1e-20],
    ['hypot doesn’t overflow', 'hypot', [3e200, 4e200], 5e200],
    ['hypot of zeros', 'hypot', [0, 0], 0],
    ['softplus doesn’t overflow', 'softplus', [1000], 1000],
    ['cbrt of a negative number', 'cbrt', [-8], -2],
    ['0 to the power 0', 'power', [0, 0], 1],
    ['atan2 upward', 'atan2', [1, 0], Math.PI / 2],
    ['atan2 downward', 'atan2', [-1, 0], -Math.PI / 2],
    ['atan2 to the left', 'atan2', [0, -1], Math.PI],
    ['atan2 up and left', 'atan2', [1, -1], (3 * Math.PI) / 4],
    ['atan2 down and left', 'atan2', [-1, -1], (-3 * Math.PI) / 4],
    ['atan2 nowhere', 'atan2', [0, 0], 0],
  ]
  for (const [title, name, at, expected] of rows) {
    it(title, () => {
      const entry = operation(name)
      const [a = 0, b = 0] = at
      const found = (entry && scalarOf(entry)?.(a, b, 0)) ?? Number.NaN
      assert.ok(Math.abs(found - expected) <= 4e-16 * Math.abs(expected), `${found}, not ${expected}`)
    })
  }
})
