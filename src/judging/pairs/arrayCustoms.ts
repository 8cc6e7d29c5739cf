/** Gradients on arrays that aren't the plain ones, and may be meant so. */
import type { ArrayCandidate } from '../../reading/pairs/arrayCandidate'
import { arrivingNodes, type Column, columnsOf, hasIdleEntry, isLoss } from './arrayColumns'
import { type Found, isCustomaryBy, isMeanBy, isNear, type Related, withoutPenalty } from './arrayConventions'
import type { Targets } from './arrayValues'
import { beforeActivation, type Written } from './arrayWorld'
import { type Fit, resized } from './fitting'

/** A sign or factor by custom, or a gradient taken through the activation before. */
export function customary(
  candidate: ArrayCandidate,
  fit: Fit,
  way: readonly Written[],
  targets: Targets,
  columns: readonly Column[],
): Found | null {
  const elsewhere = () => {
    const other = resized(candidate, fit)
    const same = other?.world.ways[fit.world.ways.indexOf(way)]
    const again = other && same ? columnsOf(other, same, targets) : null
    if (!other || !again || (!fit.namesRows && hasIdleEntry(same ?? [], again))) return null
    return { fit: other, columns: withoutPenalty(candidate, again) ?? again }
  }
  const [data] = candidate.inputs
  return (
    (candidate.kind === 'function' || isLoss(fit) ? isCustomaryBy(candidate, fit, columns, elsewhere) : null) ??
    (data ? isMeanBy(data.name, fit, columns, elsewhere) : null)
  )
}

/** The weights are kept small: the gradient of a penalty on them is added to that of the layer. */
export function penalised(
  candidate: ArrayCandidate,
  fit: Fit,
  way: readonly Written[],
  targets: Targets,
  columns: readonly Column[],
): Found | null {
  const plain = withoutPenalty(candidate, columns)
  if (!plain) return null
  const reason = `${candidate.derivative.title} includes a penalty on large weights.`
  const isRight = plain.every(({ relation: { factor } }) => factor !== null && Math.abs(factor - 1) < 1e-6)
  return isRight || customary(candidate, fit, way, targets, plain) ? { convention: null, reason } : null
}

/** Names of gradients that have gone through the activation already. */
const BEFORE = /^(d?_?z|dz\w*|d_z\w*|\w*deltas?\w*|\w*err(or)?s?)$/i
/** An activation that is one of several: whoever calls may take care of it. */
const OPTIONAL = /\bif\b[^\n]*activ/i

/** It is right if the gradient that arrives has gone through the activation already, and that may be how it is meant. */
export function isMeantBefore({ text }: ArrayCandidate, fit: Fit, way: readonly Written[], targets: Targets): boolean {
  const { run } = fit
  const isMeant = run.arriving?.some(({ name }) => BEFORE.test(name)) || OPTIONAL.test(text)
  const world = isMeant ? beforeActivation(run, fit.world) : null
  const columns = world && columnsOf({ ...fit, world }, way, targets)
  return (columns && columns.length > 0 && columns.every(({ wrongAt }) => !wrongAt)) ?? false
}

/** What arrives is handed on untouched: the derivative is part of what comes later. */
export function isPassedOn({ run, world }: Fit, { nodes }: Written): boolean {
  const arriving = new Set(arrivingNodes(run, world))
  return nodes?.every((id) => arriving.has(id)) ?? false
}

/** A loss that isn't written, as far as gradients tell. */
interface Loss {
  /** That of the loss to half a square, or to the loss that goes with the last activation. */
  readonly factor: number
  /** The inputs by which it is right. */
  readonly right: ReadonlySet<Written['of']>
}

/**
 * The loss with which most of the gradients go: the sum of what each sample costs, their mean, or twice as much, uphill or downhill.
 * @param worldOf the same loss at other sizes
 */
export function lossFor(
  candidate: ArrayCandidate,
  fit: Fit,
  way: readonly Written[],
  columns: readonly Column[],
  worldOf: (fit: Fit) => Fit['world'] | null,
): Loss | null {
  const plain = withoutPenalty(candidate, columns) ?? columns
  const signs = plain.flatMap(({ relation: { factor } }) => (factor === null ? [] : [Math.sign(factor)]))
  const sign = signs[0] ?? 1
  const turned = (all: readonly Related[]) =>
    all.map(({ of, relation }) => ({
      of,
      relation: { ...relation, factor: relation.factor === null ? null : sign * relation.factor },
    }))
  const other = resized(candidate, fit)
  const world = other && worldOf(other)
  const same = other?.world.ways[fit.world.ways.indexOf(way)]
  const far = other && world && same ? { ...other, world } : null
  const farColumns = far && same ? columnsOf(far, same, 'any') : null
  const losses = way.flatMap(({ of }): Loss[] => {
    const own = plain.filter((column) => column.of === of)
    const factor = own[0]?.relation.factor ?? null
    if (factor === null) return []
    const among = (all: readonly Related[], names: ReadonlySet<string>) =>
      turned(all).filter((column) => names.has(column.of.name))
    const isRight = (name: string) =>
      plain.every(({ of: { name: each }, relation }) => each !== name || isNear(relation.factor ?? 0, factor))
    const right = new Set(way.filter((each) => isRight(each.of.name)).map((each) => each.of))
    const names = new Set([...right].map(({ name }) => name))
    const again = () =>
      far && farColumns
        ? { fit: far, columns: among(withoutPenalty(candidate, farColumns) ?? farColumns, names) }
        : null
    return names.has(of.name) && isCustomaryBy(candidate, fit, among(plain, names), again) ? [{ factor, right }] : []
  })
  return losses.toSorted((a, b) => b.right.size - a.right.size)[0] ?? null
}
