/** How the nodes of a scene hang together: for lighting a path, and for going from node to node with the keyboard. */
import type { Scene, SceneNode } from '../drawing/scene'

export type Direction = 'left' | 'right' | 'up' | 'down'

export interface Links {
  node(key: string): SceneNode | undefined
  /** The drawn node that shows a node of the graph: itself, or that in whose circle or group it is. */
  keyOf(id: number): string | undefined
  /** Keys of all edges on the ways from a node to the output, and of the nodes that they pass. */
  pathFrom(key: string): { edges: ReadonlySet<string>; nodes: ReadonlySet<string> }
  /** Where an arrow key leads: along an edge, or to the neighbour above or below. */
  step(key: string, direction: Direction): string | undefined
  readonly output: string | undefined
  readonly first: string | undefined
}

/** The links of a scene. */
export function linksOf(scene: Scene): Links {
  const nodes = new Map(scene.nodes.map((node) => [node.key, node]))
  const byId = new Map<number, string>()
  for (const node of scene.nodes) for (const id of node.inside) byId.set(id, node.key)
  for (const node of scene.nodes) if (node.kind !== 'output' && !byId.has(node.id)) byId.set(node.id, node.key)
  const users = new Map<string, { edge: string; to: string }[]>()
  const inputs = new Map<string, string[]>()
  for (const { key, from, to } of scene.edges) {
    users.set(from, [...(users.get(from) ?? []), { edge: key, to }])
    inputs.set(to, [...(inputs.get(to) ?? []), from])
  }
  const at = (key: string) => nodes.get(key) as SceneNode
  const nearest = (keys: readonly string[], y: number) =>
    [...keys].sort((a, b) => Math.abs(at(a).y - y) - Math.abs(at(b).y - y))[0]

  return {
    node: (key) => nodes.get(key),
    keyOf: (id) => byId.get(id),
    pathFrom(key) {
      const edges = new Set<string>()
      const passed = new Set([key])
      const stack = [key]
      while (stack.length > 0) {
        for (const { edge, to } of users.get(stack.pop() as string) ?? []) {
          edges.add(edge)
          if (passed.has(to)) continue
          passed.add(to)
          stack.push(to)
        }
      }
      return { edges, nodes: passed }
    },
    step(key, direction) {
      const node = nodes.get(key)
      if (!node) return undefined
      if (direction === 'right')
        return nearest(
          (users.get(key) ?? []).map(({ to }) => to),
          node.y,
        )
      if (direction === 'left') return nearest(inputs.get(key) ?? [], node.y)
      return beside(scene.nodes, node, direction === 'up' ? -1 : 1)?.key
    },
    output: scene.nodes.find((node) => node.kind === 'output')?.key,
    first: scene.nodes[0]?.key,
  }
}

/** The nearest node above or below; being in the same column counts for more than being near. */
function beside(nodes: readonly SceneNode[], from: SceneNode, sign: 1 | -1): SceneNode | undefined {
  let best: SceneNode | undefined
  let least = Infinity
  for (const node of nodes) {
    const [dx, dy] = [Math.abs(node.x - from.x), (node.y - from.y) * sign]
    const distance = dy + 3 * dx
    if (node.key === from.key || dy < 1 || dx > 4 * dy || distance >= least) continue
    best = node
    least = distance
  }
  return best
}
