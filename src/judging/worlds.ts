/** The ways in which a chain's derivatives and arrays may be meant, and the world of each, built once. */

import { meaningOf } from '../meaning/build'
import type { Placed, Scope } from '../meaning/scope'
import type { Choices, Layout } from '../meaning/vocabulary'
import type { Claim, Expr } from '../reading/statement'
import { settingOf } from './relation'
import type { Sides } from './suspect'

export const TOTAL: Choices = { head: 'total', inner: 'total', unknowns: 'any' }
export const PARTIAL: Choices = { ...TOTAL, head: 'partial', inner: 'partial' }
/** ∂z/∂x where z depends on x directly and through t: authors mean one or the other, and in one step both. */
export const READINGS: readonly [Choices, ...Choices[]] = [
  TOTAL,
  { ...TOTAL, head: 'partial', inner: 'partial' },
  { ...TOTAL, inner: 'partial' },
  { ...TOTAL, head: 'partial' },
]
const entrywise = (reading: Choices): Choices => ({ ...reading, entrywise: true })
/** The same, of numbers that stand for the entries of arrays. */
export const ENTRYWISE: readonly [Choices, ...Choices[]] = [entrywise(TOTAL), ...READINGS.slice(1).map(entrywise)]

/** How derivatives of arrays may be laid out, by what the note says; `null`: with the shape of the variable. */
const LAYOUTS: Readonly<Record<'numerator' | 'gradient' | 'any', readonly (Layout | null)[]>> = {
  numerator: ['numerator'],
  gradient: [null],
  any: [null, 'jacobian', 'entries'],
}

const ARRAY_WAYS = new Map(
  ([null, 'numerator', 'gradient'] as const).map((stated) => {
    const ways = LAYOUTS[stated ?? 'any'].flatMap((layout): Choices[] =>
      layout === null
        ? [TOTAL, PARTIAL]
        : [
            { ...TOTAL, layout },
            { ...PARTIAL, layout },
          ],
    )
    const beside = ways.slice(1).map((way): Choices => ({ ...way, numbers: 'beside' }))
    return [stated, { plain: ways, beside }] as const
  }),
)
/** b of X w + b as a number; and all that is an array only by its company, where the claim itself shows none. */
const BESIDE: Choices = { ...TOTAL, numbers: 'beside' }
const INFERRED: Choices = { ...TOTAL, numbers: 'inferred' }

/**
 * The ways in which a step about arrays may be meant.
 * @param stated the layout that the note names
 * @param hasBeside does the note say that something beside an array is a number?
 * @param showsArrays are there arrays in the claim or what it uses, whatever its letters mean?
 */
export function arrayWays(
  stated: 'numerator' | 'gradient' | null,
  hasBeside: boolean,
  showsArrays: boolean,
): readonly Choices[] {
  const ways = ARRAY_WAYS.get(stated)
  return [
    ...(ways?.plain ?? [TOTAL]),
    ...(hasBeside ? (ways?.beside ?? []) : []),
    ...besideWays(hasBeside, showsArrays),
  ]
}

/** The same for a step without derivatives. */
export const besideWays = (hasBeside: boolean, showsArrays: boolean): readonly Choices[] =>
  !hasBeside ? [] : showsArrays ? [BESIDE] : [BESIDE, INFERRED]

/** The worlds of a claim, each built once, and what they cost. */
export interface Worlds {
  /** The claim under a reading; or other expressions in its place. */
  under(reading: Choices, expressions?: readonly Expr[]): Sides
  /** The claim again, in a world to try other things in: what they tell of sizes stays there. */
  beside(reading: Choices): Sides
  /** A step begins to be meant in other ways. */
  begin(): void
  /** Have more nodes been built since than a step may cost? */
  isSpent(): boolean
}

/** Nodes that may be built for one step to mean it in other ways: counted, never timed, so that a verdict is the same everywhere. */
const MOST_NODES = 20_000

/** @param far names that mean themselves in all of them */
export function worldsOf(
  scope: Scope,
  claim: Placed<Claim>,
  said: { readonly text: string; readonly line: string },
  far: ReadonlySet<string>,
): Worlds {
  const exprs = claim.statement.sides.map((side) => side.expr)
  const [known, tried] = [new Map<Choices, Sides>(), new Map<Choices, Sides>()]
  let spent = 0
  const make = (reading: Choices, sides: readonly Expr[]): Sides => {
    const choices = far.size === 0 ? reading : { ...reading, free: new Set([...far, ...(reading.free ?? [])]) }
    const world = meaningOf(scope, choices, { place: claim, sides })
    const built = sides.map((expr) => world.side(expr))
    spent += world.builder.graph.nodes.length
    return { world, built, setting: { ...settingOf(scope, claim, world), ...said } }
  }
  const madeOnce = (worlds: Map<Choices, Sides>, reading: Choices): Sides => {
    const made = worlds.get(reading) ?? make(reading, exprs)
    worlds.set(reading, made)
    return made
  }
  return {
    under: (reading, expressions) => (expressions ? make(reading, expressions) : madeOnce(known, reading)),
    beside: (reading) => madeOnce(tried, reading),
    begin() {
      spent = 0
    },
    isSpent: () => spent > MOST_NODES,
  }
}
