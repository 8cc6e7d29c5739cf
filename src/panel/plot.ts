/** Small plots: the output over one input with its tangent, contours over two, and the output over the steps of a descent. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { formatNumber, printedNumber } from '../writing/number'
import { contoursOf } from './contours'
import { centralDifference, curveOf, type Entry, type Leaves, type Live, rangeAround, type Sample } from './live'
import { filled, type PageState } from './state'
import type { PanelStrings } from './strings'
import { ticksOf } from './ticks'

export interface PlotEvents {
  over(node: number): void
  contours(on: boolean): void
  move(entry: Entry, to: number, done: boolean): void
}

const SIZE = { width: 320, height: 170, left: 46, right: 22, top: 20, bottom: 20 }
const SAMPLES = 121

/** A number for a field, as one reads it at a glance. */
export const shortNumber = (value: number): string => formatNumber(value, 4)

interface Frame {
  x(value: number): number
  y(value: number): number
  valueAt(x: number): number
}

function frameOf([low, high]: readonly [number, number], [bottom, top]: readonly [number, number]): Frame {
  const { width, height, left, right, top: above, bottom: below } = SIZE
  const [wide, tall] = [width - left - right, height - above - below]
  const round = (value: number) => Math.round(value * 10) / 10
  return {
    x: (value) => round(left + ((value - low) / (high - low)) * wide),
    y: (value) => round(above + (1 - (value - bottom) / (top - bottom)) * tall),
    valueAt: (x) => low + ((x - left) / wide) * (high - low),
  }
}

/** The pane of the plot. */
export function plotView(state: PageState, strings: PanelStrings, events: PlotEvents): TemplateResult {
  const { live: graph, leaves, shown } = state
  const movable = (shown?.inputs ?? []).filter(({ node }) => leaves.has(node))
  const over = movable.find(({ node }) => node === state.over) ?? movable[0]
  if (!graph || !over || !shown || !Number.isFinite(graph.outputAt(leaves))) {
    return html`<section class="pane plot" aria-label=${strings.plot}>
      <div class="head"><h2>${strings.plot}</h2></div>
      <p class="dim">${strings.plotNothing}</p>
    </section>`
  }
  const entry: Entry = { node: over.node, index: state.entries.get(over.node) ?? 0 }
  const slope = graph.slopeAt(leaves, entry)
  const other = movable.find(({ node }) => node !== over.node)
  const second = other && { node: other.node, index: state.entries.get(other.node) ?? 0 }
  const hidden = state.quiz !== null
  return html`<section class="pane plot" aria-label=${strings.plot}>
    <div class="head">
      <h2>${strings.plot}</h2>
      <select
        aria-label=${strings.over}
        .value=${live(String(over.node))}
        @change=${(event: Event) => events.over(Number((event.target as HTMLSelectElement).value))}
      >${movable.map(({ node, plain }) => html`<option value=${node}>${plain}</option>`)}</select>
      <span class="slope">${filled(strings.slope, hidden ? '?' : printedNumber(slope, 4))}</span>
      <span class="space"></span>
      ${second ? html`<button type="button" class="text-button" aria-pressed=${String(state.contours)} @click=${() => events.contours(!state.contours)}>${strings.contours}</button>` : nothing}
    </div>
    ${
      state.contours && second && other
        ? contourView(graph, leaves, [entry, second], [over.plain, other.plain], state, hidden)
        : curveView(graph, leaves, entry, { state, slope, hidden, names: [over.plain, shown.name], events })
    }
    ${hidden ? nothing : checkView(graph, leaves, entry, slope, strings)}
  </section>`
}

const rangeOf = (state: PageState, { node, index }: Entry, value: number): readonly [number, number] =>
  state.ranges.get(`${node}.${index}`) ??
  rangeAround(value, state.shown?.inputs.find((input) => input.node === node)?.range ?? null)

interface CurveLook {
  readonly state: PageState
  readonly slope: number
  readonly hidden: boolean
  readonly names: readonly [string, string]
  readonly events: PlotEvents
}

