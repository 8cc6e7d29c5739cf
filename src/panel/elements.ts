/** Elements of the drawing in the page: made, kept, taken away. */
import type { SceneEdge, SceneNode } from '../drawing/scene'

export const SVG = 'http://www.w3.org/2000/svg'

/** An element of SVG. */
export const createElement = (name: string, className: string) => {
  const element = document.createElementNS(SVG, name)
  element.setAttribute('class', className)
  return element as SVGGElement
}

/** An element of the page, and what it was made from. */
export interface Drawn {
  readonly element: SVGGElement
  markup: string
}

/** Keeps the elements whose markup is the same, so that focus and light stay where they are. */
export function patch<T extends SceneNode | SceneEdge>(
  drawn: Map<string, Drawn>,
  layer: SVGGElement,
  wanted: readonly T[],
  markupOf: (thing: T) => string,
  className: string,
  equip?: (group: SVGGElement, thing: T) => void,
): void {
  const keys = new Set(wanted.map(({ key }) => key))
  for (const [key, { element }] of drawn) {
    if (keys.has(key)) continue
    element.remove()
    drawn.delete(key)
  }
  for (const thing of wanted) {
    const markup = markupOf(thing)
    const known = drawn.get(thing.key)
    if (known?.markup === markup) {
      equip?.(known.element, thing)
      continue
    }
    const element = known?.element ?? createElement('g', className)
    element.setAttribute('class', className)
    element.innerHTML = markup
    equip?.(element, thing)
    if (known) known.markup = markup
    else {
      layer.append(element)
      drawn.set(thing.key, { element, markup })
    }
  }
}

/** A transparent area around a node, so that it needn't be hit exactly; the ring of focus is drawn on it. */
export function hitArea({ x, y, halfWidth, halfHeight }: SceneNode): string {
  const grow = 5
  const box = [x - halfWidth - grow, y - halfHeight - grow, 2 * (halfWidth + grow), 2 * (halfHeight + grow)]
  const [left, top, width, height] = box.map((length) => Math.round(length * 10) / 10)
  return `<rect class="hit" x="${left}" y="${top}" width="${width}" height="${height}" rx="${Math.min(halfWidth, halfHeight) + grow}"/>`
}

/** Whether a way comes near a part of the drawing. */
export function crosses(way: SceneEdge['way'], left: number, right: number, top: number, bottom: number): boolean {
  let [least, most, high, low] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of way) {
    least = Math.min(least, x)
    most = Math.max(most, x)
    high = Math.min(high, y)
    low = Math.max(low, y)
  }
  return most > left && least < right && low + 60 > top && high - 60 < bottom
}
