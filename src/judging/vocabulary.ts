/** The words in which judging speaks of a claim: its readings, its sides as nodes, what makes a difference doubtful. */
import type { Simplifier } from '../calculus/simplify'
import type { GraphBuilder, NodeId } from '../graph/graph'
import type { Defined } from '../graph/scope'
import type { Expr, Name } from '../reading/statement'
import type { Derive } from './slopes'

/** `total`: through every path; `partial`: only where the variable itself is written, other names held fixed. */
export type Mode = 'total' | 'partial'

/** One of the ways in which a claim may be meant. */
export interface Reading {
  readonly head: Mode
  readonly inner: Mode
  /** Another definition of a name than the scope's. */
  readonly instead?: { readonly of: Defined; readonly use: Defined }
  /** Names that mean themselves, whatever the note defines. */
  readonly free?: ReadonlySet<string>
}

/** Why a difference that is found proves nothing. */
export type Doubt = 'opaque' | 'cyclic' | 'array' | 'independent' | 'variable' | 'undefined' | 'hidden'

/** A derivative that was taken: of a node by a node. */
export interface Slope {
  readonly of: NodeId
  readonly by: NodeId
}

/** One side of a claim. */
export interface Built {
  readonly node: NodeId
  readonly doubts: ReadonlySet<Doubt>
  /** Functions that the note doesn't define, of which this side takes a derivative. */
  readonly derived: ReadonlySet<string>
  /** What was differentiated, and by what: the side means something only where the functions are defined. */
  readonly slopes: readonly Slope[]
  /** Definitions that were used, in the order of their use. */
  readonly used: readonly Defined[]
}

export interface World {
  readonly builder: GraphBuilder
  readonly simplifier: Simplifier
  /** A side as the reading takes it: the first of `claimed` is the head. */
  build(expr: Expr): Built
  /** Node of a definition. */
  define(defined: Defined): NodeId
  /** Gradient of a node by another as the reading takes it. */
  readonly derive: Derive
  /** Leaves that stand for the coefficients of an undefined function, by the function's name. */
  readonly generic: ReadonlyMap<NodeId, string>
  /** Leaves that stand for a definition that can't be read. */
  readonly hidden: ReadonlyMap<NodeId, ReadonlySet<NodeId>>
  /** What definitions stand for, with the node that has the name: to write `y` instead of `σ(a)`. */
  readonly bodies: ReadonlyMap<NodeId, NodeId>
  /** Leaves that are names, with the name. */
  readonly inputs: ReadonlyMap<NodeId, Name>
  /** Constants that were written with a decimal point, in a side: node and half a unit of the last digit. */
  readonly decimals: ReadonlyMap<NodeId, number>
}
