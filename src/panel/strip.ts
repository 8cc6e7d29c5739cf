/** Below the drawing: what the hover says about the selected node. And the table of all nodes. */
import { html, nothing, type TemplateResult } from 'lit'
import { formulaView } from './formula'
import type { DetailRow, Details, TableRow } from './messages'
import type { PanelStrings } from './strings'

const SIZE = { title: 17, row: 15 }

/** The strip, whose upper edge can be moved. */
export function stripView(details: Details | null, strings: PanelStrings, hidden = false): TemplateResult {
  return html`<footer class="strip">
    ${splitterView(strings)}
    <div class="said" aria-live="polite" tabindex="0" role="region" aria-label=${strings.explanation}>
      ${details ? listView(details, strings, hidden) : nothing}
    </div>
  </footer>`
}

/** @param hidden gradients are asked for, and not to be told */
const listView = ({ title, rows, rule, sentence }: Details, strings: PanelStrings, hidden: boolean) => html`<dl>
  <div><dt>${strings.node}</dt><dd>${formulaView(title, SIZE.title)}</dd></div>
  ${rows.map((row) => (hidden && row.role === 'gradient' ? html`<div><dt>${row.label}</dt><dd class="dim">${strings.hidden}</dd></div>` : rowView(row)))}
  ${rule && sentence ? html`<div class="whole"><dt>${rule}</dt><dd>${sentence}</dd></div>` : nothing}
</dl>`

/** A gradient has a line of its own: it is the answer. */
const rowView = ({
  label,
  role,
  equations,
  text,
}: DetailRow) => html`<div class=${role === 'gradient' ? 'whole' : ''}><dt>${label}</dt>
  <dd class=${role}>
    ${text === null ? nothing : html`<span>${text}</span>`}
    ${equations.map((parts) => html`<div class="equation">${parts.map((part) => formulaView(part, SIZE.row))}</div>`)}
  </dd></div>`

const HEIGHT = { least: 60, step: 24, above: 160 }

/** The edge between drawing and strip, which can be moved by pointer and keyboard. */
function splitterView(strings: PanelStrings): TemplateResult {
  const most = Math.max(HEIGHT.least, window.innerHeight - HEIGHT.above)
  const resize = (event: Event, height: (strip: HTMLElement) => number) => {
    const splitter = event.currentTarget as HTMLElement
    const strip = splitter.parentElement as HTMLElement
    const chosen = Math.max(HEIGHT.least, Math.min(most, height(strip)))
    strip.style.height = `${chosen}px`
    splitter.setAttribute('aria-valuenow', String(Math.round(chosen)))
  }
  return html`<div
    class="splitter"
    role="separator"
    tabindex="0"
    aria-orientation="horizontal"
    aria-label=${strings.resize}
    aria-valuemin=${HEIGHT.least}
    aria-valuemax=${most}
    aria-valuenow=${Math.round(Math.min(most, window.innerHeight * 0.37))}
    @pointerdown=${(event: PointerEvent) => (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)}
    @pointermove=${(event: PointerEvent) => {
      if (event.buttons === 1) resize(event, () => window.innerHeight - event.clientY)
    }}
    @keydown=${(event: KeyboardEvent) => {
      const steps: Record<string, number> = { ArrowUp: HEIGHT.step, ArrowDown: -HEIGHT.step }
      const step = steps[event.key]
      if (step === undefined) return
      event.preventDefault()
      resize(event, (strip) => strip.offsetHeight + step)
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
