/** A walk over the tokens of a passage that collects sides into statements: its state, and the signs that it knows. */
import type { Token } from './tokens'

/** A side as tokens. `sign` is the relation before it. */
export interface SideTokens {
  readonly from: number
  readonly to: number
  readonly sign: string | null
}

/** Sides that belong together. */
export interface Part {
  readonly sides: readonly SideTokens[]
  /** What stands before it. */
  readonly joint: 'comma' | 'row' | 'space' | 'words' | 'start'
  /** The words before it say that it is a condition of the part before. */
  readonly isCondition: boolean
  /** The words before it suppose it for a moment: "substitute $x = 1$". */
  readonly isSupposed: boolean
  /** A condition in brackets behind it. */
  readonly condition: { readonly from: number; readonly to: number } | null
  /** Its first side is missing: it goes on from something that isn't here. */
  readonly isHeadless: boolean
}

/** Signs that stand between two sides. */
export const RELATIONS = new Set('= ≔ ≡ ≈ ∼ ∝ < > ≤ ≥ ≠ ∈ ∉ ∋ ⊂ ⊆ ≪ ≫ ← ≅ ↦ ⊥'.split(' '))

/** Signs that part statements. */
export const ARROWS = new Set('⇒ ⇔ ⇐ ∴ ∵ → ↓ ↑'.split(' '))

/** Punctuation that ends a statement. */
export const STOPS = new Set([',', ';', ':', '.', '?'])

/** Signs that stand between operands: a row may end or begin with one and go on. */
const OPERATORS = new Set('+ - · × * / ÷ ⊙ ⊗ ∘ **'.split(' '))

/** Does the token relate two sides? */
export const isRelation = (token: Token | undefined): boolean => token?.kind === 'sign' && RELATIONS.has(token.text)

/** Does the token join two operands? */
export const isOperator = (token: Token | undefined): boolean => token?.kind === 'sign' && OPERATORS.has(token.text)

/** The statement that is being collected, and those that are finished. */
export interface Walk {
  readonly text: string
  readonly tokens: Token[]
  readonly partner: Int32Array
  readonly parts: Part[]
  sides: SideTokens[]
  /** First and last token of the side that is open; -1: none. */
  from: number
  to: number
  sign: string | null
  joint: Part['joint']
  isCondition: boolean
  isSupposed: boolean
  isHeadless: boolean
  condition: Part['condition']
}

export function extend(walk: Walk, at: number, to: number): number {
  if (walk.from < 0) walk.from = at
  walk.to = to
  return to
}

/** Closes the statement that is open. */
export function finish(walk: Walk, joint: Part['joint']): void {
  if (walk.from >= 0) walk.sides.push({ from: walk.from, to: walk.to, sign: walk.sign })
  if (walk.sides.length > 0) {
    const { sides, isCondition, isSupposed, isHeadless, condition } = walk
    walk.parts.push({ sides, joint: walk.joint, isCondition, isSupposed, isHeadless, condition })
    walk.joint = joint
  } else if (joint !== 'row' || walk.joint !== 'words') walk.joint = joint
  walk.sides = []
  walk.from = -1
  walk.sign = null
  walk.isCondition = false
  walk.isSupposed = false
  walk.isHeadless = false
  walk.condition = null
}

export const isOpen = (walk: Walk): boolean => walk.sign !== null && walk.from < 0

export const isBlank = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'align' || token.kind === 'newline' || token.kind === 'space' || token.kind === 'tie')
