/** Formulas in the page. */
import { html, svg, type TemplateResult } from 'lit'
import { unsafeSVG } from 'lit/directives/unsafe-svg.js'
import type { Formula } from './messages'

const PAD = 0.08
const UNITS = 1000

/** Height of the mathematical axis above the baseline: what stands side by side is centred on it. */
const AXIS = 0.25

/** A formula in a line of text; `size` is its font size in pixels. Its box is as high above the axis as below it. */
export function formulaView({ picture, spoken }: Formula, size: number, className = ''): TemplateResult {
  const half = Math.max(picture.height - AXIS, picture.depth + AXIS) + PAD
  const [width, height] = [picture.width + 2 * PAD, 2 * half]
  const view = [-PAD, -half - AXIS, width, height].map((length) => Math.round(length * UNITS)).join(' ')
  return html`<svg
    class="formula ${className}"
    role="img"
    aria-label=${spoken}
    width=${(width * size).toFixed(1)}
    height=${(height * size).toFixed(1)}
    viewBox=${view}
  >${svg`${unsafeSVG(picture.markup)}`}</svg>`
}
