/** How one side of a claim stands to another: equal, certainly different, or nothing that can be said for certain. */

import { LARGE } from '../calculus/large'
import { ancestors, leavesOf, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import { literalNumber } from '../meaning/literals'
import type { Scope, UsePlace } from '../meaning/scope'
import { substitute } from '../meaning/substitute'
import type { Doubt } from '../meaning/vocabulary'
import { DIFFERENCE } from '../operations/algebra'
import { operation } from '../operations/index'
import type { Assumption, Name } from '../reading/statement'
import { beyondTelling, relateArrays } from './arrayRelation'
import { differOnCurve } from './curve'
import { compare, type Relation, type Setting } from './equivalence'
import type { Inequality } from './points'
import { type Rounding, rounding } from './rounding'

const DOUBTS: Readonly<Record<Doubt, string>> = {
  opaque: 'A part of it can’t be read.',
  cyclic: 'A definition that it uses depends on itself.',
  array: 'It has vectors or matrices of which the shapes aren’t known.',
  independent: 'The function doesn’t depend on the variable here, so another one is meant.',
  variable: 'The variable of the derivative isn’t certain.',
  undefined: 'It uses a function that the note doesn’t define.',
  mismatch: 'Its shapes don’t fit together.',
  hidden: 'It rests on a definition that can’t be read.',
  veiled: 'It rests on a definition that can’t be read.',
}

/** What the note says about the names of a world: values, assumptions, which are whole. */
export function settingOf(scope: Scope, place: UsePlace, world: Meaning): Setting {
  const values = new Map<NodeId, number>()
  const whole = new Set<NodeId>()
  for (const [id, name] of world.names) {
    const bound = scope.bindingOf(name, place)
    const value = bound && bound.binding.target.kind === 'name' ? literalNumber(bound.binding.value) : null
    if (value !== null) values.set(id, value)
    if (WHOLE.test(name.key)) whole.add(id)
  }
  return { values, whole, assumptions: assumptionsOf(scope, world) }
}

/** Letters that count: `\sin(n\pi)` is 0 for those who write it. */
const WHOLE = /^[nmkijlNMK](_.*)?$/

/** Bounds of single names, `x > 0`: what is said of several at once holds in a case that the note distinguishes. */
function assumptionsOf(scope: Scope, world: Meaning): Inequality[] {
  const nodes = new Map([...world.names].map(([id, name]) => [name.key, id]))
  // What is assumed of a name that is defined is assumed of its value.
  for (const { id, name } of world.builder.graph.nodes) if (name && !nodes.has(name.key)) nodes.set(name.key, id)
  return simpleBounds(scope).flatMap(({ key, relation, value, flipped }) => {
    const name = nodes.get(key)
    if (name === undefined) return []
    const bound = world.builder.constant(value)
    return [flipped ? { left: bound, relation, right: name } : { left: name, relation, right: bound }]
  })
}

/** `x > 0`, and `0 < x` flipped. */
interface Bound {
  readonly key: string
  readonly relation: Assumption['relation']
  readonly value: number
  readonly flipped: boolean
}

function simpleBounds(scope: Scope): readonly Bound[] {
  const known = bounds.get(scope)
  if (known) return known
  const made = scope.statements.flatMap(({ statement }): Bound[] => {
    if (statement.kind !== 'assumption') return []
    const { left, relation, right } = statement
    const [above, below] = [literalNumber(right), literalNumber(left)]
    if (left.kind === 'name' && above !== null) {
      return [{ key: scope.canonical(left.name).key, relation, value: above, flipped: false }]
    }
    if (right.kind === 'name' && below !== null) {
      return [{ key: scope.canonical(right.name).key, relation, value: below, flipped: true }]
    }
    return []
  })
  bounds.set(scope, made)
  return made
}
/** Made once for a note. */
const bounds = new WeakMap<Scope, readonly Bound[]>()

const isOfArrays = (truth: Built, side: Built): boolean =>
  [truth, side].some(({ doubts }) => doubts.has('array') || doubts.has('mismatch'))

/** Is there anything in two sides that keeps them from being told equal, whatever sign, number or name in them is changed? */
export const isBeyondEdits = (truth: Built, side: Built): boolean =>
  isOfArrays(truth, side) && beyondTelling(truth, side) !== null

/** Does a side hold without any condition? */
export function holdsAlways(world: Meaning, setting: Setting, truth: Built, side: Built): boolean {
  const found = relate(world, { ...setting, onlyEqual: true }, truth, side)
  return found.kind === 'equal' && found.condition === null
}

/** Compares what a side says with what is true. */
export function relate(world: Meaning, setting: Setting, truth: Built, side: Built): Relation {
  if (isOfArrays(truth, side)) {
    const { text = '', line = '', onlyEqual = false } = setting
    return relateArrays(world, { text, line, onlyEqual }, truth, side)
  }
  const { graph } = world.builder
  if (isOpaque(world, truth.node) || isOpaque(world, side.node)) return relateUnread(world, setting, truth, side)
  const functions = [...functionsOf(truth), ...functionsOf(side)].filter((id) => !isOpaque(world, id))
  const settled = simplifiesAlike(world, truth.node, side.node)
  const own = { ...setting, defined: functions, settled }
  let found = compare(graph, truth.node, side.node, own)
  if (found.kind === 'unknown' && found.reason === 'domain' && setting.assumptions?.length) {
    found = compare(graph, truth.node, side.node, { ...own, assumptions: [] })
  }
  if (found.kind === 'equal') {
    // Nothing is said by 0 = 0 about a function that doesn't have the variable.
    if (truth.doubts.has('independent') && isZero(world, truth.node)) return unknown(DOUBTS.independent)
    if (found.elsewhere) return { kind: 'equal', condition: 'It holds where both sides are defined.' }
    return { kind: 'equal', condition: positiveCondition(world, found.positive) }
  }
  if (found.kind === 'unknown') return unknown(UNKNOWN[found.reason])
  if (setting.onlyEqual) return unknown(UNKNOWN.digits)
  if (world.curve !== null) return alongCurve(world, world.curve.node, truth, side)
  const rounded = rounding(world, own, truth.node, side.node, { defined: functions, witness: found.witness })
  if (rounded === 'right') return { kind: 'equal', condition: 'It is right to the digits that are written.' }
  const evaluated = atValues(world, own, truth.node, side.node)
  if (evaluated?.kind === 'right') return { kind: 'equal', condition: evaluated.condition }
  if (rounded === 'wide' || evaluated?.kind === 'wide') return unknown('It has too few digits to be told.')
  if (found.kind === 'partly' && !distinguishes(world, found.when, side.node)) {
    return unknown(
      found.when === 'positive'
        ? 'It holds for positive values, but not for all.'
        : 'It holds for whole numbers, but not for all.',
    )
  }
  const doubt = doubtOf(world, truth, side)
  if (doubt) return unknown(doubt)
  const constant = leavesOf(graph, [side.node]).length === 0 && leavesOf(graph, [truth.node]).length > 0
  return { kind: 'different', witness: found.witness, constant }
}

/**
 * What can't be read is any number, the same wherever the same is written: sides that are equal for all such numbers are equal. That
 * they differ says nothing.
 */
function relateUnread(world: Meaning, setting: Setting, truth: Built, side: Built): Relation {
  const { builder } = world
  if (truth.doubts.has('independent')) return unknown(DOUBTS.independent)
  const unread = [truth.node, side.node]
    .flatMap((node) => ancestors(builder.graph, node))
    .filter((id) => builder.node(id).op === 'opaque')
  if (unread.some((id) => builder.shapeOf(id)?.length !== 0)) return unknown(DOUBTS.opaque)
  const numbers = new Map(unread.map((id) => [id, builder.add({ op: 'input', shape: [] })] as const))
  const [left, right] = [truth, side].map((each) => substitute(builder, each.node, numbers)) as [NodeId, NodeId]
  const own = { ...setting, assumptions: [], defined: [], settled: simplifiesAlike(world, left, right) }
  return compare(builder.graph, left, right, own).kind === 'equal'
    ? { kind: 'equal', condition: null }
    : unknown(DOUBTS.opaque)
}

/** Nothing is left of their difference: first with names as names, however much they stand for, then with names written out. */
function simplifiesAlike({ simplifier, builder }: Meaning, left: NodeId, right: NodeId): boolean {
  const difference = builder.apply(DIFFERENCE, [left, right])
  if (builder.constantOf(simplifier.simplify(difference)) === 0) return true
  // Written out, a large graph grows with every way through it: its values tell.
  if ([left, right].some((side) => ancestors(builder.graph, side).length > LARGE)) return false
  const [a, b] = [simplifier.expand(left), simplifier.expand(right)]
  if (simplifier.keyOf(a) === simplifier.keyOf(b)) return true
  return builder.constantOf(simplifier.simplify(builder.apply(DIFFERENCE, [a, b]))) === 0
}

/** Sides that aren't the same functions may be the same on the curve that an equation describes. */
function alongCurve(world: Meaning, curve: NodeId, truth: Built, side: Built): Relation {
  const found = differOnCurve(world, curve, truth.node, side.node)
  if (found === 'same') return { kind: 'equal', condition: 'It holds where an equation of the note does.' }
  const doubt = doubtOf(world, truth, side, [curve])
  if (found === null || doubt) return unknown(doubt ?? UNKNOWN.domain)
  return { kind: 'different', witness: found, constant: false }
}

export const unknown = (reason: string): Relation => ({ kind: 'unknown', reason })

const UNKNOWN = {
  opaque: DOUBTS.opaque,
  shape: DOUBTS.array,
  domain: 'No values were found for which both sides are defined.',
  digits: 'It couldn’t be computed exactly enough.',
} as const

/** A side with cases speaks of negative numbers too. */
const distinguishes = (world: Meaning, when: 'positive' | 'whole', side: NodeId): boolean =>
  when === 'positive' &&
  ancestors(world.builder.graph, side).some((id) => operation(world.builder.node(id).op)?.isChoice)

const functionsOf = (built: Built): NodeId[] => [...new Set(built.slopes.map(({ of }) => of))]
const isZero = (world: Meaning, id: NodeId): boolean => world.builder.constantOf(world.simplifier.expand(id)) === 0

const isOpaque = (world: Meaning, id: NodeId): boolean =>
  ancestors(world.builder.graph, id).some((each) => world.builder.node(each).op === 'opaque')

/** `log x` needs x > 0: said where one of the sides means more. */
function positiveCondition(world: Meaning, positive: readonly NodeId[]): string | null {
  const names = positive.flatMap((id) => world.names.get(id)?.plain ?? [])
  return names.length === 0 ? null : `It holds for ${names.map((name) => `${name} > 0`).join(', ')}.`
}

/** Why a difference proves nothing: something in it isn't known, or is called by a name that the note doesn't explain. */
function doubtOf(world: Meaning, truth: Built, side: Built, more: readonly NodeId[] = []): string | null {
  for (const doubt of [...truth.doubts, ...side.doubts]) {
    if (doubt !== 'veiled' || !isApart(world, truth, side)) return DOUBTS[doubt]
  }
  const { graph } = world.builder
  const leaves = (built: Built) => new Set(leavesOf(graph, [built.node]))
  const known = new Set(leavesOf(graph, [truth.node, ...functionsOf(truth), ...more]))
  const said = leaves(side)
  for (const id of said) {
    if (world.builder.node(id).op === 'upstream' || world.generic.has(id) || known.has(id)) continue
    return `${nameOf(world, id)} isn’t defined in the note.`
  }
  // The author may know a derivative that the note doesn't give: its value then stands in its place.
  const symbols = (ids: Iterable<NodeId>) => [...ids].filter((id) => world.builder.node(id).op === 'upstream').sort()
  if (symbols(leaves(truth)).join() !== symbols(said).join()) return DOUBTS.undefined
  const functionsIn = (ids: Iterable<NodeId>) => [...ids].flatMap((id) => world.generic.get(id) ?? [])
  // `u'` where u = g(x) takes the derivative of g.
  const derived = new Set([...side.derived, ...functionsIn(leavesOf(graph, functionsOf(side)))])
  const own = functionsIn(leaves(truth))
  for (const name of [...own, ...functionsIn(said)]) if (!derived.has(name)) return DOUBTS.undefined
  // `y' = f'(u) u'` behind `y = \sin u`: f may be any name for what is known.
  if (own.length === 0 && functionsIn(said).length > 0) return DOUBTS.undefined
  return null
}

/**
 * Names that can't be read are as good as variables where both sides of a derivative have the same ones and nothing else that they may
 * be made of: da/dz of a = σ(z), whatever z is.
 */
function isApart({ builder, hidden }: Meaning, truth: Built, side: Built): boolean {
  if (truth.slopes.length === 0) return false
  const [ours, theirs] = [truth, side].map(({ node }) => leavesOf(builder.graph, [node])) as [NodeId[], NodeId[]]
  const veiled = ours.filter((id) => hidden.has(id))
  const isSame = theirs.filter((id) => hidden.has(id)).every((id) => veiled.includes(id))
  if (!isSame || !veiled.every((id) => theirs.includes(id))) return false
  const leaves = new Set([...ours, ...theirs])
  return veiled.every((id) => ![...(hidden.get(id) ?? [])].some((use) => use !== id && leaves.has(use)))
}

const nameOf = (world: Meaning, id: NodeId): string => {
  const name: Name | null = world.builder.node(id).name
  return name?.plain ?? 'A name'
}

/** The author may have put in values that the note gives: then the side is right at these. */
function atValues(
  world: Meaning,
  setting: Setting,
  truth: NodeId,
  side: NodeId,
): { readonly kind: Rounding; readonly condition: string } | null {
  const { builder } = world
  const said = new Set(leavesOf(builder.graph, [side]))
  const known = leavesOf(builder.graph, [truth])
  // A side with other names is no evaluation: `99/4 - x_1/4 = x_2` holds at the point that solves it.
  if ([...said].some((id) => !known.includes(id))) return null
  const missing = known.filter((id) => !said.has(id))
  const given = missing.flatMap((id) => {
    const value = setting.values?.get(id)
    return value === undefined ? [] : [[id, value] as const]
  })
  if (given.length === 0) return null
  const put = new Map(
    leavesOf(builder.graph, [truth, side]).flatMap((id) => {
      const value = setting.values?.get(id)
      return value === undefined ? [] : [[id, builder.constant(value)] as const]
    }),
  )
  const [right, written] = [substitute(builder, truth, put), substitute(builder, side, put)]
  const same = compare(builder.graph, right, written, { ...setting, defined: [] }).kind === 'equal'
  const kind = same ? 'right' : rounding(world, setting, right, written, { defined: setting.defined ?? [] })
  return { kind, condition: `It holds at ${given.map(([id, value]) => `${nameOf(world, id)} = ${value}`).join(', ')}.` }
}
