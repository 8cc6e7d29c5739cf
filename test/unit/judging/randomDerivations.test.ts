import assert from 'node:assert/strict'
import fc from 'fast-check'
import { derivative, latexOf, sized, slipped, type Tree, tidy, tree } from '../../support/derivations'
import { displays, stepsOf } from './note'

/** `GRADLENS_DERIVATIONS=10000` is what is run by hand when judging changes. */
const RUNS = Number(process.env.GRADLENS_DERIVATIONS ?? 60)
/** Longer ones take their time and say no more. */
const LONGEST = 400

const isUsed = (function_: Tree): boolean => latexOf(function_).includes('x') && latexOf(function_).length > 3

function verdictOn(function_: Tree, step: Tree): { verdict: string; said: string } {
  const lines = [`z = ${latexOf(function_)}`, `\\frac{\\partial z}{\\partial x} = ${latexOf(step)}`]
  const last = stepsOf(lines).at(-1)
  return {
    verdict: last?.verdict ?? 'none',
    said: `${displays(lines)}${last?.reason} ${JSON.stringify(last?.counterexample)}`,
  }
}

/** Equal, but for what is left where terms cancel, at all of many points where both are defined. */
function agree(a: Tree, b: Tree): boolean {
  for (let k = 0; k < 200; k++) {
    const spread = k < 100 ? 0.4 : 1.1
    const at = Object.fromEntries(
      ['x', 'y', 'a', 'b'].map((each, i) => [each, spread * Math.tan(1.3 * Math.sin(k * 7.1 + i * 3.3))]),
    )
    const [left, right] = [sized(a, at), sized(b, at)]
    const difference = Math.abs(left.value - right.value)
    if (
      Number.isFinite(difference) &&
      difference > 1e-6 * Math.max(Math.abs(left.value), Math.abs(right.value)) &&
      difference > 1e-12 * Math.max(left.size, right.size)
    )
      return false
  }
  return true
}

describe('random derivations', () => {
  it('no true step fails', () => {
    const counts = { holds: 0, all: 0 }
    fc.assert(
      fc.property(tree.filter(isUsed), (function_) => {
        const step = tidy(derivative(function_, 'x'))
        fc.pre(latexOf(step).length <= LONGEST)
        const { verdict, said } = verdictOn(function_, step)
        assert.notEqual(verdict, 'fails', said)
        counts.all++
        if (verdict === 'holds') counts.holds++
      }),
      { numRuns: RUNS },
    )
    assert.ok(counts.holds > 0.8 * counts.all, `only ${counts.holds} of ${counts.all} hold`)
  }).timeout(0)
  it('no step with a slip holds, unless it is equal', () => {
    const counts = { fails: 0, all: 0 }
    fc.assert(
      fc.property(tree.filter(isUsed), fc.nat(200), fc.nat(3), (function_, choice, kind) => {
        const step = tidy(derivative(function_, 'x'))
        const wrong = slipped(step, choice, kind)
        fc.pre(wrong !== null && latexOf(wrong).length <= LONGEST && !agree(step, wrong))
        const { verdict, said } = verdictOn(function_, wrong as Tree)
        assert.notEqual(verdict, 'holds', said)
        counts.all++
        if (verdict === 'fails') counts.fails++
      }),
      { numRuns: RUNS },
    )
    assert.ok(counts.fails > 0.6 * counts.all, `only ${counts.fails} of ${counts.all} fail`)
  }).timeout(0)
})
