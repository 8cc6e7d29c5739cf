/** What touches a label in a drawing and shouldn't: labels, nodes, lines, arrows. */
import type { Placed } from '../../../src/drawing/letters'
import type { Scene, SceneSaying } from '../../../src/drawing/scene'
import { TAG } from '../../../src/drawing/sizes'

interface Rect {
  readonly name: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function labelRects(scene: Scene): Rect[] {
  const rects: Rect[] = []
  const add = (name: string, placed: Placed | null) => {
    const formula = placed && scene.formulas[placed.formula]
    if (!placed || !formula) return
    const { x, y, size } = placed
    rects.push({
      name,
      left: x,
      right: x + formula.width * size,
      top: y - formula.height * size,
      bottom: y + formula.depth * size,
    })
  }
  /** Symbols and number of one place are one label. */
  const addSaying = (name: string, saying: SceneSaying | null) => {
    const before = rects.length
    add(name, saying?.symbols ?? null)
    add(name, saying?.figure ?? null)
    const [first, ...rest] = rects.splice(before)
    if (first) rects.push(rest.reduce(union, first))
  }
  for (const { key, name, total } of scene.nodes) {
    add(`name of ${key}`, name)
    addSaying(`total of ${key}`, total)
  }
  for (const { key, value, shape, gradient, local } of scene.edges) {
    addSaying(`value on ${key}`, value)
    if (local)
      rects.push({
        name: `tag on ${key}`,
        left: local.left,
        right: local.right,
        top: local.y - TAG.half,
        bottom: local.y + TAG.half,
      })
    add(`shape on ${key}`, shape)
    addSaying(`gradient on ${key}`, gradient)
  }
  return rects
}

const union = (a: Rect, b: Rect): Rect => ({
  name: a.name,
  left: Math.min(a.left, b.left),
  right: Math.max(a.right, b.right),
  top: Math.min(a.top, b.top),
  bottom: Math.max(a.bottom, b.bottom),
})

const bodyRects = (scene: Scene): Rect[] =>
  scene.nodes.map(({ key, x, y, halfWidth, halfHeight }) => ({
    name: `node ${key}`,
    left: x - halfWidth,
    right: x + halfWidth,
    top: y - halfHeight,
    bottom: y + halfHeight,
  }))

/** Points along the drawn line, curves included. */
function pointsOf(way: Scene['edges'][number]['way']): { x: number; y: number }[] {
  return way.flatMap((to, i) => {
    const from = way[i - 1]
    if (!from) return [to]
    const middle = (from.x + to.x) / 2
    return Array.from({ length: 33 }, (_, step) => {
      const t = step / 32
      const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3] as const
      return {
        x: weights[0] * from.x + (weights[1] + weights[2]) * middle + weights[3] * to.x,
        y: (weights[0] + weights[1]) * from.y + (weights[2] + weights[3]) * to.y,
      }
    })
  })
}

const overlap = (a: Rect, b: Rect) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Everything in a scene that touches a label and shouldn't, in words. */
export function collisions(scene: Scene): string[] {
  const labels = labelRects(scene)
  const bodies = bodyRects(scene)
  const found: string[] = []
  labels.forEach((label, i) => {
    for (const other of [...labels.slice(i + 1), ...bodies]) {
      if (overlap(label, other)) found.push(`${label.name} touches ${other.name}`)
    }
    for (const { key, way, arrow } of scene.edges) {
      // A tag stands on its own line.
      if (label.name === `tag on ${key}`) continue
      const near = ({ x, y }: { x: number; y: number }) =>
        x > label.left - 1 && x < label.right + 1 && y > label.top - 1 && y < label.bottom + 1
      if (pointsOf(way).some(near)) found.push(`${label.name} touches the line ${key}`)
      const touches =
        arrow && arrow.y > label.top && arrow.y < label.bottom && arrow.left < label.right && label.left < arrow.right
      if (touches) found.push(`${label.name} touches the arrow of ${key}`)
    }
  })
  return found
}