function curveView(graph: Live, leaves: Leaves, entry: Entry, { state, slope, hidden, names, events }: CurveLook) {
  const at = leaves.get(entry.node)?.data[entry.index] ?? 0
  const range = rangeOf(state, entry, at)
  const samples = curveOf(graph, leaves, entry, range, SAMPLES)
  const height = graph.outputAt(leaves)
  const finite = samples.map(({ y }) => y).filter(Number.isFinite)
  const [bottom, top] = padded(Math.min(height, ...finite), Math.max(height, ...finite))
  const frame = frameOf(range, [bottom, top])
  const reach = (range[1] - range[0]) / 5
  const within = (value: number, [low, high]: readonly [number, number]) => Math.max(low, Math.min(high, value))
  /** As far as the plot goes, in both directions. */
  const tangent = [-reach, reach].map((dx) => {
    const far = height + slope * (within(at + dx, range) - at)
    const y = within(far, [bottom, top])
    return `${frame.x(y === far ? within(at + dx, range) : at + (y - height) / slope)} ${frame.y(y)}`
  })
  const drag = (done: boolean) => (event: PointerEvent) => {
    if (!done && event.buttons !== 1) return
    const element = event.currentTarget as SVGSVGElement
    const box = element.getBoundingClientRect()
    const to = frame.valueAt(((event.clientX - box.left) / box.width) * SIZE.width)
    if (!done) element.setPointerCapture(event.pointerId)
    events.move(entry, Number(Math.max(range[0], Math.min(range[1], to)).toPrecision(3)), done)
  }
  return html`<svg
    class="chart"
    viewBox="0 0 ${SIZE.width} ${SIZE.height}"
    role="img"
    aria-label="${names[1]}(${names[0]})"
    @pointerdown=${drag(false)}
    @pointermove=${drag(false)}
    @pointerup=${drag(true)}
  >${svg`
    ${axes(frame, range, [bottom, top], names)}
    <path class="curve" d=${lineOf(samples, frame)} />
    ${hidden ? nothing : svg`<path class="tangent" d="M${tangent.join('L')}" />`}
    <path class="drop" d="M${frame.x(at)} ${frame.y(height)}V${SIZE.height - SIZE.bottom}" />
    <circle class="point" cx=${frame.x(at)} cy=${frame.y(height)} r="4.5" />
  `}</svg>`
}

/** Some room above and below; a flat line stands in the middle. */
function padded(low: number, high: number): readonly [number, number] {
  const room = high > low ? (high - low) * 0.08 : Math.max(1, Math.abs(high))
  return [low - room, high + room]
}

/** The way of a curve, interrupted where there is no value. */
function lineOf(samples: readonly Sample[], frame: Frame): string {
  let pen = 'M'
  const parts: string[] = []
  for (const { x, y } of samples) {
    if (!Number.isFinite(y)) {
      pen = 'M'
      continue
    }
    parts.push(`${pen}${frame.x(x)} ${frame.y(y)}`)
    pen = 'L'
  }
  return parts.join('')
}

function axes(
  frame: Frame,
  [low, high]: readonly [number, number],
  [bottom, top]: readonly [number, number],
  [across, up]: readonly [string, string],
) {
  const floor = SIZE.height - SIZE.bottom
  return svg`
    <path class="axis" d="M${SIZE.left} ${SIZE.top}V${floor}H${SIZE.width - SIZE.right}" />
    ${ticksOf(low, high, MOST_TICKS.across).map(
      (value) => svg`<path class="axis" d="M${frame.x(value)} ${floor}v3" />
    <text class="tick middle" x=${frame.x(value)} y=${floor + 14}>${printedNumber(value)}</text>`,
    )}
    ${ticksOf(bottom, top, MOST_TICKS.up).map(
      (value) => svg`<path class="axis" d="M${SIZE.left} ${frame.y(value)}h-3" />
    <text class="tick end" x=${SIZE.left - 6} y=${frame.y(value) + 3.5}>${printedNumber(value)}</text>`,
    )}
    <text class="tick name" x=${SIZE.width - SIZE.right + 6} y=${floor + 4}>${across.length > 2 ? nothing : across}</text>
    <text class="tick middle name" x=${SIZE.left} y=${SIZE.top - 8}>${up}</text>`
}

