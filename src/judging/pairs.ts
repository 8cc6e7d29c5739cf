/** Verdicts on hand-written derivatives in code. */
import type { JudgedPair } from '../derivation'
import { ancestors } from '../graph/graph'
import { operation } from '../operations/index'
import type { PairCandidate, Pairs } from '../reading/pairs'
import type { Range } from '../reading/statement'
import { judgeArrays } from './pairs/arrays'
import { judgePair } from './pairs/judge'
import { replacementOf } from './pairs/replacement'
import { inContext } from './pairs/tables'
import type { Judgement } from './pairs/trial'

/**
 * Judges every pair of a file, each by itself and then in the table and by the calls around it. Those that work on arrays are
 * tried as arrays first: where sizes fit, that verdict stands.
 */
export function judgePairs({ numbers, arrays }: Pairs): JudgedPair[] {
  const ofArrays = arrays.flatMap((candidate) => {
    const pair = judgeArrays(candidate)
    return pair ? [{ pair, at: candidate.derivative.range.start, kind: candidate.kind }] : []
  })
  const settled = new Set(ofArrays.map(({ at }) => at))
  // What is wrong for numbers too is told by numbers: they are put in by hand.
  const wrong = new Map(
    ofArrays.flatMap(({ pair, at, kind }) =>
      pair.verdict === 'fails' && kind === 'function' ? [[at, pair.wrong] as const] : [],
    ),
  )
  const others = numbers.filter((candidate) => !settled.has(startOf(candidate)) || wrong.has(startOf(candidate)))
  const ofNumbers = wholes(inContext(others.map(judgePair)))
    .filter(isWorthTelling)
    // Of arrays that are taken entry by entry numbers know more: whether the output is meant, as where it is called with that.
    .filter((judgement) => {
      const isDisputed = wrong.has(startOf(judgement.candidate))
      return !isDisputed || (judgement.verdict === 'fails' ? !judgement.quiet : isByEntry(judgement))
    })
    .map((judgement) => ({ pair: judged(judgement), at: startOf(judgement.candidate) }))
    // A replacement stands where what is returned does.
    .map(({ pair, at }) => ({ pair: pair.replacement === null ? { ...pair, wrong: wrong.get(at) ?? null } : pair, at }))
  const byNumbers = new Set(ofNumbers.map(({ at }) => at))
  // In the order of the derivatives' names: a verdict may point at what one returns.
  const placed = [...ofArrays.filter(({ at }) => !byNumbers.has(at)), ...ofNumbers]
  return placed.toSorted((a, b) => a.at - b.at).map(({ pair }) => pair)
}

/** Both sides do the same with each entry of an array, and numbers tell what of it. */
function isByEntry({ verdict, quiet, world: { builder, output, written } }: Judgement): boolean {
  const parts = [output, ...written].flatMap((root) => ancestors(builder.graph, root))
  return (verdict === 'holds' || quiet) && parts.every((id) => operation(builder.node(id).op)?.elementwise !== false)
}

/** What of a wrong pair is underlined: the statement, where it is known, else the name or what is returned. */
export const underlined = ({ wrong, derivative }: JudgedPair): Range => wrong ?? derivative.range

const startOf = ({ derivative }: PairCandidate): number => derivative.range.start

/** Of the numbers that one function gives, all must be right; what one of them lacks tells of the whole. */
function wholes(judgements: readonly Judgement[]): Judgement[] {
  const groups = new Map<number | Judgement, Judgement[]>()
  for (const judgement of judgements) {
    const { part, derivative } = judgement.candidate
    const key = part ? derivative.range.start : judgement
    groups.set(key, [...(groups.get(key) ?? []), judgement])
  }
  return [...groups.values()].map((parts) => {
    const [first] = parts as [Judgement]
    const told = parts.find(({ verdict }) => verdict === 'fails') ?? parts.find(({ verdict }) => verdict !== 'holds')
    if (!told || parts.length === 1) return told ?? first
    // A part that is constant has a slope of 0: nothing to be judged, and nothing against the others.
    const others = parts.filter(({ verdict }) => verdict === 'holds')
    return told.verdict === 'unknown' && others[0] && told.world.inputs.length === 0 ? others[0] : told
  })
}

/** Of two functions that only stand side by side, nothing is told until they are seen to belong together. */
const isWorthTelling = ({ candidate, verdict, quiet, world }: Judgement): boolean =>
  quiet || verdict !== 'unknown' || (candidate.strength !== 'likely' && world.inputs.length > 0)

function judged(judgement: Judgement): JudgedPair {
  const { candidate, verdict, convention, reason, counterexample, quiet, wrt } = judgement
  const { function: of, derivative } = candidate
  const replacement = verdict === 'fails' ? replacementOf(judgement) : null
  return {
    function: { name: of.name, range: of.range },
    derivative: {
      name: derivative.name,
      range: replacement !== null && derivative.returned ? derivative.returned : derivative.range,
    },
    wrong: null,
    wrt,
    verdict,
    convention,
    reason,
    counterexample,
    quiet,
    replacement,
  }
}
