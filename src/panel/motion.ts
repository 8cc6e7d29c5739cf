/** What the eye follows when a fold opens or closes: nodes go from where they were to where they are, and what is new fades in. */
import type { Scene, SceneNode } from '../drawing/scene'
import { createElement, type Drawn } from './elements'

/** In milliseconds. */
const DURATION = 380
/** More nodes than this move too slowly to be followed. */
const MOST = 200

interface Place {
  readonly x: number
  readonly y: number
}
/** How a scene was seen: it and its zoom. */
export interface Seen {
  readonly scene: Scene
  readonly x: number
  readonly y: number
  readonly k: number
}

/** For each node the one as which it was drawn in another scene, itself or the fold that it was inside of. */
function standIns(scene: Scene): Map<number, SceneNode> {
  const found = new Map<number, SceneNode>()
  for (const node of scene.nodes) {
    if (node.kind === 'output') continue
    for (const id of [...node.inside, node.id]) if (!found.has(id) || id === node.id) found.set(id, node)
  }
  return found
}

/** Whether the same graph is folded otherwise: that alone is shown as a movement. */
export const isFoldedOtherwise = (before: Scene, now: Scene): boolean =>
  before.nodes.length !== now.nodes.length && Math.max(before.nodes.length, now.nodes.length) <= MOST

/**
 * Lets the elements of a scene come from where they were.
 * @param nodes the elements as they are drawn now @param gone bodies of nodes that are drawn no more
 */
export function travel(
  before: Seen,
  now: Seen,
  nodes: ReadonlyMap<string, Drawn>,
  edges: ReadonlyMap<string, Drawn>,
  gone: ReadonlyMap<string, SVGGElement>,
): void {
  const timing: KeyframeAnimationOptions = { duration: DURATION, easing: 'ease-in-out' }
  /** A place of the scene before in the coordinates of the present one. */
  const carried = ({ x, y }: Place): Place => ({
    x: (x * before.k + before.x - now.x) / now.k,
    y: (y * before.k + before.y - now.y) / now.k,
  })
  const shift = (from: Place, to: Place) => `translate(${from.x - to.x}px, ${from.y - to.y}px)`
  const known = new Map(before.scene.nodes.map((node) => [node.key, node]))
  const sources = standIns(before.scene)
  for (const node of now.scene.nodes) {
    const from = known.get(node.key) ?? sources.get(node.id)
    const element = nodes.get(node.key)?.element
    if (!from || !element) continue
    const start = { transform: shift(carried(from), node), opacity: known.has(node.key) ? 1 : 0 }
    element.animate([start, { transform: 'none', opacity: 1 }], timing)
  }
  // Lines change their ways with every place: they come when the nodes have arrived.
  for (const { element } of edges.values())
    element.animate([{ opacity: 0 }, { opacity: 0, offset: 0.4 }, { opacity: 1 }], timing)
  const targets = standIns(now.scene)
  for (const [key, ghost] of gone) {
    const node = known.get(key)
    const to = node && targets.get(node.id)
    if (!node || !to) {
      ghost.remove()
      continue
    }
    const leaving = ghost.animate(
      [
        { transform: shift(carried(node), node), opacity: 1 },
        { transform: shift(to, node), opacity: 0 },
      ],
      { ...timing, fill: 'forwards' },
    )
    leaving.onfinish = () => ghost.remove()
  }
}

/** The bodies of nodes that another scene doesn't have, to be seen while they leave. */
export function leavingBodies(now: Scene, nodes: ReadonlyMap<string, Drawn>): Map<string, SVGGElement> {
  const kept = new Set(now.nodes.map(({ key }) => key))
  const gone = new Map<string, SVGGElement>()
  for (const [key, { element }] of nodes) {
    const body = kept.has(key) ? null : element.querySelector('.body')
    if (!body) continue
    const ghost = createElement('g', 'ghost')
    ghost.setAttribute('aria-hidden', 'true')
    ghost.append(body.cloneNode(true))
    gone.set(key, ghost)
  }
  return gone
}
