/** Where there is nothing to draw: what to write. */
import { html, type TemplateResult } from 'lit'
import type { EmptyMessage } from './messages'
import type { PanelStrings } from './strings'

const NOTE = `$$ z = t^2, \\quad t = x + y $$

$x = 0.5$, $y = 1.25$`
const CODE = `/** @at x = 0.5, y = 1.25 */
function z(x: number, y: number) {
  const t = x + y
  return t ** 2
}`

/** The page without a graph. */
export function emptyView(strings: PanelStrings, { code }: EmptyMessage): TemplateResult {
  return html`<main class="empty">
    <span class="codicon codicon-type-hierarchy-sub" aria-hidden="true"></span>
    <h1>${strings.emptyTitle}</h1>
    <p>${code ? strings.emptyCode : strings.emptyMarkdown}</p>
    <pre>${code ? CODE : NOTE}</pre>
    <p class="dim">${strings.emptyHint}</p>
  </main>`
}

/** Before the first graph is there. */
export const workingView = (strings: PanelStrings): TemplateResult => html`<main class="empty">
  <span class="codicon codicon-type-hierarchy-sub" aria-hidden="true"></span>
  <p class="dim" role="status">${strings.working}</p>
</main>`
