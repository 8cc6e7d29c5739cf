/** Below the drawing: what the hover says about the selected node. And the table of all nodes. */
import { html, nothing, type TemplateResult } from 'lit'
import { formulaView } from './formula'
import type { DetailRow, Details, PanelStrings, TableRow } from './messages'

const SIZE = { title: 17, row: 15 }

/** The strip. */
export function stripView(details: Details | null, strings: PanelStrings): TemplateResult {
  if (!details) return html`<footer class="strip" aria-live="polite"></footer>`
  const { title, rows, rule, sentence } = details
  return html`<footer class="strip" aria-live="polite">
    <dl>
      <dt>${strings.node}</dt>
      <dd>${formulaView(title, SIZE.title)}</dd>
      ${rows.map(rowView)}
      ${rule && sentence ? html`<dt>${rule}</dt><dd>${sentence}</dd>` : nothing}
    </dl>
  </footer>`
}

const rowView = ({ label, role, equations, text }: DetailRow) => html`<dt>${label}</dt>
  <dd class=${role}>
    ${text === null ? nothing : html`<span>${text}</span>`}
    ${equations.map((parts) => html`<div class="equation">${parts.map((part) => formulaView(part, SIZE.row))}</div>`)}
  </dd>`

const HEIGHT = { least: 60, step: 24 }

/** The edge between drawing and strip, which can be moved by pointer and keyboard. */
export function splitterView(strings: PanelStrings): TemplateResult {
  const resize = (strip: HTMLElement, height: number) => {
    const most = window.innerHeight - 160
    strip.style.height = `${Math.max(HEIGHT.least, Math.min(most, height))}px`
  }
  const stripOf = (event: Event) => (event.currentTarget as HTMLElement).nextElementSibling as HTMLElement
  return html`<div
    class="splitter"
    role="separator"
    tabindex="0"
    aria-orientation="horizontal"
    aria-label=${strings.resize}
    @pointerdown=${(event: PointerEvent) => (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)}
    @pointermove=${(event: PointerEvent) => {
      if (event.buttons === 1) resize(stripOf(event), window.innerHeight - event.clientY)
    }}
    @keydown=${(event: KeyboardEvent) => {
      const steps: Record<string, number> = { ArrowUp: HEIGHT.step, ArrowDown: -HEIGHT.step }
      const step = steps[event.key]
      if (step === undefined) return
      event.preventDefault()
      resize(stripOf(event), stripOf(event).offsetHeight + step)
    }}
  ></div>`
}

/** The same content in words, for those who listen or want to copy. */
export function tableView(
  rows: readonly TableRow[],
  strings: PanelStrings,
  selected: number | null,
  select: (node: number) => void,
): TemplateResult {
  return html`<div class="table" tabindex="0" role="region" aria-label=${strings.table}>
    <table>
      <thead>
        <tr>
          <th scope="col">${strings.node}</th>
          <th scope="col">${strings.value}</th>
          <th scope="col">${strings.localDerivatives}</th>
          <th scope="col">${strings.gradient}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ node, expression, value, locals, gradient }) => html`<tr class=${node === selected ? 'selected' : ''}>
            <th scope="row"><button type="button" @click=${() => select(node)}>${expression}</button></th>
            <td class="value">${value}</td>
            <td>${locals.map((local) => html`<div>${local}</div>`)}</td>
            <td class="gradient">${gradient}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
