/** Below the drawing: the two passes, step by step. */
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { styleMap } from 'lit/directives/style-map.js'
import { formulaView } from './formula'
import { withKeys } from './keyWords'
import type { PlayStep } from './messages'
import { filled, type PageState } from './state'
import type { PanelStrings } from './strings'

export interface PlayerEvents {
  /** Goes to a step; `null`: everything is shown again. */
  step(index: number | null): void
  play(playing: boolean): void
  speed(speed: number): void
}

const SPEEDS = [0.5, 1, 2, 4]
const SIZE = 16
/** More steps are a line. */
const MOST_TICKS = 40

/** Buttons, scrubber and the sentence of the step. */
export function playerView(state: PageState, strings: PanelStrings, events: PlayerEvents): TemplateResult {
  const steps = state.shown?.steps ?? []
  if (steps.length === 0) return html``
  const { index, playing, speed } = state.player
  const at = index ?? -1
  const last = steps.length - 1
  const go = (to: number) => () => events.step(Math.max(-1, Math.min(last, to)) < 0 ? null : Math.min(last, to))
  const button = (icon: string, label: string, click: () => void, disabled = false, pressed?: boolean) => html`<button
    type="button"
    class="icon-button"
    title=${label}
    aria-label=${label}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    ?disabled=${disabled}
    @click=${click}
  ><span class="codicon codicon-${icon}" aria-hidden="true"></span></button>`
  return html`<section class="player" aria-label=${strings.player}>
    <div class="controls">
      ${button('debug-reverse-continue', strings.stepFirst, go(0), index === 0)}
      ${button('chevron-left', strings.stepBack, go(at - 1), index === null)}
      ${button(playing ? 'debug-pause' : 'play', playing ? strings.pause : strings.play, () => events.play(!playing), false, playing)}
      ${button('chevron-right', strings.stepOn, go(at + 1), at === last)}
      ${button('debug-continue', strings.stepLast, go(last), at === last)}
      ${scrubberView(steps, at, strings, events)}
      <span class="count">${filled(strings.stepOf, at + 1, steps.length)}</span>
      <select
        class="speed"
        aria-label=${strings.speed}
        title=${strings.speed}
        .value=${live(String(speed))}
        @change=${(event: Event) => events.speed(Number((event.target as HTMLSelectElement).value))}
      >${SPEEDS.map((each) => html`<option value=${each}>${each}×</option>`)}</select>
      ${index === null ? nothing : button('close', strings.stepEnd, () => events.step(null))}
    </div>
    <div class="sentence ${index === null ? '' : (steps[index]?.pass ?? '')}" aria-live="polite">${sentenceView(state, strings)}</div>
  </section>`
}

/** A slider over all steps; where the backward pass begins is marked. */
function scrubberView(steps: readonly PlayStep[], at: number, strings: PanelStrings, events: PlayerEvents) {
  const turn = steps.filter(({ pass }) => pass === 'forward').length
  const share = (place: number) => `${((place / Math.max(1, steps.length)) * 100).toFixed(2)}%`
  const ticks = steps.length <= MOST_TICKS ? Array.from({ length: steps.length + 1 }, (_, place) => place) : [turn]
  const said = steps[at]
    ? `${strings[steps[at].pass]}, ${filled(strings.stepOf, at + 1, steps.length)}`
    : strings.stepAll
  return html`<span class="scrubber" style=${styleMap({ '--turn': share(turn) })}>
    <span class="passes" aria-hidden="true"><span class="forward">${strings.forward}</span><span class="backward">${strings.backward}</span></span>
    <span class="ticks" aria-hidden="true">${ticks.map((place) => html`<span style=${styleMap({ left: share(place) })} class=${place > turn ? 'backward' : ''}></span>`)}</span>
    <input
      type="range"
      class="steps ${at >= turn ? 'backward' : ''}"
      min="0"
      max=${steps.length}
      step="1"
      aria-label=${strings.scrub}
      aria-valuetext=${said}
      .value=${live(String(at + 1))}
      @input=${(event: Event) => {
        const to = Number((event.target as HTMLInputElement).value) - 1
        events.step(to < 0 ? null : to)
      }}
    />
  </span>`
}

function sentenceView({ player, shown }: PageState, strings: PanelStrings) {
  const { index, sentence } = player
  if (index === null) return html`<span class="dim">${withKeys(strings.playerHint, '.', ',')}</span>`
  const step = shown?.steps[index]
  if (!sentence || !step) return nothing
  const arrow = step.pass === 'forward' ? '→' : '←'
  return html`<span class="arrow" aria-hidden="true">${arrow}</span>
    <span class="equation">${sentence.parts.map((part) => formulaView(part, SIZE))}</span>
    ${sentence.words === null ? nothing : html`<span class="words">${sentence.words}</span>`}`
}
