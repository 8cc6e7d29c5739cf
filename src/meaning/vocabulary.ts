/** The words in which the builder of a note's meaning speaks: what a text may mean, and what was found while it was built. Types only. */
import type { Simplifier } from '../calculus/simplify'
import type { GraphBuilder, NodeId } from '../graph/graph'
import type { DerivativeExpr, Equation, Expr, Name } from '../reading/statement'
import type { Loss } from './loss'
import type { Defined, Placed, Scope, UsePlace } from './scope'

/** `total`: through every path; `partial`: only where the variable itself is written, other names held fixed. */
export type Mode = 'total' | 'partial'

/**
 * How the derivative of an array by an array is laid out: `jacobian` has a row for each entry of what is differentiated (in
 * `numerator` layout the derivative of a number is a row, too), `gradient` one for each entry of the variable, and `entries` takes
 * each entry only by its own.
 */
export type Layout = 'jacobian' | 'numerator' | 'gradient' | 'entries'

/** The choices between the ways in which a text may be meant. */
export interface Choices {
  /** What a derivative holds fixed: in the first side of a claim, and everywhere else. */
  readonly head: Mode
  readonly inner: Mode
  readonly layout?: Layout
  /** Vectors and matrices are numbers: what is done entry by entry can be said of one entry. */
  readonly entrywise?: boolean
  /** Names that are one number: b of X w + b, only added to an array; or every one that is an array only by its company. */
  readonly numbers?: 'beside' | 'inferred'
  /** Another definition of a name than the scope's. */
  readonly instead?: { readonly of: Defined; readonly use: Defined }
  /** Names that mean themselves, whatever the note defines. */
  readonly free?: ReadonlySet<string>
  /**
   * What isn't known: `shown` as it stands (a function that isn't defined is an opaque node), or `any` value that it could
   * have (that function is any function, a definition that can't be read a free leaf, a parameter what the note says of its name).
   */
  readonly unknowns: 'shown' | 'any'
  /**
   * A derivative that a later side writes of a name that isn't defined follows every path between its names; or it is the one edge
   * between them, `∂h_3/∂W` beside `∂h_3/∂h_2 · ∂h_2/∂W`, and the first side alone has all paths.
   */
  readonly paths?: 'edges'
  /** A product of arrays: what their shapes and its sign say (the default), or of each entry by each, as code has it. */
  readonly products?: 'entries'
}

/** Why what was built isn't certain. */
/** `hidden`: a derivative may go through what can't be read; `veiled`: only the value of a name can't be. */
export type Doubt =
  | 'opaque'
  | 'cyclic'
  | 'array'
  | 'independent'
  | 'variable'
  | 'undefined'
  | 'hidden'
  | 'veiled'
  | 'mismatch'

/** A derivative that was taken: of a node by a node. */
export interface Slope {
  readonly of: NodeId
  readonly by: NodeId
  /** Leaves through which it depends on the variable, because their own derivatives are written. */
  readonly through?: readonly NodeId[]
  /** What doesn't depend on the variable is a constant by the way it is written: `\\frac{\\partial}{\\partial x}(a)`. */
  readonly isHeld?: boolean
}

/** A derivative as a node, with what makes it doubtful. */
export type Derive = (of: NodeId, by: NodeId, mode: Mode) => { readonly node: NodeId; readonly doubt: Doubt | null }

/** What was noted while something was built. */
export interface Notes {
  readonly doubts: Set<Doubt>
  /** Functions that the note doesn't define, of which a derivative is taken. */
  readonly derived: Set<string>
  readonly slopes: Slope[]
  /** Definitions that were used directly: as a whole, with all that they use, or only their bodies, with arguments put in. */
  readonly used: Map<Defined, 'whole' | 'body'>
}
export const noNotes = (): Notes => ({ doubts: new Set(), derived: new Set(), slopes: [], used: new Map() })

/** What came of a derivative, and what was noted on the way. */
export interface Taken {
  readonly node: NodeId
  readonly mode: Mode
  /** How many letters of indices were free: a name may be one of them. */
  readonly letters: number
  readonly notes: Notes
}

/** Names that are bound to nodes: parameters, locals. */
export type Environment = ReadonlyMap<string, NodeId>
export const EMPTY: Environment = new Map()

/** A claim that is built: derivatives of an undefined `L` that its sides mention decide what is free. */
export interface Claimed {
  readonly place: UsePlace
  readonly sides: readonly Expr[]
}

/** What an equation of the note makes 0, and where the equation stands. */
export interface Curve {
  readonly node: NodeId
  readonly equation: Placed<Equation>
}

/** What the parts of the builder share while they build one meaning. */
export interface Building {
  readonly scope: Scope
  readonly choices: Choices
  readonly claimed: Claimed | null
  readonly builder: GraphBuilder
  readonly simplifier: Simplifier
  /** Leaves that are names, by their canonical key. */
  readonly inputs: Map<string, NodeId>
  /** What can't be read, by what it says of what. */
  readonly opaques: Map<string, NodeId>
  /** Leaves that are names, with the name: inputs, and definitions that can't be read. */
  readonly names: Map<NodeId, Name>
  readonly defined: Map<Defined, NodeId>
  /** What was noted while a definition was built: all that use it inherit it. */
  readonly noted: Map<Defined, Notes>
  readonly underway: Set<Defined>
  /** Derivatives that sides of the claim have taken. */
  readonly taken: Map<Expr, Taken>
  /** Definitions that depend on themselves: nothing can be said of their derivatives. */
  readonly cyclic: Set<Defined>
  /** Functions whose bodies are being put in. */
  readonly calls: Defined[]
  /** How many bodies have been put in. */
  bodies: number
  /** Leaves that stand for the coefficients of an undefined function, by the function's name. */
  readonly generic: Map<NodeId, string>
  /** Leaves that stand for the derivative of a name that the note doesn't define. */
  readonly symbols: Map<NodeId, { readonly name: Name; readonly by: NodeId; readonly order: number }>
  /** The curve along which the claim differentiates. */
  curve: Curve | null
  /** Leaves that stand for a definition that can't be read, with the names on which it is seen to depend. */
  readonly hidden: Map<NodeId, ReadonlySet<NodeId>>
  /** Constants that a side of a claim writes with a decimal point: half a unit of the last digit. */
  readonly decimals: Map<NodeId, number>
  /** Letters of indices that nothing binds, in the claim or definition that is being built. */
  free: Map<string, NodeId>
  /** Letters that a definition of a number leaves free: `s = x_i / …` is one s for each i. */
  readonly implicit: Map<NodeId, readonly { readonly key: string; readonly latex: string }[]>
  /** Arrays of which entries further on are taken, `x_{i+1}`: an index of theirs may run over less than the axis. */
  shifted: ReadonlySet<string>
  notes: Notes
  mode: Mode
  /** The first side of the claim is being built. */
  isHead: boolean
  /** A side of a claim is being built: its decimals may be rounded, those of definitions are exact. */
  rounded: Notes | null
  readonly build: (expr: Expr, place: UsePlace, environment: Environment) => NodeId
  readonly derive: Derive
  readonly upstream: Upstream
}
/** The derivative of a function that the note doesn't define. */
export type Upstream = (
  loss: Loss,
  order: number,
  variables: readonly { readonly by: NodeId; readonly order: number }[],
  notation: DerivativeExpr['notation'],
) => NodeId
