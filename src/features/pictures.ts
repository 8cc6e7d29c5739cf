/** Formulas as images for hovers, in colours that can be read on the theme that is shown. */
import * as vscode from 'vscode'
import { typeset, typesetDataUri } from '../drawing/typeset'
import { escapeHtml, type Formula, formulaText } from './hoverContent'

interface Palette {
  readonly plain: string
  readonly value: string
  readonly gradient: string
}
const PALETTES: Readonly<Record<vscode.ColorThemeKind, Palette>> = {
  [vscode.ColorThemeKind.Light]: { plain: '#1f1f1f', value: '#0062b1', gradient: '#b5480d' },
  [vscode.ColorThemeKind.Dark]: { plain: '#dcdcdc', value: '#4fc1ff', gradient: '#ff9d5c' },
  [vscode.ColorThemeKind.HighContrast]: { plain: '#ffffff', value: '#ffffff', gradient: '#ffffff' },
  [vscode.ColorThemeKind.HighContrastLight]: { plain: '#000000', value: '#000000', gradient: '#000000' },
}

/** The colours for the theme of this moment. */
export const palette = (): Palette => PALETTES[vscode.window.activeColorTheme.kind]

/** What fits beside the labels of a hover, in pixels. */
const WIDEST = 400

/** An `<img>` of the formula; the alternative text is its LaTeX. */
export async function drawFormula(formula: Formula): Promise<string> {
  const size = vscode.workspace.getConfiguration('editor').get('fontSize', 14)
  const fontSize = Math.min(30, Math.max(10, size)) * 1.1
  const latex = await arranged(formula, WIDEST / fontSize)
  const uri = await typesetDataUri(latex, { color: palette()[formula.role], fontSize, display: true })
  return `<img src="${uri}" alt="${escapeHtml(formulaText(formula))}">`
}

/** In one line where there is room for `widest` em, else row by row, else broken at each equals sign. */
async function arranged({ rows, flows }: Formula, widest: number): Promise<string> {
  const fits = async (latex: string) => (await typeset(latex, true)).width <= widest
  const lines = rows.map((sides) => sides.join(' = '))
  if (lines.length === 1 && (await fits(lines[0] ?? ''))) return lines[0] ?? ''
  const beside = lines.join(', \\quad ')
  if (flows && (await fits(beside))) return beside
  const aligned: string[] = []
  for (const [left = '', ...sides] of rows) {
    const whole = `${left} = ${sides.join(' = ')}`
    const broken = sides.length > 1 && !(await fits(whole))
    if (sides.length === 0) aligned.push(left)
    else aligned.push(`${left} &= ${sides.join(broken ? ' \\\\ &= ' : ' = ')}`)
  }
  return `\\begin{aligned} ${aligned.join(' \\\\ ')} \\end{aligned}`
}
