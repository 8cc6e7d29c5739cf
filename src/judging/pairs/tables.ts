/**
 * The commonest defect of tables of activations: some derivatives take the input and others the output, or one that
 * takes the input is called with the output. Each may be right by itself.
 */
import type { Judgement } from './trial'

/** Judgements after a look at the table and the calls around each pair. */
export function inContext(judgements: readonly Judgement[]): Judgement[] {
  const expected = new Map<string, Expectation | null>()
  for (const { candidate } of judgements)
    if (candidate.group !== null && !expected.has(candidate.group))
      expected.set(
        candidate.group,
        tableExpectation(judgements.filter((each) => each.candidate.group === candidate.group)),
      )
  return judgements.map((judgement) => {
    const { group, calledWith, function: of, derivative } = judgement.candidate
    const byCall =
      calledWith &&
      misuse(
        judgement,
        calledWith,
        `${derivative.title} is called with the ${calledWith} of ${of.title}, but takes its ${other(calledWith)}.`,
      )
    if (byCall) return byCall
    const table = group === null ? null : expected.get(group)
    if (!table) return judgement
    const reason = `${derivative.title} takes the ${other(table.takes)} of ${of.title}, while ${table.others} of this table take the ${table.takes}.`
    return misuse(judgement, table.takes, reason) ?? judgement
  })
}

type Taken = 'input' | 'output'
const other = (taken: Taken): Taken => (taken === 'input' ? 'output' : 'input')

/** Right with the one, wrong with the other. */
const takesOnly = ({ takes }: Judgement, taken: Taken): boolean => takes[taken] && !takes[other(taken)]

interface Expectation {
  readonly takes: Taken
  readonly others: string
}

/** What most derivatives of a table take, where they differ. */
function tableExpectation(table: readonly Judgement[]): Expectation | null {
  const right = table.filter(({ verdict }) => verdict === 'holds')
  const ofInput = right.filter((each) => takesOnly(each, 'input')).length
  const ofOutput = right.filter((each) => takesOnly(each, 'output')).length
  if (ofInput === 0 || ofOutput === 0) return null
  const called = right.map(({ candidate }) => candidate.calledWith).find((each) => each !== null)
  const takes = called ?? (ofOutput > ofInput ? 'output' : 'input')
  return { takes, others: `${takes === 'input' ? ofInput : ofOutput} others` }
}

function misuse(judgement: Judgement, called: Taken, reason: string): Judgement | null {
  if (judgement.verdict !== 'holds' || !takesOnly(judgement, other(called))) return null
  const counterexample = judgement.mistaken(called)
  return counterexample && { ...judgement, verdict: 'fails', convention: null, reason, counterexample }
}
