/** What a hover says about an expression, as HTML that VS Code lets through: tables, images, coloured spans. Knows no editor. */
import type { Tensor } from '../operations/operation'
import type { Equation, Explanation } from '../writing/explanation'
import { formatNumber } from '../writing/number'
import { latexTensor, plainTensor, rowsOf, shapeText } from '../writing/tensor'

/** A formula that is to be drawn: sides of an equation, which are broken into lines where they are too wide. */
export interface Formula {
  readonly sides: readonly string[]
  readonly role: 'plain' | 'gradient'
}

export interface HoverTools {
  /** Translates an English sentence. */
  t(sentence: string): string
  /** The formula as an `<img>`. */
  draw(formula: Formula): Promise<string>
  /** A `style` attribute for numbers. */
  readonly valueStyle: string
  readonly gradientStyle: string
}

/** VS Code cuts a hover at 100,000 characters, in the middle of a picture. */
export const LONGEST_HOVER = 90_000

/** The hover on one node. */
export async function hoverContent(explanation: Explanation, tools: HoverTools): Promise<string> {
  const { t } = tools
  const budget = { left: LONGEST_HOVER - 6000 }
  const draw = async (formula: Formula) => {
    const picture = await tools.draw(formula)
    // Where pictures would take too much, the formula stands as text.
    const html = picture.length <= budget.left ? picture : `<code>${escapeHtml(clip(formula.sides.join(' = ')))}</code>`
    budget.left -= html.length
    return html
  }
  const plain = (...sides: string[]) => draw({ sides, role: 'plain' })
  const rows: [label: string, content: string][] = []
  if (explanation.reason !== null) rows.push([t('not read'), escapeHtml(t(explanation.reason))])
  if (explanation.shape && explanation.shape.length > 0)
    rows.push([t('shape'), escapeHtml(shapeText(explanation.shape))])
  if (explanation.value) rows.push([t('value'), valueHtml(explanation.value, tools.valueStyle)])
  const locals: string[] = []
  for (const local of explanation.locals) locals.push(await plain(local.derivative, ...sidesOf(local)))
  if (locals.length > 0) rows.push([t('local derivatives'), locals.join('<br>')])
  const gradient = explanation.gradient
  if (gradient) {
    const picture = await draw({ sides: [gradient.derivative, ...sidesOf(gradient)], role: 'gradient' })
    const matrix =
      gradient.value && gradient.value.shape.length > 0 ? valueHtml(gradient.value, tools.gradientStyle) : ''
    rows.push([t('gradient'), picture + matrix])
  }
  const chain = explanation.chain
  if (chain && chain.steps.length > 0) {
    const lines = [await plain(chain.derivative, ...chain.steps)]
    if (chain.numbers && chain.numbers.substituted !== chain.numbers.value) {
      lines.push(await plain(chain.numbers.substituted, chain.numbers.value))
    }
    rows.push([t('chain rule'), lines.join('<br>')])
  }
  const table = rows.map(([label, content]) => `<tr><td>${label}&nbsp;&nbsp;</td><td>${content}</td></tr>`).join('')
  const title = await plain(explanation.latex)
  const rule =
    explanation.rule && explanation.sentence
      ? `<br><strong>${escapeHtml(t(explanation.rule))}</strong>: ${escapeHtml(t(explanation.sentence))}`
      : ''
  return `<div>${title}</div>${table && `<table>${table}</table>`}${rule}`
}

/** The right sides, with the number last where it says something new. */
function sidesOf({ sides, value }: Equation): string[] {
  if (!value || value.shape.length > 0) return [...sides]
  const number = latexTensor(value)
  return sides.at(-1) === number ? [...sides] : [...sides, number]
}

/** A number, or a small table of numbers. */
function valueHtml(value: Tensor, style: string): string {
  const coloured = (text: string) => `<span style="${style}">${escapeHtml(text)}</span>`
  if (value.shape.length === 0) return coloured(plainTensor(value))
  const rows = rowsOf(value, (number) => formatNumber(number), '…')
  return `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${coloured(cell)}&nbsp;</td>`).join('')}</tr>`).join('')}</table>`
}

const LONGEST_TEXT = 400
const clip = (text: string) => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text)

/** Text as it stands in HTML inside Markdown, on one line: a blank line would end the HTML. */
export const escapeHtml = (text: string) =>
  text.replace(/[&<>"'`\\*_[\]|]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\s+/g, ' ')
