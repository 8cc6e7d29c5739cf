/** The inputs: a slider and a field for each, and gradient descent on those that are chosen. */
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { formulaView } from './formula'
import { type Entry, foreseen, type Live, rangeAround } from './live'
import { type InputSetting, MOST_ROWS } from './messages'
import { shortNumber, sparkView } from './plot'
import { filled, type PageState } from './state'
import type { PanelStrings } from './strings'

export interface InputEvents {
  move(entry: Entry, to: number, done: boolean): void
  /** Which entry of an array the slider moves. */
  entry(node: number, index: number): void
  choose(node: number, chosen: boolean): void
  rate(rate: number): void
  descend(): void
  giveValues(): void
  resetValues(): void
  writeValues(): void
}

/** Steps that are shown ahead. */
const AHEAD = 6

/** The selected input comes first: of hundreds nobody would find it. */
const firstRows = (inputs: readonly InputSetting[], selected: number | undefined) =>
  [...inputs.filter(({ node }) => node === selected), ...inputs.filter(({ node }) => node !== selected)].slice(
    0,
    MOST_ROWS,
  )

/** The pane of the inputs. */
export function inputsView(state: PageState, strings: PanelStrings, events: InputEvents): TemplateResult {
  const { shown, leaves } = state
  const inputs = shown?.inputs ?? []
  const rows = inputs.length > MOST_ROWS ? firstRows(inputs, state.details?.node) : inputs
  const lacking = inputs.filter(({ node }) => !leaves.has(node))
  const anyTrial = state.moved || inputs.some(({ isTrial }) => isTrial)
  return html`<section class="pane inputs" aria-label=${strings.inputs}>
    <div class="head">
      <h2>${strings.inputs}</h2>
      <span class="space"></span>
      ${lacking.length > 0 ? html`<button type="button" class="text-button" @click=${events.giveValues}>${strings.giveValues}</button>` : nothing}
      ${anyTrial ? html`<button type="button" class="text-button" @click=${events.resetValues}>${strings.reset}</button>` : nothing}
      ${anyTrial && shown?.canWrite ? html`<button type="button" class="text-button" @click=${events.writeValues}>${strings.writeValues}</button>` : nothing}
    </div>
    <div class="rows">${rows.map((input) => rowView(state, input, strings, events))}</div>
    ${inputs.length > rows.length ? html`<p class="dim">${filled(strings.moreInputs, inputs.length - rows.length)}</p>` : nothing}
    ${state.live ? descentView(state, state.live, strings, events) : nothing}
  </section>`
}

function rowView(state: PageState, input: InputSetting, strings: PanelStrings, events: InputEvents) {
  const { leaves, chosen, entries } = state
  const value = leaves.get(input.node)
  const index = entries.get(input.node) ?? 0
  const number = value?.data[index]
  const entry = { node: input.node, index }
  const [low, high] = state.ranges.get(`${input.node}.${index}`) ?? rangeAround(number ?? 0, input.range)
  const told = value && value.data.length > 1 ? `${input.plain}${subscript(value.shape, index)}` : input.plain
  const move = (done: boolean) => (event: Event) => {
    const to = (event.target as HTMLInputElement).valueAsNumber
    if (Number.isFinite(to)) events.move(entry, to, done)
  }
  return html`<div class="row">
    <input
      type="checkbox"
      title=${filled(strings.include, told)}
      aria-label=${filled(strings.include, told)}
      .checked=${live(chosen.has(input.node))}
      @change=${(event: Event) => events.choose(input.node, (event.target as HTMLInputElement).checked)}
    />
    <span class="name">${input.name ? formulaView(input.name, 16) : input.plain}</span>
    ${value && value.data.length > 1 ? entryView(input, value.shape, value.data.length, index, strings, events) : nothing}
    <input
      type="range"
      min=${low}
      max=${high}
      step=${(high - low) / 200}
      aria-label=${filled(strings.valueOf, told)}
      ?disabled=${number === undefined}
      .value=${live(String(number ?? 0))}
      @input=${move(false)}
      @change=${move(true)}
    />
    <input
      type="number"
      step="any"
      aria-label=${filled(strings.valueOf, told)}
      ?disabled=${number === undefined}
      .value=${live(number === undefined ? '' : shortNumber(number))}
      @change=${move(true)}
    />
    <span class="chip" title=${strings.trialTitle}>${input.isTrial || (state.moved && number !== input.data?.[index]) ? strings.trial : ''}</span>
  </div>`
}

/** `₁₂`: the place of an entry, rows and columns counted from 1. */
function subscript(shape: readonly number[], index: number): string {
  const columns = shape[shape.length - 1] ?? 1
  const place = shape.length === 1 ? [index] : [Math.floor(index / columns), index % columns]
  return place
    .map((each) => [...String(each + 1)].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join(''))
    .join(place.some((each) => each > 8) ? ',' : '')
}

const entryView = (
  input: InputSetting,
  shape: readonly number[],
  count: number,
  index: number,
  strings: PanelStrings,
  events: InputEvents,
) => html`<select
  aria-label=${filled(strings.entry, input.plain)}
  .value=${live(String(index))}
  @change=${(event: Event) => events.entry(input.node, Number((event.target as HTMLSelectElement).value))}
>${Array.from({ length: count }, (_, i) => html`<option value=${i}>${input.plain}${subscript(shape, i)}</option>`)}</select>`

function descentView(state: PageState, live: Live, strings: PanelStrings, events: InputEvents) {
  const { leaves, rate, chosen, losses, shown } = state
  if (!Number.isFinite(live.outputAt(leaves))) return nothing
  const next = foreseen(live, leaves, [...chosen], rate, AHEAD)
  return html`<div class="descent">
    <div class="act">
      <button type="button" class="text-button" ?disabled=${chosen.size === 0} @click=${events.descend}>${strings.descend} ↓</button>
      <label>η <input
        type="number"
        min="0"
        step="0.01"
        aria-label=${strings.rate}
        .value=${String(rate)}
        @change=${(event: Event) => events.rate((event.target as HTMLInputElement).valueAsNumber)}
      /></label>
      <div class="dim rule">${strings.descentRule}</div>
    </div>
    <figure>
      <figcaption class="dim">${filled(strings.losses, shown?.name ?? '')}</figcaption>
      ${sparkView(losses, next, filled(strings.losses, shown?.name ?? ''))}
    </figure>
  </div>`
}
