/** The head of the page: which derivation, shown how, and what can be done with it. */
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { formulaView } from './formula'
import {
  CONVENTIONS,
  COPY_FORMATS,
  type Convention,
  type EXPORT_FORMATS,
  exportLabels,
  MODES,
  type Mode,
  type ShowMessage,
  type UpstreamChoice,
} from './messages'
import { filled, type PageState } from './state'
import type { PanelStrings } from './strings'

export interface ToolbarEvents {
  choose(key: string): void
  mode(mode: Mode): void
  convention(convention: Convention): void
  upstream(choice: UpstreamChoice): void
  pin(pinned: boolean): void
  zoom(factor: number): void
  fit(): void
  collapse(collapsed: boolean): void
  view(view: PageState['view']): void
  menu(open: boolean): void
  exportAs(format: (typeof EXPORT_FORMATS)[number]): void
  copyAs(format: (typeof COPY_FORMATS)[number]): void
  find(text: string | null): void
  findNext(step: 1 | -1): void
  quiz(): void
  panes(): void
}

/** A longer formula would push the buttons into a line of their own; the strip has it. In em. */
const LONGEST_TITLE = 16

/** An icon that is a button. */
function iconButton(icon: string, label: string, click: () => void, pressed?: boolean): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    title=${label}
    aria-label=${label}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    @click=${click}
  ><span class="codicon codicon-${icon}" aria-hidden="true"></span></button>`
}

/** The toolbar. */
export function toolbarView(state: PageState, events: ToolbarEvents): TemplateResult {
  const { shown, strings } = state
  if (!shown || !strings) return html``
  return html`<header>
    <h1 class="unseen">${filled(strings.graphOf, shown.name)}</h1>
    <div class="toolbar" role="toolbar" aria-label=${filled(strings.graphOf, shown.name)}>
    ${
      shown.choices.length > 1
        ? choicesView(shown, strings, events)
        : html`<span class="title">${shown.title.picture.width > LONGEST_TITLE ? shown.name : formulaView(shown.title, 17)}</span>`
    }
    <button
      type="button"
      class="icon-button worded"
      title=${shown.pinned ? strings.unpin : strings.pin}
      aria-pressed=${String(shown.pinned)}
      @click=${() => events.pin(!shown.pinned)}
    ><span class="codicon codicon-${shown.pinned ? 'pinned' : 'target'}" aria-hidden="true"></span> <span class="wording">${shown.pinned ? strings.stays : strings.follows}</span></button>
    <span class="space"></span>
    <span class="buttons">
      ${shown.questions.length > 0 ? html`<button type="button" class="text-button ${state.quiz ? 'primary' : ''}" aria-pressed=${String(state.quiz !== null)} @click=${events.quiz}>${state.quiz ? strings.endQuiz : strings.quizMe}</button>` : nothing}
      ${iconButton('settings', strings.panes, events.panes, state.panes)}
      ${shown.scene.groups > 0 ? groupsButton(shown, strings, events) : nothing}
      ${iconButton('search', strings.find, () => events.find(state.find ? null : ''), state.find !== null)}
      ${iconButton('table', strings.table, () => events.view(state.view === 'table' ? 'graph' : 'table'), state.view === 'table')}
      ${menuView(state, strings, events)}
    </span>
    <span class="line"></span>
    ${conventionsView(shown, strings, events)} ${modesView(shown, strings, events)}
    <span class="space"></span>
    ${upstreamView(shown, strings, events)}
    ${state.find ? findView(state, strings, events) : nothing}
  </div></header>`
}

/** The buttons in the corner of the drawing. */
export const zoomView = (strings: PanelStrings, events: ToolbarEvents): TemplateResult => html`<div class="zoom">
  ${iconButton('zoom-out', strings.zoomOut, () => events.zoom(1 / 1.25))}
  ${iconButton('screen-full', strings.fit, events.fit)}
  ${iconButton('zoom-in', strings.zoomIn, () => events.zoom(1.25))}
