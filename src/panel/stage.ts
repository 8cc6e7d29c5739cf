/** The drawing in the page: an SVG whose elements are kept from one scene to the next, with zoom, pan, selection and light. */
import { select } from 'd3-selection'
import { type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom'
import { revalued } from '../drawing/revalue'
import type { Scene, SceneEdge, SceneNode } from '../drawing/scene'
import { edgeMarkup, glyphsMarkup, nodeMarkup } from '../drawing/svg'
import type { Tensor } from '../operations/operation'
import { createElement, crosses, type Drawn, hitArea, patch, SVG } from './elements'
import { type Links, linksOf } from './links'
import { isFoldedOtherwise, leavingBodies, travel } from './motion'

export interface View {
  readonly x: number
  readonly y: number
  readonly k: number
}
export interface StageEvents {
  /** A node was chosen, by pointer or keyboard. */
  chosen(node: SceneNode): void
  /** Show where it is written; a second click, or Enter. */
  revealed(node: SceneNode): void
  /** The pointer rests on a node, or on none. */
  pointed(node: SceneNode | null): void
  moved(): void
}
/** How far the passes have come: nodes whose value is known, and whose gradient is. */
export interface Unveiled {
  readonly values: ReadonlySet<number> | null
  readonly gradients: ReadonlySet<number>
  /** The step at hand, or the node that is asked about. */
  readonly current: number | null
  /** Gradients that aren't known are asked for: a question mark stands in their place. */
  readonly asks: boolean
}
export interface Stage {
  readonly element: SVGSVGElement
  links(): Links
  /** Shows a scene; `view` is where it stood before, `null` to fit it. `same`: of the graph that is shown already. */
  show(
    scene: Scene,
    view: View | null,
    same: boolean,
    label: string,
    describe: (node: SceneNode) => string,
    selected: number | null,
  ): void
  select(key: string | null, scroll: boolean): void
  readonly selected: string | null
  /** Lights the way of a node to the output for a moment; `null`: of the selected one. */
  light(key: string | null): void
  mark(keys: ReadonlySet<string>): void
  /** Other numbers in the same places; `null`: those of the scene. */
  values(tensorAt: ((node: number) => Tensor | null) | null): void
  /** What of the passes is to be seen; `null`: everything. */
  unveil(seen: Unveiled | null): void
  fit(): void
  zoomBy(factor: number): void
  pan(x: number, y: number): void
  /** Puts this place of the drawing into the middle. */
  centre(x: number, y: number): void
  focus(): void
  /** `null` while the drawing follows the size of the window. */
  readonly view: View | null
  /** The part of the drawing that is seen. */
  window(): { x: number; y: number; width: number; height: number; k: number }
}

const ZOOM = { least: 0.05, most: 6, fit: 1.5, far: 0.42, readable: 0.5, overview: 0.1 }
/** Of more nodes one wants to see how they hang together first. */
const OVERVIEW = 24
/** Height of the buttons in the corner, in pixels. */
const CORNER = 40
/** Scenes with more nodes are drawn only where they are seen. */
const MANY = 300
/** How far beyond the edge of the window parts are drawn, as a share of its size. */
const AROUND = 0.5

/** Room that is left around a node that has to be brought into view, in pixels of the drawing. */
const MARGIN = 12

/** How far what stands around a place must move to lie within a stretch; 0 where it does. */
function missing(at: number, half: number, from: number, length: number): number {
  if (at - half < from) return from - at + half + MARGIN
  if (at + half > from + length) return from + length - at - half - MARGIN
  return 0
}

/** Stands in the place of a gradient that is asked for; hidden otherwise. */
function questionMark({ arrow }: SceneEdge): string {
  if (!arrow) return ''
  const x = (arrow.left + arrow.right) / 2
  return `<g class="question"><rect x="${x - 16}" y="${arrow.y + 5}" width="32" height="17" rx="3"/><text x="${x}" y="${arrow.y + 18}">?</text></g>`
}

const still = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** The stage; `events` tells what a person does on it. */
export function createStage(events: StageEvents): Stage {
  const element = document.createElementNS(SVG, 'svg') as SVGSVGElement
  element.setAttribute('class', 'stage')
  element.setAttribute('role', 'group')
  const world = createElement('g', 'world')
  const edgeLayer = createElement('g', 'edges')
  const nodeLayer = createElement('g', 'nodes')
  const glyphs = createElement('g', 'glyphs')
  const ghosts = createElement('g', 'ghosts')
  world.append(edgeLayer, ghosts, nodeLayer)
  element.append(glyphs, world)

  let scene: Scene | null = null
  let links = linksOf({ width: 0, height: 0, formulas: [], glyphs: [], nodes: [], edges: [], groups: 0 })
  let describe: (node: SceneNode) => string = () => ''
  let selected: string | null = null
  let lit: string | null = null
  let marked: ReadonlySet<string> = new Set()
  let transform: ZoomTransform = zoomIdentity
  /** The person has zoomed or panned: the drawing stays where it was put. */
  let held = false
  /** The scene with the numbers that are to be seen. */
  let worded: Scene | null = null
  let unveiled: Unveiled | null = null
  let frame = 0
  let region: readonly [number, number, number, number] = [0, 0, 0, 0]
  const drawn = { nodes: new Map<string, Drawn>(), edges: new Map<string, Drawn>() }

  const size = () => ({ width: element.clientWidth || 1, height: element.clientHeight || 1 })
  const behaviour = zoom<SVGSVGElement, unknown>()
    .extent(() => [
      [0, 0],
      [size().width, size().height],
    ])
    .scaleExtent([ZOOM.least, ZOOM.most])
    .filter((event: MouseEvent) => !event.button && event.type !== 'dblclick')
    .on('zoom', (event: { transform: ZoomTransform; sourceEvent: Event | null }) => {
      transform = event.transform
      if (event.sourceEvent) held = true
      world.setAttribute('transform', transform.toString())
      element.classList.toggle('far', transform.k < ZOOM.far)
      later()
      events.moved()
    })
  const canvas = select<SVGSVGElement, unknown>(element)
  canvas.call(behaviour)

  const move = (to: ZoomTransform) => canvas.call(behaviour.transform, to)
  const fitted = (): ZoomTransform => {
    if (!scene) return zoomIdentity
    const { width, height: whole } = size()
    // The buttons stand in a corner below.
    const height = Math.max(whole / 2, whole - CORNER)
    const k = Math.min(ZOOM.fit, width / scene.width, height / scene.height)
    // Whatever its size, all of it can be seen.
    behaviour.scaleExtent([Math.min(ZOOM.least, k), ZOOM.most])
    return zoomIdentity.translate((width - scene.width * k) / 2, (height - scene.height * k) / 2).scale(k)
  }
  /** Where it begins: all of it, or where that can't be read, as much as can, around the selected node. */
  const beginning = (): ZoomTransform => {
    const whole = fitted()
    if (!scene || whole.k >= ZOOM.readable) return whole
    if (scene.nodes.length > OVERVIEW && whole.k >= ZOOM.overview) return whole
    const { width, height } = size()
    const k = ZOOM.readable
    const middle = (selected && links.node(selected)) || { x: scene.width, y: scene.height / 2 }
    const place = (length: number, total: number, at: number) =>
      total * k < length ? (length - total * k) / 2 : Math.min(0, Math.max(length - total * k, length / 2 - at * k))
    return zoomIdentity.translate(place(width, scene.width, middle.x), place(height, scene.height, middle.y)).scale(k)
  }
  const later = () => {
    if (frame) return
    frame = requestAnimationFrame(() => {
      frame = 0
      if (!covered()) draw()
    })
  }

  const seen = () => {
    const { width, height } = size()
    return {
      x: -transform.x / transform.k,
      y: -transform.y / transform.k,
      width: width / transform.k,
      height: height / transform.k,
      k: transform.k,
    }
  }

  /** Whether all that is seen has been drawn already. */
  const covered = () => {
    if (!scene || scene.nodes.length <= MANY) return true
    const part = seen()
    const [left, right, top, bottom] = region
    return part.x > left && part.x + part.width < right && part.y > top && part.y + part.height < bottom
  }

  /** Brings the elements up to what is to be seen. */
  const draw = () => {
    if (!scene) return
    const current = worded ?? scene
    const all = current.nodes.length <= MANY
    const part = seen()
    const [left, right] = [part.x - part.width * AROUND, part.x + part.width * (1 + AROUND)]
    const [top, bottom] = [part.y - part.height * AROUND, part.y + part.height * (1 + AROUND)]
    region = [left, right, top, bottom]
    const nodes = current.nodes.filter(
      ({ key, x, y }) => all || key === selected || (x > left && x < right && y > top && y < bottom),
    )
    const edges = current.edges.filter(({ way }) => all || crosses(way, left, right, top, bottom))
    patch(drawn.edges, edgeLayer, edges, (edge) => edgeMarkup(current, edge) + questionMark(edge), 'edge')
    patch(drawn.nodes, nodeLayer, nodes, (node) => nodeMarkup(current, node) + hitArea(node), 'node', equipNode)
    paint()
  }

  const equipNode = (group: SVGGElement, node: SceneNode) => {
    group.setAttribute('data-key', node.key)
    group.setAttribute('role', 'button')
    group.setAttribute('aria-label', describe(node))
    if (node.kind === 'output') group.setAttribute('aria-hidden', 'true')
    group.classList.add(node.kind)
  }

  /** Classes that follow selection and light. */
  const paint = () => {
    const path = lit ?? selected
    const way = path ? links.pathFrom(path) : null
    for (const [key, { element: group }] of drawn.edges) {
      group.classList.toggle('lit', way?.edges.has(key) ?? false)
      const from = edgeStart.get(key)
      const known = unveiled === null || from === undefined
      group.classList.toggle('no-value', !known && unveiled?.values !== null && !unveiled?.values?.has(from))
      group.classList.toggle('no-gradient', !known && !unveiled?.gradients.has(from))
      group.classList.toggle('asks', !known && (unveiled?.asks ?? false) && !unveiled?.gradients.has(from))
      group.classList.toggle('current', !known && from === unveiled?.current)
    }
    for (const [key, { element: group }] of drawn.nodes) {
      group.classList.toggle('lit', (way?.nodes.has(key) ?? false) && key !== path)
      group.classList.toggle('selected', key === selected)
      group.classList.toggle('pointed', key === lit)
      group.classList.toggle('marked', marked.has(key))
      group.classList.toggle('current', unveiled !== null && links.node(key)?.id === unveiled.current && !isOutput(key))
      group.classList.toggle('no-gradient', unveiled !== null && !unveiled.gradients.has(links.node(key)?.id ?? -1))
      group.setAttribute('tabindex', key === (selected ?? links.first) && !isOutput(key) ? '0' : '-1')
      group.setAttribute('aria-pressed', String(key === selected))
    }
  }
  /** The node that each edge leaves. */
  let edgeStart: ReadonlyMap<string, number> = new Map()
  const isOutput = (key: string) => links.node(key)?.kind === 'output'

  /** A node that can be spoken of: the name behind the last edge stands for the node before it. */
  const realKey = (key: string) => {
    const node = links.node(key)
    return node?.kind === 'output' ? (links.keyOf(node.id) ?? key) : key
  }
  const nodeAt = (target: EventTarget | null): SceneNode | null => {
    const group = target instanceof Element ? target.closest('[data-key]') : null
    const key = group?.getAttribute('data-key')
    return key ? (links.node(realKey(key)) ?? null) : null
  }

  element.addEventListener('click', (event) => {
    const node = nodeAt(event.target)
    if (!node) return
    stage.select(node.key, false)
    events.chosen(node)
    stage.focus()
  })
  element.addEventListener('dblclick', (event) => {
    const node = nodeAt(event.target)
    if (node) events.revealed(node)
  })
  element.addEventListener('pointerover', (event) => events.pointed(nodeAt(event.target)))
  element.addEventListener('pointerleave', () => events.pointed(null))
  element.addEventListener('focusin', (event) => {
    const node = nodeAt(event.target)
    if (!node || node.key === selected) return
    stage.select(node.key, true)
    events.chosen(node)
  })
  new ResizeObserver(() => {
    if (!held) move(beginning())
    else later()
  }).observe(element)

  const seenNow = (shown: Scene) => ({ scene: shown, x: transform.x, y: transform.y, k: transform.k })

  const stage: Stage = {
    element,
    links: () => links,
    show(next, view, same, label, words, node) {
      const before = scene && same && !still() && isFoldedOtherwise(scene, next) ? seenNow(scene) : null
      const gone = before ? leavingBodies(next, drawn.nodes) : new Map<string, SVGGElement>()
      const hadFocus = element.contains(document.activeElement)
      scene = next
      worded = null
      links = linksOf(next)
      const ids = new Map(next.nodes.map((each) => [each.key, each.id]))
      edgeStart = new Map(next.edges.map((edge) => [edge.key, ids.get(edge.from) as number]))
      describe = words
      selected = (node === null ? undefined : links.keyOf(node)) ?? null
      lit = null
      // The letters have other numbers in another scene.
      for (const layer of [drawn.edges, drawn.nodes]) for (const part of layer.values()) part.markup = ''
      glyphs.innerHTML = glyphsMarkup(next)
      element.setAttribute('aria-label', label)
      held = view !== null
      move(view ? zoomIdentity.translate(view.x, view.y).scale(view.k) : beginning())
      draw()
      // The node that had the keyboard may be inside of a fold now.
      if (hadFocus && !element.contains(document.activeElement)) stage.focus()
      ghosts.replaceChildren(...gone.values())
      if (before) travel(before, seenNow(next), drawn.nodes, drawn.edges, gone)
    },
    select(key, scroll) {
      selected = key === null ? null : realKey(key)
      lit = null
      if (selected && scroll) bringIntoView(selected)
      draw()
    },
    get selected() {
      return selected
    },
    light(key) {
      lit = key
      paint()
    },
    mark(keys) {
      marked = keys
      paint()
    },
    values(tensorAt) {
      worded = scene && tensorAt ? revalued(scene, tensorAt) : null
      draw()
    },
    unveil(state) {
      unveiled = state
      const key = state === null || state.current === null ? undefined : links.keyOf(state.current)
      if (key) bringIntoView(key)
      paint()
    },
    fit() {
      held = false
      move(fitted())
    },
    zoomBy(factor) {
      held = true
      canvas.call(behaviour.scaleBy, factor)
    },
    pan(x, y) {
      held = true
      canvas.call(behaviour.translateBy, x / transform.k, y / transform.k)
    },
    centre(x, y) {
      held = true
      canvas.call(behaviour.translateTo, x, y)
    },
    focus() {
      const key = selected ?? links.first
      if (key) drawn.nodes.get(key)?.element.focus({ preventScroll: true })
    },
    get view() {
      return held ? { x: transform.x, y: transform.y, k: transform.k } : null
    },
    window: seen,
  }

  /** Moves the drawing as far as it takes to see the node, and not at all where it is seen. */
  function bringIntoView(key: string) {
    const node = links.node(key)
    if (!node) return
    const part = seen()
    const [dx, dy] = [
      missing(node.x, node.halfWidth, part.x, part.width),
      missing(node.y, node.halfHeight, part.y, part.height),
    ]
    if (dx !== 0 || dy !== 0) canvas.call(behaviour.translateBy, dx, dy)
  }
  if (still()) element.classList.add('still')
  return stage
}
