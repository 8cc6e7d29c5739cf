/** Formulas in the page. */
import { html, svg, type TemplateResult } from 'lit'
import { unsafeSVG } from 'lit/directives/unsafe-svg.js'
import type { Formula } from './messages'

const PAD = 0.08
const UNITS = 1000

/** A formula in a line of text; `size` is its font size in pixels. */
export function formulaView({ picture, spoken }: Formula, size: number, className = ''): TemplateResult {
  const [width, height] = [picture.width + 2 * PAD, picture.height + picture.depth + 2 * PAD]
  const view = [-PAD, -picture.height - PAD, width, height].map((length) => Math.round(length * UNITS)).join(' ')
  return html`<svg
    class="formula ${className}"
    role="img"
    aria-label=${spoken}
    width=${(width * size).toFixed(1)}
    height=${(height * size).toFixed(1)}
    viewBox=${view}
  >${svg`${unsafeSVG(picture.markup)}`}</svg>`
}
