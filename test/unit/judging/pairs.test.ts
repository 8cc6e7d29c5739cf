import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { judgePairs } from '../../../src/judging/pairs'
import { readPairs } from '../../../src/reading/pairs'
import {
  BY_CONVENTION,
  BY_FIELD,
  IN_LIBRARIES,
  LISTS,
  NO_PAIRS,
  type PairRow,
  QUIET,
  RIGHT,
  SLIPS,
  WRONG,
} from './pairs.table'

const verdictsOf = (code: string): string[] =>
  judgePairs(readPairs(code)).map(({ verdict, convention }) => (convention ? `${verdict} ${convention}` : verdict))

function judgesAll(title: string, rows: readonly PairRow[]): void {
  describe(`judging of pairs: ${title}`, () => {
    for (const [what, code, ...verdicts] of rows) it(what, () => assert.deepEqual(verdictsOf(code), verdicts))
  })
}

judgesAll('right', RIGHT)
judgesAll('right by convention', BY_CONVENTION)
judgesAll('wrong', WRONG)
judgesAll('wrong, and harder to see', SLIPS)
judgesAll('by the names of a field', BY_FIELD)
judgesAll('as it is meant', QUIET)
judgesAll('in libraries', IN_LIBRARIES)
judgesAll('lists of any length', LISTS)
judgesAll('no pairs', NO_PAIRS)

/** A file, what it imports by `./curve`, and verdicts. */
const IMPORTED: readonly (readonly [what: string, code: string, imported: string, ...verdicts: string[]])[] = [
  [
    'right',
    "import { sigmoid } from './curve'\nexport const dSigmoid = (x: number) => sigmoid(x) * (1 - sigmoid(x))",
    'export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))',
    'holds',
  ],
  [
    'wrong',
    "import { sigmoid } from './curve'\nexport const dSigmoid = (x: number) => sigmoid(x) * (1 + sigmoid(x))",
    'export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))',
    'fails',
  ],
  [
    'under another name',
    "import { square as area } from './curve'\nexport const areaDerivative = (x: number) => 2 * x",
    'export function square(x: number) { return x * x }',
    'holds',
  ],
  [
    'a function of the same name here is nearer',
    "import { wave } from './curve'\nconst wave2 = wave\nexport const bump = (x: number) => x ** 3\nexport const dBump = (x: number) => 3 * x ** 2",
    'export const wave = (x: number) => x\nexport const bump = (x: number) => x ** 2',
    'holds',
  ],
  [
    'by a tag',
    "import { cost } from './curve'\n/** @gradientOf cost */\nexport const slope = (x: number) => 3 * x",
    'export const cost = (x: number) => x * x',
    'fails',
  ],
  [
    'what can’t be had is no pair',
    "import { sigmoid } from './other'\nexport const dSigmoid = (x: number) => sigmoid(x)",
    '',
  ],
]

describe('judging of pairs: of an imported function', () => {
  for (const [what, code, imported, ...verdicts] of IMPORTED) {
    it(what, () => {
      const resolve = (specifier: string) => (specifier === './curve' ? imported : null)
      assert.deepEqual(
        judgePairs(readPairs(code, { resolve })).map(({ verdict }) => verdict),
        verdicts,
      )
    })
  }
})

describe('judging of pairs: any text', () => {
  const codes = [...RIGHT, ...BY_CONVENTION, ...WRONG, ...IN_LIBRARIES].map(([, code]) => code)
  it('never throws, and points into the text', () => {
    const edited = fc
      .tuple(fc.constantFrom(...codes), fc.nat(300), fc.nat(20), fc.string({ maxLength: 5 }))
      .map(([code, at, removed, added]) => code.slice(0, at) + added + code.slice(at + removed))
    fc.assert(
      fc.property(edited, (code) => {
        for (const { function: of, derivative } of judgePairs(readPairs(code)))
          for (const { start, end } of [of.range, derivative.range])
            assert.ok(0 <= start && start <= end && end <= code.length)
      }),
      { numRuns: 200 },
    )
  })
})

describe('judging of pairs: what is told', () => {
  const [wrong] = judgePairs(readPairs('const wave = (x) => Math.sin(3 * x)\nwave.derivative = (t) => Math.cos(3 * t)'))
  it('the right expression, in the names of the derivative', () =>
    assert.equal(wrong?.replacement, '3 * Math.cos(3 * t)'))
  it('keeps what the author gave a name, where the return sees it', () => {
    const right = (body: string) =>
      judgePairs(readPairs(`const sig = (x) => 1 / (1 + Math.exp(-x))\nfunction dSig(x) { ${body} }`))[0]?.replacement
    assert.equal(right('const s = sig(x); return s * (1 + s)'), 's * (1 - s)')
    assert.equal(right('const s = 2; return sig(x) * (1 + sig(x))')?.includes('s *'), false)
  })
  it('by how much it is off', () =>
    assert.equal(wrong?.reason, 'wave.derivative is 0.333333 times the derivative of wave by x.'))
  it('a sign', () => {
    const [sign] = judgePairs(readPairs('const c = { f: (x) => Math.cos(x), fprime: (x) => Math.sin(x) }'))
    assert.equal(sign?.reason, 'c.fprime has the wrong sign: it is the negative derivative of c.f by x.')
  })
  it('a counterexample that anyone can verify', () => {
    const { at, written, expected } = wrong?.counterexample ?? { at: {}, written: 0, expected: 0 }
    const x = at.x ?? Number.NaN
    assert.equal(written, Math.cos(3 * x))
    assert.ok(Math.abs(expected - 3 * Math.cos(3 * x)) < 1e-12)
  })
  it('a table in which some derivatives take the input and others the output', () => {
    const [, mixed] = judgePairs(
      readPairs(
        'const t = { soft: { f: (x) => Math.log(1 + Math.exp(x)), df: (x) => 1 / (1 + Math.exp(-x)) }, tanh: { f: Math.tanh, df: (y) => 1 - y * y }, sin: { f: Math.sin, df: Math.cos } }',
      ),
    )
    assert.equal(mixed?.reason, 'tanh.df takes the output of tanh.f, while 2 others of this table take the input.')
  })
})
