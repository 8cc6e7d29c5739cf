/**
 * The commonest defect of tables of activations: some derivatives take the input and others the output, or one that
 * takes the input is called with the output. Each may be right by itself.
 */
import { type Judgement, unknown } from './trial'

/** Judgements after a look at the table and the calls around each pair. */
export function inContext(judgements: readonly Judgement[]): Judgement[] {
  const expected = new Map<string, Expectation | null>()
  for (const { candidate } of judgements)
    if (candidate.group !== null && !expected.has(candidate.group))
      expected.set(
        candidate.group,
        tableExpectation(judgements.filter((each) => each.candidate.group === candidate.group)),
      )
  const told = new Set<string>()
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
    if (group === null) return judgement
    if (judgement.verdict === 'fails' && isForeign(judgements, judgement)) return doubted(judgement)
    const table = expected.get(group)
    if (!table) return judgement
    const reason = `${derivative.title} takes the ${other(table.takes)} of ${of.title}, while ${table.others} of this table take the ${table.takes}.`
    const odd = misuse(judgement, table.takes, reason)
    if (!odd || table.shown) return odd ?? judgement
    // Where no call shows which is meant, the table is told of once, and quietly.
    if (told.has(group)) return judgement
    told.add(group)
    return { ...judgement, verdict: 'unknown', convention: null, reason, quiet: true }
  })
}

/** Two tables that only share their keys: none of the pairs is right, and none looks like an attempt. */
function isForeign(judgements: readonly Judgement[], { candidate: { shape, group } }: Judgement): boolean {
  const table = judgements.filter(({ candidate }) => candidate.group === group)
  return (
    shape === 'tables' && table.length > 1 && table.every(({ verdict, resembles }) => verdict !== 'holds' && !resembles)
  )
}

const doubted = ({ candidate, world }: Judgement): Judgement =>
  unknown(candidate, world, 'It may be no derivative of this function.')

type Taken = 'input' | 'output'
const other = (taken: Taken): Taken => (taken === 'input' ? 'output' : 'input')

/** Right with the one, wrong with the other. */
const takesOnly = ({ takes }: Judgement, taken: Taken): boolean => takes[taken] && !takes[other(taken)]

interface Expectation {
  readonly takes: Taken
  readonly others: string
  /** A call shows it. */
  readonly shown: boolean
}

/** What most derivatives of a table take, where they differ. */
function tableExpectation(table: readonly Judgement[]): Expectation | null {
  const right = table.filter(({ verdict }) => verdict === 'holds')
  const ofInput = right.filter((each) => takesOnly(each, 'input')).length
  const ofOutput = right.filter((each) => takesOnly(each, 'output')).length
  if (ofInput === 0 || ofOutput === 0) return null
  const called = right.flatMap(({ candidate }) => candidate.calledWith ?? [])[0]
  const takes = called ?? (ofOutput > ofInput ? 'output' : 'input')
  return { takes, others: `${takes === 'input' ? ofInput : ofOutput} others`, shown: called !== undefined }
}

function misuse(judgement: Judgement, called: Taken, reason: string): Judgement | null {
  if (judgement.verdict !== 'holds' || !takesOnly(judgement, other(called))) return null
  const counterexample = judgement.mistaken(called)
  return counterexample && { ...judgement, verdict: 'fails', convention: null, reason, counterexample }
}
