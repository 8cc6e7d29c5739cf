/** Derivatives that are taken one after the other: by numbers, of arrays by numbers, and the first one by an array. */
import type { NodeId } from '../graph/graph'
import { isTransposition } from '../operations/arrays'
import { arraySlope } from './arraySlopes'
import { linkedSlope, type Notation } from './links'
import type { Building, Mode } from './vocabulary'

/** A variable and how often it is differentiated by. */
export interface Variable {
  readonly by: NodeId
  readonly order: number
}

/**
 * A derivative taken again and again; `null` where it is to be shown and isn't certain.
 * @param manner `isHeld`: what doesn't depend on the variable is a constant by the way it is written
 */
export function ordered(
  building: Building,
  of: NodeId,
  variables: readonly Variable[],
  mode: Mode,
  { isHeld, notation }: { readonly isHeld: boolean; readonly notation: Notation } = AS_CALLED,
): NodeId | null {
  const { builder, notes, choices } = building
  let node = of
  for (const { by, order } of variables) {
    for (let k = 0; k < order; k++) {
      const isCertain = builder.shapeOf(node)?.length === 0 && builder.shapeOf(by)?.length === 0
      if (choices.unknowns === 'shown' && !isCertain) return null
      const next = linkedSlope(building, { of: node, by }, mode, notation)
      notes.slopes.push({ of: node, by, through: next.through, isHeld })
      const doubt = isHeld && next.doubt === 'independent' ? null : next.doubt
      if (doubt && choices.unknowns === 'shown') return null
      if (doubt) notes.doubts.add(doubt)
      node = next.node
    }
  }
  return node
}

const AS_CALLED = { isHeld: false, notation: 'total' } as const

/** `\\frac{\\partial^2 f}{\\partial x^2}`, `\\frac{\\partial^2 f}{\\partial x \\partial x^T}` by a vector. */
function isTwice({ builder }: Building, variables: readonly Variable[]): boolean {
  const vectors = variables.map(({ by }) => {
    const { op, inputs } = builder.node(by)
    return isTransposition(op) ? inputs[0] : by
  })
  const isVector = vectors[0] !== undefined && builder.shapeOf(vectors[0])?.length === 1
  return isVector && new Set(vectors).size === 1 && variables.reduce((n, { order }) => n + order, 0) === 2
}

/** The matrix of second derivatives of a number by a vector. */
function hessian(building: Building, of: NodeId, by: NodeId, notation: Notation): NodeId | null {
  if (building.builder.shapeOf(of)?.length !== 0) return null
  const gradient = arraySlope(building, of, by, 'gradient', notation)
  return gradient === null ? null : arraySlope(building, gradient, by, 'jacobian', notation)
}

/** By a number any derivative of an array, by an array or an entry the first; others are not taken. */
export function byArray(
  building: Building,
  of: NodeId,
  variables: readonly Variable[],
  notation: Notation,
): NodeId | null {
  const { builder, choices } = building
  const [only, second] = variables
  if (!only) return null
  if (isTwice(building, variables)) return hessian(building, of, only.by, notation)
  const isByNumbers = variables.every(({ by }) => builder.shapeOf(by)?.length === 0)
  if (!isByNumbers && (second || only.order !== 1)) return null
  let node: NodeId | null = of
  for (const { by, order } of variables) {
    for (let k = 0; k < order && node !== null; k++)
      node = arraySlope(building, node, by, choices.layout ?? 'gradient', notation)
  }
  return node
}