</div>`

/** The derivation by its name, which of how many, and the ways to its neighbours. */
function choicesView(shown: ShowMessage, strings: PanelStrings, events: ToolbarEvents) {
  const count = shown.choices.length
  const at = shown.choices.findIndex(({ key }) => key === shown.current)
  const go = (step: number) => () => {
    const to = shown.choices[(at + step + count) % count]
    if (to) events.choose(to.key)
  }
  const label = (index: number) => {
    const choice = shown.choices[index]
    return choice ? filled(strings.derivationAt, choice.name, choice.line) : ''
  }
  return html`${iconButton('chevron-left', strings.previous, go(-1))}<select
    class="choices"
    aria-label=${strings.derivation}
    title=${strings.derivation}
    .value=${live(shown.current)}
    @change=${(event: Event) => events.choose((event.target as HTMLSelectElement).value)}
  >
    ${shown.choices.map(
      ({ key }, i) => html`<option value=${key} ?selected=${key === shown.current}>${label(i)}</option>`,
    )}
  </select><span class="count">${filled(strings.countOf, at + 1, count)}</span>${iconButton('chevron-right', strings.next, go(1))}`
}

interface Segment<T extends string> {
  readonly value: T
  readonly label: string
  readonly disabled: boolean
}

/** A few choices side by side, of which one is taken. */
function segmentsView<T extends string>(
  label: string,
  segments: readonly Segment<T>[],
  current: T,
  choose: (value: T) => void,
) {
  const open = segments.filter(({ disabled }) => !disabled)
  const onKey = (value: T) => (event: KeyboardEvent) => {
    if (!/^Arrow(Left|Right|Up|Down)$/.test(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    const at = open.findIndex((each) => each.value === value)
    const to = open[(at + (/Left|Up/.test(event.key) ? open.length - 1 : 1)) % open.length] as Segment<T>
    const group = (event.currentTarget as HTMLElement).parentElement
    choose(to.value)
    group?.querySelector<HTMLElement>(`[data-value="${to.value}"]`)?.focus()
  }
  return html`<span class="segments" role="radiogroup" aria-label=${label}>
    ${segments.map(
      ({ value, label: words, disabled }) => html`<button
        type="button"
        role="radio"
        data-value=${value}
        aria-checked=${String(current === value)}
        tabindex=${current === value ? 0 : -1}
        ?disabled=${disabled}
        @click=${() => choose(value)}
        @keydown=${onKey(value)}
      >${words}</button>`,
    )}
  </span>`
}

const modesView = (shown: ShowMessage, strings: PanelStrings, events: ToolbarEvents) =>
  segmentsView(
    strings.show,
    MODES.map((value) => ({ value, label: strings[value], disabled: false })),
    shown.mode,
    events.mode,
  )

const conventionsView = (shown: ShowMessage, strings: PanelStrings, events: ToolbarEvents) =>
  segmentsView(
    strings.convention,
    CONVENTIONS.map((value) => ({ value, label: strings[value], disabled: value === 'matrix' && !shown.hasArrays })),
    shown.convention,
    events.convention,
  )

function upstreamView(shown: ShowMessage, strings: PanelStrings, events: ToolbarEvents) {
  const labels: Record<UpstreamChoice, string> = {
    auto: strings.upstreamAuto,
    one: strings.upstreamOne,
    symbol: filled(strings.upstreamSymbol, shown.upstreamName),
  }
  return html`<select
    class="upstream"
    aria-label=${strings.upstream}
    title=${strings.upstream}
    .value=${live(shown.upstream)}
    @change=${(event: Event) => events.upstream((event.target as HTMLSelectElement).value as UpstreamChoice)}
  >
    ${Object.entries(labels).map(
      ([key, label]) => html`<option value=${key} ?selected=${key === shown.upstream}>${label}</option>`,
    )}
  </select>`
}

function groupsButton(shown: ShowMessage, strings: PanelStrings, events: ToolbarEvents) {
  return shown.collapsed
    ? iconButton('expand-all', strings.expandAll, () => events.collapse(false))
    : iconButton('collapse-all', strings.collapseAll, () => events.collapse(true))
}

function menuView(state: PageState, strings: PanelStrings, events: ToolbarEvents) {
  const labels = exportLabels(strings)
  const item = (label: string, icon: string, click: () => void) => html`<button
    type="button"
    role="menuitem"
    tabindex="-1"
    @click=${() => {
      events.menu(false)
      click()
    }}
  ><span class="codicon codicon-${icon}" aria-hidden="true"></span>${label}</button>`
  return html`<span class="menu" @keydown=${(event: KeyboardEvent) => menuKeys(event, events)} @focusout=${(
    event: FocusEvent,
  ) => {
    const inside = (event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null)
    if (state.menu && !inside) events.menu(false)
  }}>
    <button
      type="button"
      class="icon-button"
      title=${strings.exportMenu}
      aria-label=${strings.exportMenu}
      aria-haspopup="menu"
      aria-expanded=${String(state.menu)}
      @click=${() => events.menu(!state.menu)}
    ><span class="codicon codicon-desktop-download" aria-hidden="true"></span></button>
    ${
      state.menu
        ? html`<div role="menu" aria-label=${strings.exportMenu}>
          ${(state.shown?.formats ?? []).map((format) => item(labels[format], 'save', () => events.exportAs(format)))}
          <hr />
          ${COPY_FORMATS.map((format) => item(labels[format], 'copy', () => events.copyAs(format)))}
        </div>`
        : nothing
    }
  </span>`
}

function menuKeys(event: KeyboardEvent, events: ToolbarEvents): void {
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role="menuitem"]')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }
  const step = steps[event.key]
  if (event.key === 'Escape' && items.length > 0) {
    ;(event.currentTarget as HTMLElement).querySelector<HTMLElement>('.icon-button')?.focus()
    events.menu(false)
  } else if (step !== undefined && items.length > 0) items.at(step % items.length)?.focus()
  else return
  event.preventDefault()
  event.stopPropagation()
}

function findView({ find }: PageState, strings: PanelStrings, events: ToolbarEvents) {
  if (!find) return nothing
  const count =
    find.text === '' ? '' : find.keys.length === 0 ? strings.noMatch : `${find.at + 1} / ${find.keys.length}`
  return html`<span class="find" role="search">
    <input
      type="text"
      placeholder=${strings.findPlaceholder}
      aria-label=${strings.find}
      .value=${live(find.text)}
      @input=${(event: Event) => events.find((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return
        event.stopPropagation()
        if (event.key === 'Enter') events.findNext(event.shiftKey ? -1 : 1)
        if (event.key === 'Escape') events.find(null)
      }}
    />
    <span class="count" role="status">${count}</span>
    ${iconButton('arrow-up', strings.findPrevious, () => events.findNext(-1))} ${iconButton('arrow-down', strings.findNext, () => events.findNext(1))}
    ${iconButton('close', strings.close, () => events.find(null))}
  </span>`
}
