/** A step that differs from the truth, with everything that may explain it. */
import { ancestors, leavesOf, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import type { Defined, Placed, Scope, UsePlace } from '../meaning/scope'
import type { Choices, Slope } from '../meaning/vocabulary'
import { operation } from '../operations/index'
import type { CallExpr, Claim, Expr } from '../reading/statement'
import type { Setting, Witness } from './equivalence'
import type { Mistake } from './mistakes'

/** A claim in one way of meaning: a node for each side, and what the note says of the names. */
export interface Sides {
  readonly world: Meaning
  readonly built: readonly Built[]
  readonly setting: Setting
}

/** The text around a claim. */
export interface Wording {
  /** Words between a definition and the claim. */
  between(from: Defined): string
  /** The line on which a definition begins. */
  lineOf(from: Defined): string
  /** Words right before the claim, in its paragraph. */
  readonly before: string
  /** The sentence up to the claim, with what is written in it. */
  readonly sentence: string
  /** The lines on which the claim stands, and the head of the table or list around them. */
  readonly line: string
  /** Its section, as far as it is near. */
  readonly section: string
  /** The same stretch of the note, with what isn't read in it. */
  original(place: { readonly passage: number }, range: { readonly start: number; readonly end: number }): string
  /** A definition or the claim, as written. */
  written(place: { readonly passage: number }, range: { readonly start: number; readonly end: number }): string
}

export interface Suspect {
  readonly scope: Scope
  readonly claim: Placed<Claim>
  readonly exprs: readonly Expr[]
  readonly index: number
  readonly truthSide: number
  readonly plain: Sides
  readonly witness: Witness
  /** The other steps of the chain that hold, before it and behind it. */
  held(): readonly Built[]
  /** The slip that it looks like. */
  readonly slip: Mistake | null
  /** Is it a slip, or one edit away from the truth? */
  isNearMiss(): boolean
  /** The claim under other choices, or with other sides. */
  under(choices: Choices, exprs?: readonly Expr[]): Sides
  readonly readings: readonly Choices[]
  /** Is the work done that a step may cost in other ways of meaning it? */
  isSpent(): boolean
  readonly wording: Wording
  /** Has a claim on this definition held in this section? */
  isConfirmed(definition: Defined): boolean
}

export const truthOf = ({ plain, truthSide }: Suspect): Built => plain.built[truthSide] as Built
export const sideOf = ({ plain, index }: Suspect): Built => plain.built[index] as Built

/** The leaves on which some nodes depend. */
export const leavesIn = (meaning: Meaning, ...nodes: NodeId[]): Set<NodeId> =>
  new Set(leavesOf(meaning.builder.graph, nodes))

/** Asked of the function as it is written, never of a simplified form; `\frac{d}{dx}(7)` needs no variable. */
export const lacksVariable = ({ builder }: Meaning, { of, by, through, isHeld }: Slope): boolean =>
  (through ?? []).length === 0 &&
  isHeld !== true &&
  !ancestors(builder.graph, of).includes(by) &&
  (builder.node(of).name !== null || leavesOf(builder.graph, [of]).length > 0)

/** Does an expression have a derivative in it? */
export function hasDerivative(expr: Expr): boolean {
  if (expr.kind === 'derivative' || (expr.kind === 'call' && expr.primes > 0)) return true
  return expr.kind === 'apply' && expr.args.some(hasDerivative)
}

/** `f'(x)`, `\frac{df}{dx}`: names alone, nothing put in. */
export function isBareSlope(expr: Expr): boolean {
  if (expr.kind === 'call') return expr.args.every((arg) => arg.kind === 'name')
  return expr.kind === 'derivative' && (expr.of.kind === 'name' || isBareSlope(expr.of))
}

/** `f(3)` of a function that the note defines, `f_x(1, 2)` of its f(x, y). */
export function isOfNote(scope: Scope, { callee, args }: CallExpr, place: UsePlace): boolean {
  if (scope.definitionOf(callee, place) !== null) return true
  const key = callee.key.replace(/_[a-z]{1,3}$/, '')
  return args.length > 1 && scope.definitionOf({ ...callee, key }, place) !== null
}

/** A transposition, a norm, a trace: what is taken of arrays alone. */
export const takesArray = (expr: Expr): boolean =>
  expr.kind === 'binder' ||
  expr.kind === 'matrix' ||
  (expr.kind === 'apply' && operation(expr.op)?.elementwise === false)

/** Written with numbers alone. */
export const isNumberOnly = (expr: Expr): boolean =>
  expr.kind === 'number' || (expr.kind === 'apply' && expr.args.length > 0 && expr.args.every(isNumberOnly))

/** `f(3)`, `\sin\pi`: its value can be worked out; a mere number is one already. */
export const isOfNumbers = (expr: Expr): boolean =>
  (expr.kind === 'number' && !/\d/.test(expr.text)) ||
  (expr.kind === 'apply' && isNumberOnly(expr)) ||
  (expr.kind === 'call' && expr.primes === 0 && expr.args.every(isNumberOnly))
