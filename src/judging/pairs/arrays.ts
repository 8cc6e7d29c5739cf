/** Judges pairs that work on arrays: random numbers in arrays of sizes that fit, entry by entry against the backward pass. */
import type { JudgedPair } from '../../derivation'
import type { ArrayCandidate } from '../../reading/pairs/arrayCandidate'
import type { Range } from '../../reading/statement'
import { drawOf, SEEDS } from './arrayColumns'
import { best, type Mistake, outcomesOf, type Right } from './arrayOutcomes'
import { valuesIn } from './arrayValues'
import { type Fit, fittingSizes, resized, squareOf, takesMoreSamples } from './fitting'
import { sharesArrays } from './resemblance'
import { mistakeSentence, unsummedSentence } from './sentences'

/** The verdict; `null` where no sizes fit, or the code can't be followed. What is right in another way to call it is right. */
export function judgeArrays(candidate: ArrayCandidate): JudgedPair | null {
  const pair = judgeCalled(candidate)
  const other = candidate.otherwise && pair?.verdict !== 'holds' ? judgeCalled(candidate.otherwise) : null
  return other?.verdict === 'holds' ? other : (pair ?? other)
}

function judgeCalled(candidate: ArrayCandidate): JudgedPair | null {
  const wrong: Wrong[] = []
  const unsettled: Fit[] = []
  let isUnclear = false
  for (const fit of fittingSizes(candidate)) {
    const outcome = best(outcomesOf(candidate, fit))
    if (outcome.kind === 'right') {
      // A custom was found to hold at other sizes already.
      const other = outcome.convention === null ? elsewhere(candidate, fit) : null
      if (!other) return holds(candidate, fit, outcome)
      wrong.push(other)
      continue
    }
    isUnclear ||= outcome.kind === 'unclear'
    if (outcome.kind === 'wrong') wrong.push({ fit, mistake: outcome })
    else unsettled.push(fit)
  }
  if (isUnclear) return null
  const [first] = wrong
  if (!first) return squareVerdict(candidate, unsettled)
  return isTold(candidate, first) ? fails(candidate, first.mistake) : null
}

interface Wrong {
  readonly fit: Fit
  readonly mistake: Mistake
}

/** What is right for small arrays may be wrong for longer ones, which have an interior. */
function elsewhere(candidate: ArrayCandidate, fit: Fit): Wrong | null {
  const other = candidate.kind === 'function' ? resized(candidate, fit) : null
  const outcome = other && best(outcomesOf(candidate, other))
  return other && outcome?.kind === 'wrong' ? { fit: other, mistake: outcome } : null
}

/** Names that only hint need numbers or parts that show an attempt at this gradient. */
function isTold(candidate: ArrayCandidate, { fit, mistake }: Wrong): boolean {
  const { strength } = candidate
  const { others, factor, isNear, isByLoss, written } = mistake
  if ((fit.run.isDoubtful && !isByLoss) || fit.isUnlikely || !takesMoreSamples(candidate, fit)) return false
  if (strength === 'sure' || others || factor !== null || isNear) return true
  if (strength === 'likely') return false
  const draws = SEEDS.slice(0, 2).map((seed) => valuesIn(fit.run, fit.world, drawOf(fit, seed, 'any', mistake.way)).of)
  return sharesArrays(fit.world, written, draws)
}

/**
 * Sizes that differ don't go together: with equal ones the numbers tell. One of the gradients must be right then, as a sign
 * that these are the sizes that are meant.
 */
function squareVerdict(candidate: ArrayCandidate, unsettled: readonly Fit[]): JudgedPair | null {
  const axes = ({ choices }: Fit) =>
    [...choices.values()].reduce((sum, choice) => sum + ('count' in choice ? 0 : choice.length), 0)
  for (const fit of unsettled.toSorted((a, b) => axes(b) - axes(a))) {
    const square = fit.isUnlikely ? null : squareOf(candidate, fit)
    if (!square) continue
    const outcome = best(outcomesOf(candidate, square))
    if (outcome.kind === 'right') return null
    if (outcome.kind === 'wrong' && outcome.others && !square.run.isDoubtful) return fails(candidate, outcome)
  }
  return null
}

const ends = ({ function: of, derivative }: ArrayCandidate) => ({
  function: { name: of.name, range: of.range },
  derivative: { name: derivative.name, range: derivative.range },
  wrong: null,
  quiet: false,
  replacement: null,
})

const holds = (candidate: ArrayCandidate, { run }: Fit, { way, convention, reason }: Right): JudgedPair => ({
  ...ends(candidate),
  wrt: way.map((each) => each.of.name),
  verdict: 'holds',
  convention: convention ?? (run.arriving ? 'upstream' : null),
  reason,
  counterexample: null,
})

const fails = (candidate: ArrayCandidate, { of, factor, place, perSample, counterexample }: Mistake): JudgedPair => ({
  ...ends(candidate),
  wrong: wrongIn(candidate.derivative, place),
  wrt: [of],
  verdict: 'fails',
  convention: null,
  reason: perSample ? unsummedSentence(candidate, of) : mistakeSentence(candidate, of, factor),
  counterexample,
})

/** The statement that gives a gradient its value, if it stands in this file. */
function wrongIn({ steps }: ArrayCandidate['derivative'], place: Range | null): Range | null {
  const around = place ? steps.filter(({ start, end }) => start <= place.start && place.end <= end) : []
  return around.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0] ?? null
}
