/** Formulas as images for hovers, in colours that can be read on the theme that is shown. */
import * as vscode from 'vscode'
import { typeset, typesetDataUri } from '../drawing/typeset'
import { escapeHtml, type Formula } from './hoverContent'

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
export async function drawFormula({ sides, role }: Formula): Promise<string> {
  const size = vscode.workspace.getConfiguration('editor').get('fontSize', 14)
  const fontSize = Math.min(30, Math.max(10, size)) * 1.1
  const line = sides.join(' = ')
  const { width } = await typeset(`\\displaystyle ${line}`)
  const tooWide = width * fontSize > WIDEST && sides.length > 2
  const [first, ...rest] = sides
  const broken = `\\begin{aligned} ${first} &= ${rest.join(' \\\\ &= ')} \\end{aligned}`
  const latex = `\\displaystyle ${tooWide ? broken : line}`
  const uri = await typesetDataUri(latex, { color: palette()[role], fontSize })
  return `<img src="${uri}" alt="${escapeHtml(line)}">`
}
