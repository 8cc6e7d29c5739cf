import { strict as assert } from 'node:assert'
import { judgePairs } from '../../../src/judging/pairs'
import { readPairs } from '../../../src/reading/pairs'
import { BY_CONVENTION, IN_LIBRARIES, NO_PAIRS, type PairRow, RIGHT, WRONG } from './pairs.table'

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
judgesAll('in libraries', IN_LIBRARIES)
judgesAll('no pairs', NO_PAIRS)
