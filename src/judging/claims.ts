/** Verdicts on all written derivations of a note, in places of the document and in words. */
import type { Counterexample, JudgedClaim, JudgedStep } from '../derivation'
import { ancestors, type NodeId } from '../graph/graph'
import type { Defined, Placed, Scope, ScopedPassage } from '../graph/scope'
import type { Claim, Range } from '../reading/statement'
import { expressionLatex } from '../writing/latex'
import { expressionText, identifier } from '../writing/text'
import { judgeChain, type StepVerdict } from './chain'
import type { Witness } from './equivalence'
import { substitute } from './rewrite'
import type { World } from './world'

/** What is judged: the text, what was read in it, and which name means what. */
export interface JudgedNote {
  readonly text: string
  readonly passages: readonly ScopedPassage[]
  readonly scope: Scope
}

/** A verdict on every step of every claim of a note, in document order. */
export function judgeClaims(note: JudgedNote): JudgedClaim[] {
  const passages = new Map(note.passages.map((each) => [each.key, each]))
  return note.scope.statements.flatMap((placed) => {
    const home = passages.get(placed.passage)
    return placed.statement.kind === 'claim' && home ? [judgeClaim(note, placed as Placed<Claim>, home, passages)] : []
  })
}

function judgeClaim(
  note: JudgedNote,
  claim: Placed<Claim>,
  home: ScopedPassage,
  passages: ReadonlyMap<number, ScopedPassage>,
): JudgedClaim {
  const { start, text } = home.passage
  const inDocument = (range: Range): Range => ({ start: start + range.start, end: start + range.end })
  const written = (range: Range): string => text.slice(range.start, range.end)
  const prose = (from: Defined): string => {
    const before = passages.get(from.passage)?.passage
    const begin = before ? before.start + from.definition.range.end : start
    return begin < start ? note.text.slice(begin, start) : ''
  }
  const [head, ...steps] = claim.statement.sides
  const surroundings = {
    scope: note.scope,
    prose,
    before: wordsBefore(note, home),
    written: ({ passage }: { readonly passage: number }, range: Range) =>
      passages.get(passage)?.passage.text.slice(range.start, range.end) ?? '',
  }
  const verdicts = safely(() => judgeChain(claim, surroundings), steps.length)
  return {
    range: inDocument(claim.statement.range),
    latex: head ? written(head.range) : '',
    steps: steps.map((side, k): JudgedStep => {
      const verdict = verdicts[k] as StepVerdict
      const right = verdict.right
      return {
        range: inDocument(side.range),
        latex: written(side.range),
        verdict: verdict.verdict,
        reason: verdict.reason,
        counterexample: right && verdict.witness ? counterexampleOf(right.world, verdict.witness) : null,
        replacement: right ? replacementFor(right, home.passage.kind === 'plain') : null,
        related: relatedTo(verdict.used, passages),
      }
    }),
  }
}

/** The words between the passage before and this one, of the same paragraph. */
function wordsBefore(note: JudgedNote, home: ScopedPassage): string {
  const at = note.passages.indexOf(home)
  const previous = note.passages[at - 1]?.passage
  const from = previous ? previous.start + previous.text.length : 0
  const between = note.text.slice(from, home.passage.start)
  return between.split(/\n\s*\n|^#.*$/m).at(-1) ?? ''
}

/** A note may nest so deeply that the call stack doesn't suffice: then nothing is said of the claim. */
function safely(judge: () => StepVerdict[], count: number): StepVerdict[] {
  try {
    return judge()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const given: StepVerdict = {
      verdict: 'unknown',
      reason: 'It is nested too deeply.',
      witness: null,
      right: null,
      used: [],
    }
    return Array.from({ length: count }, () => given)
  }
}

/** Values of the names; those of the truth come second in a comparison of truth and step. */
function counterexampleOf(world: World, { at, left, right }: Witness): Counterexample {
  const values = [...at].flatMap(([id, value]) => {
    const name = world.builder.node(id).name
    return name && !world.generic.has(id) ? [[identifier(name), value] as const] : []
  })
  return { at: Object.fromEntries(values), written: right, expected: left }
}

/** What is right, in the names that the step itself uses and in the notation of its passage. */
function replacementFor({ world, truth, written }: NonNullable<StepVerdict['right']>, plain: boolean): string | null {
  const { builder, simplifier } = world
  const node = usesIntermediate(world, written.node)
    ? simplifier.simplify(substitute(builder, truth.node, world.bodies))
    : simplifier.expand(truth.node)
  if (ancestors(builder.graph, node).some((id) => world.generic.has(id))) return null
  return plain ? expressionText(builder.graph, node) : expressionLatex(builder.graph, node)
}

const usesIntermediate = (world: World, node: NodeId): boolean =>
  ancestors(world.builder.graph, node).some((id) => world.builder.node(id).op === 'identity')

function relatedTo(used: readonly Defined[], passages: ReadonlyMap<number, ScopedPassage>): JudgedStep['related'] {
  return used.flatMap(({ definition, passage }) => {
    const start = passages.get(passage)?.passage.start
    if (start === undefined) return []
    const range = { start: start + definition.range.start, end: start + definition.range.end }
    return [{ range, message: `The definition of ${definition.target.plain}.` }]
  })
}