const MOST_TICKS = { across: 5, up: 4 }

function contourView(
  graph: Live,
  leaves: Leaves,
  [first, second]: readonly [Entry, Entry],
  names: readonly [string, string],
  state: PageState,
  hidden: boolean,
) {
  const [x, y] = [first, second].map((entry) => leaves.get(entry.node)?.data[entry.index] ?? 0) as [number, number]
  const [across, up] = [rangeOf(state, first, x), rangeOf(state, second, y)]
  const frame = frameOf(across, up)
  const lines = contoursOf(graph, leaves, [first, second], [across, up])
  const [gx, gy] = [graph.slopeAt(leaves, first), graph.slopeAt(leaves, second)]
  const length = Math.hypot(gx, gy)
  const tip = { x: frame.x(x) + (36 * gx) / length, y: frame.y(y) - (36 * gy) / length }
  const angle = (Math.atan2(tip.y - frame.y(y), tip.x - frame.x(x)) * 180) / Math.PI
  return html`<svg class="chart" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="${names.join(', ')}">${svg`
    ${axes(frame, across, up, names)}
    ${lines.map(({ from, to, level }) => svg`<path class="contour" opacity=${0.35 + 0.65 * level} d="M${frame.x(from.x)} ${frame.y(from.y)}L${frame.x(to.x)} ${frame.y(to.y)}" />`)}
    ${
      hidden || !(length > 0)
        ? nothing
        : svg`<path class="tangent" d="M${frame.x(x)} ${frame.y(y)}L${tip.x} ${tip.y}" />
      <path class="tip" transform="translate(${tip.x} ${tip.y}) rotate(${angle})" d="M4 0l-9 -4v8z" />`
    }
    <circle class="point" cx=${frame.x(x)} cy=${frame.y(y)} r="4.5" />
  `}</svg>`
}

/** The gradient held against the quotient of small differences. */
function checkView(graph: Live, leaves: Leaves, entry: Entry, slope: number, strings: PanelStrings) {
  const found = centralDifference(graph, leaves, entry)
  if (!Number.isFinite(found) || !Number.isFinite(slope)) return nothing
  const error = Math.abs(found - slope)
  const agrees = error <= 1e-4 * Math.max(1, Math.abs(slope))
  const words = filled(strings.differences, printedNumber(found, 5), printedNumber(error, 2))
  return html`<p class="check ${agrees ? 'agrees' : ''}"><span aria-hidden="true">${agrees ? '✓' : '≠'}</span> ${words}</p>`
}

const SPARK = { width: 150, height: 58, pad: 6 }

/** What was, as a line, and what comes next, as open circles. */
export function sparkView(past: readonly number[], next: readonly number[], label: string): TemplateResult {
  const all = [...past.slice(0, -1), ...next]
  const finite = all.filter(Number.isFinite)
  const [low, high] = padded(Math.min(...finite), Math.max(...finite))
  const { width, height, pad } = SPARK
  const x = (i: number) => pad + (i / Math.max(1, all.length - 1)) * (width - 2 * pad)
  const y = (value: number) => height - pad - ((value - low) / (high - low)) * (height - 2 * pad)
  const now = Math.max(0, past.length - 1)
  const points = all.map((value, i) => ({ value, i })).filter(({ value }) => Number.isFinite(value))
  const way = (some: typeof points) =>
    some.length > 1 ? `M${some.map(({ value, i }) => `${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join('L')}` : ''
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}: ${next.map((value) => formatNumber(value, 3)).join(', ')}">${svg`
    <path class="axis" d="M${pad} ${height - 2}H${width - pad}" />
    <path class="curve" d=${way(points.filter(({ i }) => i <= now))} />
    <path class="ahead" d=${way(points.filter(({ i }) => i >= now))} />
    ${points.map(({ value, i }) => svg`<circle class=${i > now ? 'next' : 'point'} cx=${x(i)} cy=${y(value)} r=${i === now ? 3.5 : 2.4} />`)}
  `}</svg>`
}
