import assert from 'node:assert/strict'
import fc from 'fast-check'
import { program } from './programs'
import { isSame, nodeValues, readValues } from './run'

const tapes = fc.array(fc.nat({ max: 10_000 }), { minLength: 20, maxLength: 160 })
/** More by hand: `PROGRAMS=20000 npm run test:unit -- code/differential`. */
const RUNS = Number(process.env.PROGRAMS ?? 250)

describe('programs at random', () => {
  it('give the number that Node gives, or none', () => {
    let followed = 0
    fc.assert(
      fc.property(tapes, fc.constantFrom(0.7, -1.3, 2.5), (tape, x) => {
        const text = `export function f(x) {\n${program(tape)}\n}`
        const read = readValues(text, x).get('f')
        if (!read || 'reason' in read) return
        followed++
        const run = nodeValues(text, x).get('f')
        assert.ok(
          run && 'value' in run && isSame(read.value, run.value),
          `${JSON.stringify({ x, read, run })}\n${text}`,
        )
      }),
      { numRuns: RUNS },
    )
    // A machine that gives up everywhere would be right as well.
    assert.ok(followed > RUNS / 3, `${followed} of ${RUNS} followed`)
  }).timeout(Math.max(60_000, RUNS * 50))
})
