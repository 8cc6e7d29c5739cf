/**
 * The only builder from statements to nodes: drawing, hovering and judging start here. What a text can mean in several ways
 * is chosen by `Choices`; every node has the place where it is written, and a written derivative is the nodes that it is.
 */
import { simplifier } from '../calculus/simplify'
import { ancestors, type GraphBuilder, graphBuilder, type NodeId } from '../graph/graph'
import type { Expr, Name } from '../reading/statement'
import { located, pulledBack } from './arraySlopes'
import { anyCurve, implicitSlope } from './curves'
import { build } from './expression'
import { isReached, linkedSlope, pathsBeside } from './links'
import { losses } from './losses'
import { define, usedIn } from './names'
import { inverseSlope } from './parametric'
import { namesIn } from './parts'
import type { Defined, Scope, UsePlace } from './scope'
import { slopeTaker } from './slopes'
import {
  type Building,
  type Choices,
  type Claimed,
  type Derive,
  type Doubt,
  EMPTY,
  type Environment,
  noNotes,
  type Slope,
} from './vocabulary'

/** Something that was built, with what was noted on the way. */
export interface Built {
  readonly node: NodeId
  readonly doubts: ReadonlySet<Doubt>
  /** Functions that the note doesn't define, of which this takes a derivative. */
  readonly derived: ReadonlySet<string>
  /** What was differentiated, and by what: it means something only where the functions are defined. */
  readonly slopes: readonly Slope[]
  /** Definitions that were used, in the order of their use. */
  readonly used: readonly Defined[]
}

/** What a note's text means, under some choices, as one growing graph. */
export interface Meaning {
  readonly builder: GraphBuilder
  readonly simplifier: Building['simplifier']
  /** Node of a definition and of all that it uses. `null` where it depends on itself and that is to be shown. */
  define(defined: Defined): NodeId | null
  /** Node of an expression that stands at a place of the note; `environment` binds names before the scope does. */
  expression(expr: Expr, place: UsePlace, environment?: Environment): NodeId
  /** A side of the claim that is built. */
  side(expr: Expr): Built
  /** Gradient of a node by another. */
  readonly derive: Derive
  /** Leaves that are names, by their canonical key, and the other way round. */
  readonly inputs: ReadonlyMap<string, NodeId>
  readonly names: ReadonlyMap<NodeId, Name>
  readonly generic: Building['generic']
  readonly hidden: Building['hidden']
  readonly decimals: Building['decimals']
  /** The curve along which the claim differentiates; `null` where it speaks of none. */
  readonly curve: Building['curve']
}

/** Derivatives through every path, unknowns as they stand: what is drawn. */
export const SHOWN: Choices = { head: 'total', inner: 'total', unknowns: 'shown' }

/** @param claimed the claim that is built: which derivatives of an undefined `L` it mentions decides what is free */
export function meaningOf(scope: Scope, choices: Choices, claimed: Claimed | null = null): Meaning {
  const building = begin(scope, choices, claimed)
  const { builder, hidden, noted } = building
  return {
    builder,
    simplifier: building.simplifier,
    derive: building.derive,
    inputs: building.inputs,
    names: building.names,
    generic: building.generic,
    hidden,
    decimals: building.decimals,
    get curve() {
      return building.curve
    },
    define(defined) {
      const id = define(building, defined)
      return choices.unknowns === 'shown' && noted.get(defined)?.doubts.has('cyclic') ? null : id
    },
    expression: (expr, place, environment = EMPTY) => build(building, expr, place, environment),
    side(expr) {
      const notes = noNotes()
      const isHead = expr === claimed?.sides[0]
      building.notes = notes
      building.isHead = isHead
      // What the head says is taken as it stands.
      building.rounded = isHead ? null : notes
      building.mode = isHead ? choices.head : choices.inner
      const node = claimed ? build(building, expr, claimed.place, EMPTY) : builder.constant(Number.NaN)
      building.rounded = null
      if (ancestors(builder.graph, node).some((id) => hidden.has(id))) notes.doubts.add('veiled')
      return { ...notes, node, used: usedIn(building, notes) }
    },
  }
}

/** What the names of a claim stand for, where that is a derivative: `\delta^l = \frac{\partial C}{\partial z^l}`. */
function namedSlopes(scope: Scope, { sides, place }: Claimed): Expr[] {
  const names = sides.flatMap((side) => namesIn(side).flatMap((each) => (each.kind === 'name' ? [each.name] : [])))
  return names.flatMap((name) => {
    const expr = scope.definitionOf(name, place)?.definition.expr
    return expr?.kind === 'derivative' ? [expr] : []
  })
}

function begin(scope: Scope, choices: Choices, claimed: Claimed | null): Building {
  const builder = graphBuilder()
  const simple = simplifier(builder)
  const [hidden, generic, cyclic, defined]: [
    Building['hidden'],
    Building['generic'],
    Building['cyclic'],
    Building['defined'],
  ] = [new Map(), new Map(), new Set(), new Map()]
  const symbols: Building['symbols'] = new Map()
  const isCyclic = (id: NodeId): boolean => [...cyclic].some((each) => defined.get(each) === id)
  const derive = slopeTaker(builder, simple, { hidden, generic, isCyclic })
  const building: Building = {
    scope,
    choices,
    claimed,
    builder,
    simplifier: simple,
    inputs: new Map(),
    opaques: new Map(),
    names: new Map(),
    defined,
    noted: new Map(),
    underway: new Set(),
    taken: new Map(),
    cyclic,
    calls: [],
    bodies: 0,
    generic,
    symbols,
    curve: null,
    hidden,
    decimals: new Map(),
    free: new Map(),
    implicit: new Map(),
    shifted: new Set(),
    notes: noNotes(),
    mode: choices.inner,
    rounded: null,
    isHead: false,
    build: (expr, place, environment) => build(building, expr, place, environment),
    derive,
    upstream: losses({
      builder,
      claimed: claimed ? [...claimed.sides, ...namedSlopes(scope, claimed)] : [],
      symbols,
      edges: () => (choices.paths === 'edges' ? (building.isHead ? 'all' : 'one') : null),
      slope: (of, by, notation) => linkedSlope(building, { of, by }, choices.inner, notation),
      reaches: (of, by) => isReached(building, of, by),
      beside: (loss, by, roots) => pathsBeside(building, scope.canonical(loss).key, by, roots),
      solved: (of, by, notation) =>
        implicitSlope(building, of, by, notation) ?? (notation === 'total' ? inverseSlope(building, of, by) : null),
      isAlongCurve: (of) => anyCurve(building)?.key === of.key,
      build: (expr) => (claimed ? build(building, expr, claimed.place, EMPTY) : builder.constant(Number.NaN)),
      keyOf: (name) => (scope.families.entryOf(name) ? scope.canonical(name).key : name.key),
      located: (id) => located(building, id),
      pulledBack: (root, upstream, by) => pulledBack(building, root, upstream, by),
      note: (slope, doubt) => {
        building.notes.slopes.push(slope)
        if (doubt) building.notes.doubts.add(doubt)
      },
    }),
  }
  return building
}
