/** A drawing as TikZ, for a LaTeX document: the same places, the formulas as LaTeX. */
import type { Caption, Picture, PictureNode, Saying } from './picture'
import type { Scene, SceneNode } from './scene'

/** Pixels of the drawing to a centimetre on paper. */
const SCALE = 42

/** The picture of a scene that was made from it. It needs `\usepackage{tikz, amsmath, amssymb}`. */
export function tikzOf(picture: Picture, scene: Scene): string {
  const lines = [
    '% \\usepackage{tikz, amsmath, amssymb}',
    '\\begin{tikzpicture}[',
    '  operation/.style={circle, draw, minimum size=9mm, inner sep=1pt},',
    '  value/.style={above, font=\\footnotesize, text=blue!60!black},',
    '  gradient/.style={below, font=\\footnotesize, text=orange!60!black}]',
  ]
  scene.nodes.forEach((node, i) => lines.push(nodeLine(node, picture.nodes[i] as PictureNode, i)))
  picture.edges.forEach(({ from, to, value, gradient }) => {
    const labels = [labelOf('value', value), labelOf('gradient', gradient, '\\leftarrow ')].join('')
    lines.push(`  \\draw (n${from}) --${labels} (n${to});`)
  })
  lines.push('\\end{tikzpicture}')
  return lines.join('\n')
}

function nodeLine({ x, y, kind }: SceneNode, node: PictureNode, index: number): string {
  const at = `(${rounded(x / SCALE)}, ${rounded(-y / SCALE)})`
  const isRound = kind === 'operation' || kind === 'group' || kind === 'opaque'
  const label = node.name === null ? '' : `, label=below:$${node.name}$`
  const cells = node.cells.map(sayingLatex).filter((cell) => cell !== '')
  const inside = [node.symbol[0] ?? '', ...cells].join(' \\mid ')
  const style = isRound ? 'operation' : kind === 'record' ? 'draw' : ''
  const options = `${style}${label}`.replace(/^, /, '')
  return `  \\node${options ? `[${options}]` : ''} (n${index}) at ${at} {$${inside}$};`
}

const rounded = (value: number) => Math.round(value * 100) / 100

/** What is said, in symbols and numbers. */
function sayingLatex({ symbols, figure }: Saying): string {
  const [first] = symbols as Caption
  if (first === undefined) return figure?.latex ?? ''
  return figure ? `${first} = ${figure.latex}` : first
}

function labelOf(style: string, saying: Saying, before = ''): string {
  const latex = sayingLatex(saying)
  return latex === '' ? '' : ` node[${style}] {$${before}${latex}$}`
}
