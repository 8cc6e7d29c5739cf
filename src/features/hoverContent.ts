/** What a hover says about an expression, as HTML that VS Code lets through: tables, images, coloured spans. Knows no editor. */
import type { Tensor } from '../operations/operation'
import type { Equation, Explanation } from '../writing/explanation'
import { latexTensor, plainTensor, shapeText } from '../writing/tensor'

/** A formula that is to be drawn: equations, each a left side and what it equals. An empty left side goes on from the row above. */
export interface Formula {
  readonly rows: readonly (readonly string[])[]
  /** The rows may stand side by side where there is room. */
  readonly flows: boolean
  readonly role: 'plain' | 'value' | 'gradient'
}

/** The formula as text, for those who don't see pictures. */
export const formulaText = ({ rows, flows }: Formula) =>
  rows.map((sides) => sides.filter((side, i) => i > 0 || side !== '').join(' = ')).join(flows ? ', ' : ' = ')

export interface HoverTools {
  /** Translates an English sentence. */
  t(sentence: string): string
  /** The formula as an `<img>`. */
  draw(formula: Formula): Promise<string>
  /** A `style` attribute for numbers. */
  readonly valueStyle: string
}

/** VS Code cuts a hover at 100,000 characters, in the middle of a picture. */
const LONGEST_HOVER = 90_000

/** The hover on one node. */
export async function hoverContent(explanation: Explanation, tools: HoverTools): Promise<string> {
  const { t } = tools
  const draw = drawer(tools)
  const rows: [label: string, content: string][] = []
  if (explanation.reason !== null) rows.push([t('not read'), escapeHtml(t(explanation.reason))])
  const { shape, value, locals, passes } = explanation
  if (shape && shape.length > 0) rows.push([t('shape'), escapeHtml(shapeText(shape))])
  if (value) rows.push([t('value'), await valueHtml(value, tools, draw)])
  if (locals.length > 0) {
    const equations = locals.map((local) => [local.derivative, ...sidesOf(local)])
    rows.push([t('local derivatives'), await draw({ rows: equations, flows: true, role: 'plain' })])
  }
  if (passes.length > 0) {
    const equations = passes.map((each) => [each.derivative, ...each.sides])
    rows.push([t('passes back'), await draw({ rows: equations, flows: true, role: 'plain' })])
  }
  const gradient = gradientRows(explanation)
  if (gradient) rows.push([t('gradient'), await draw({ rows: gradient, flows: false, role: 'gradient' })])
  const table = rows.map(([label, content]) => `<tr><td>${label}&nbsp;&nbsp;</td><td>${content}</td></tr>`).join('')
  const title = await draw({ rows: [[explanation.latex]], flows: false, role: 'plain' })
  return `<div>${title}</div>${table && `<table>${table}</table>`}${ruleHtml(explanation, tools)}`
}

/** The gradient with its chain rule, and below it the same with the numbers put in. */
function gradientRows({ gradient, chain }: Explanation): string[][] | null {
  if (!gradient) return null
  if (!chain) return [[gradient.derivative, ...sidesOf(gradient)]]
  const { derivative, steps, numbers } = chain
  const array = gradient.value && gradient.value.shape.length > 0 ? [latexTensor(gradient.value)] : []
  const first = [derivative, ...steps, ...(gradient.scaled ? [gradient.scaled] : array)]
  if (!numbers) return [first]
  if (numbers.substituted === numbers.value) return [numbers.value === steps.at(-1) ? first : [...first, numbers.value]]
  return [first, ['', numbers.substituted, numbers.value]]
}

function ruleHtml({ rule, sentence }: Explanation, { t }: HoverTools): string {
  return rule && sentence ? `<div><strong>${escapeHtml(t(rule))}</strong>: ${escapeHtml(t(sentence))}</div>` : ''
}

/** Draws formulas as long as there is room in a hover; after that they stand as text. */
function drawer(tools: HoverTools): (formula: Formula) => Promise<string> {
  let left = LONGEST_HOVER - 6000
  return async (formula) => {
    const picture = await tools.draw(formula)
    const html = picture.length <= left ? picture : `<code>${escapeHtml(clip(formulaText(formula)))}</code>`
    left -= html.length
    return html
  }
}

/** The right sides, with the number last where it says something new. */
function sidesOf({ sides, value }: Equation): string[] {
  if (!value) return [...sides]
  const number = latexTensor(value)
  return sides.at(-1) === number ? [...sides] : [...sides, number]
}

/** A number; a matrix in its brackets. */
async function valueHtml(value: Tensor, tools: HoverTools, draw: HoverTools['draw']): Promise<string> {
  if (value.shape.length === 0) return `<span style="${tools.valueStyle}">${escapeHtml(plainTensor(value))}</span>`
  return draw({ rows: [[latexTensor(value)]], flows: false, role: 'value' })
}

const LONGEST_TEXT = 400
const clip = (text: string) => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text)

/** Text as it stands in HTML inside Markdown, on one line: a blank line would end the HTML. */
export const escapeHtml = (text: string) =>
  text.replace(/[&<>"'`\\*_[\]|]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\s+/g, ' ')
