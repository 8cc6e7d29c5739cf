/** The drawing in the page: an SVG whose elements are kept from one scene to the next, with zoom, pan, selection and light. */
import { select } from 'd3-selection'
import { type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom'
import { revalued } from '../drawing/revalue'
import type { Scene, SceneEdge, SceneNode } from '../drawing/scene'
import { edgeMarkup, glyphsMarkup, nodeMarkup } from '../drawing/svg'
import type { Tensor } from '../operations/operation'
import { around, beginning, fitted, isInside, type Region, seenIn, towards, type View, ZOOM } from './camera'
import { createElement, crosses, type Drawn, hitArea, patch, SVG } from './elements'
import { type Links, linksOf } from './links'
import { isFoldedOtherwise, leavingBodies, travel } from './motion'
import { paintClasses, type Unveiled } from './paint'

export interface StageEvents {
  /** A node was chosen, by pointer or keyboard. */
  chosen(node: SceneNode): void
  /** Show where it is written; a second click, or Enter. */
  revealed(node: SceneNode): void
  /** The pointer rests on a node, or on none. */
  pointed(node: SceneNode | null): void
  moved(): void
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

/** Scenes with more nodes are drawn only where they are seen. */
const MANY = 300
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
  /** What has been drawn. */
  let region: Region = { x: 0, y: 0, width: 0, height: 0 }
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
  const asTransform = ({ x, y, k }: View): ZoomTransform => zoomIdentity.translate(x, y).scale(k)
  /** Whatever its size, all of it can be seen. */
  const allowed = (view: View): ZoomTransform => {
    behaviour.scaleExtent([Math.min(ZOOM.least, view.k), ZOOM.most])
    return asTransform(view)
  }
  const all = () => (scene ? allowed(fitted(scene, size())) : zoomIdentity)
  const begun = (): ZoomTransform => {
    if (!scene) return zoomIdentity
    const middle = (selected && links.node(selected)) || { x: scene.width, y: scene.height / 2 }
    allowed(fitted(scene, size()))
    return asTransform(beginning(scene, scene.nodes.length, size(), middle))
  }
  const later = () => {
    if (frame) return
    frame = requestAnimationFrame(() => {
      frame = 0
      if (!covered()) draw()
    })
  }

  const seen = () => ({ ...seenIn(transform, size()), k: transform.k })

  /** Whether all that is seen has been drawn already. */
  const covered = () => !scene || scene.nodes.length <= MANY || isInside(seen(), region)

  /** Brings the elements up to what is to be seen. */
  const draw = () => {
    if (!scene) return
    const current = worded ?? scene
    const whole = current.nodes.length <= MANY
    region = around(seen())
    const { x: left, y: top } = region
    const [right, bottom] = [left + region.width, top + region.height]
    const nodes = current.nodes.filter(
      ({ key, x, y }) => whole || key === selected || (x > left && x < right && y > top && y < bottom),
    )
    const edges = current.edges.filter(({ way }) => whole || crosses(way, left, right, top, bottom))
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

  const paint = () => paintClasses(drawn, { links, selected, lit, marked, unveiled, edgeStart })
  /** The node that each edge leaves. */
  let edgeStart: ReadonlyMap<string, number> = new Map()
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
    if (!held) move(begun())
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
      move(view ? asTransform(view) : begun())
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
      move(all())
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
    const { dx, dy } = towards(node, seen())
    if (dx !== 0 || dy !== 0) canvas.call(behaviour.translateBy, dx, dy)
  }
  if (still()) element.classList.add('still')
  return stage
}
