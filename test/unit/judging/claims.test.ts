import assert from 'node:assert/strict'
import { DERIVATIONS, type WrittenDerivation } from './derivations'
import { stepsOf, verdicts } from './note'

const chain = ({ definitions, head }: WrittenDerivation, steps: readonly string[]): readonly string[] => [
  ...definitions,
  [head, ...steps].join(' = '),
]
/** The last step spoiled in ways that no derivation can survive. */
const spoiled = (steps: readonly string[]): string[] => {
  const last = steps.at(-1) ?? ''
  return [`-\\left(${last}\\right)`, `2 \\left(${last}\\right)`, `\\left(${last}\\right) + 1`]
}

describe('written derivations', () => {
  for (const derivation of DERIVATIONS) {
    describe(derivation.about, () => {
      const { steps, wrong } = derivation
      it('every right step holds', () => {
        const found = stepsOf(chain(derivation, steps))
        assert.equal(verdicts(found), steps.map(() => 'holds').join(' '), found.map((step) => step.reason).join(' '))
      })
      for (const [at, expression] of wrong) {
        it(`step ${at + 1} isn't ${expression}`, () => {
          const written = steps.map((step, k) => (k === at ? expression : step))
          const expected = steps.map((_step, k) => (k === at ? 'fails' : 'holds'))
          assert.equal(verdicts(stepsOf(chain(derivation, written))), expected.join(' '))
        })
      }
      for (const last of spoiled(steps)) {
        it(`the last step isn't ${last}`, () => {
          const found = stepsOf(chain(derivation, [...steps.slice(0, -1), last]))
          assert.deepEqual(
            found.map((step) => step.verdict),
            [...steps.slice(1).map(() => 'holds'), 'fails'],
          )
        })
      }
    })
  }
})
