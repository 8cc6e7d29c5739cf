/** What an annotation says: the chain rule in LaTeX, a table of the nodes, the graph. Markdown that any preview shows. */
import type { Derivation } from '../derivation'
import type { GraphNode } from '../graph/graph'
import { type Chain, chainOf, outputLatex } from './chain'
import { type Equation, explain } from './explanation'
import { mermaidOf } from './mermaid'
import { latexTensor } from './tensor'
import { numbersIn } from './writtenNumbers'

export type AnnotationLanguage = 'en' | 'ja'

interface Words {
  readonly title: (output: string) => string
  readonly node: string
  readonly value: string
  readonly local: string
  readonly gradient: string
}
const WORDS: Readonly<Record<AnnotationLanguage, Words>> = {
  en: {
    title: (output) => `Gradients of ${output}`,
    node: 'node',
    value: 'value',
    local: 'local derivatives',
    gradient: 'gradient',
  },
  ja: {
    title: (output) => `${output} の勾配`,
    node: 'ノード',
    value: '値',
    local: '局所的な微分',
    gradient: '勾配',
  },
}

/** A graph of more nodes than this is no picture that a note is better for; the panel shows it. */
const LARGEST_GRAPH = 60
/** More names than this are shown in part. */
const MOST_NAMES = 40
/** A table of more rows than this keeps to the nodes that have a name. */
const LONGEST_TABLE = 30

/** The body of an annotation, without its comments; lines end with `\n`. */
export function annotationBlock(derivations: readonly Derivation[], language: AnnotationLanguage): string {
  const words = WORDS[language]
  return derivations
    .map((derivation) =>
      [title(derivation, words), derivationBlock(derivation), table(derivation, words), graph(derivation)]
        .filter((part) => part !== '')
        .map((part) => `\n${part}\n`)
        .join(''),
    )
    .join('')
}

function title(derivation: Derivation, words: Words): string {
  return `**${words.title(`$${inline(outputLatex(derivation))}$`)}**`
}

function derivationBlock(derivation: Derivation): string {
  const latex = derivationLatex(derivation)
  return latex && `$$\n${latex}\n$$`
}

/** The chain rule for each named node, from the output to the inputs, as an `aligned` environment; empty where there is none. */
export function derivationLatex(derivation: Derivation): string {
  const named = derivation.written.filter((id) => derivation.graph.nodes[id]?.name)
  const chains = fewest(named)
    .map((id) => ({ chain: chainOf(derivation, id), isInput: derivation.inputs.includes(id), id }))
    .filter((entry): entry is { chain: Chain; isInput: boolean; id: number } => entry.chain !== null)
  if (chains.length === 0) return ''
  // Inner nodes from the output on, so that each line uses only what stands above it; then the inputs as they come.
  const inner = chains.filter(({ isInput }) => !isInput).reverse()
  const lines = [...inner, ...chains.filter(({ isInput }) => isInput)].map(({ chain }) => chainLines(chain))
  return `\\begin{aligned}\n${lines.join(' \\\\\n')}\n\\end{aligned}`
}

function chainLines({ derivative, steps, numbers }: Chain): string {
  const lines = inLines(derivative, steps)
  if (numbers) {
    const sides = numbers.substituted === numbers.value ? [numbers.value] : [numbers.substituted, numbers.value]
    if (sides.length > 1 || steps.at(-1) !== numbers.value) lines.push(sides.join(' = '))
  }
  return `${derivative} &= ${lines.join(' \\\\\n&= ')}`
}

/** More than so many letters and signs don't fit beside a note that is open in two halves. */
const WIDEST = 48

/** The sides of a chain, as many on a line as fit there. */
function inLines(head: string, steps: readonly string[]): string[] {
  const lines: string[] = []
  let width = widthOf(head)
  for (const step of steps) {
    const own = widthOf(step) + 1
    const isFirst = lines.length === 0
    if (isFirst || width + own > WIDEST) {
      lines.push(step)
      width = isFirst ? width + own : own
    } else {
      lines[lines.length - 1] += ` = ${step}`
      width += own
    }
  }
  return lines
}

/** About how many letters and signs stand side by side: of a fraction the longer part counts. */
function widthOf(latex: string): number {
  const flat = latex.replace(/\\frac\{([^{}]*)\}\{([^{}]*)\}/g, (_, above, below) =>
    widthOf(above) > widthOf(below) ? above : below,
  )
  return flat
    .replace(/\\(?:left|right|,|;|!)/g, '')
    .replace(/\\(?:mathrm|operatorname|text)/g, '')
    .replace(/\\[a-zA-Z]+/g, 'x')
    .replace(/[\s{}^_]/g, '').length
}

/** The first and the last of what is too much: the inputs and what is next to the output. */
function fewest<T>(all: readonly T[]): T[] {
  return all.length <= MOST_NAMES ? [...all] : [...all.slice(0, MOST_NAMES / 2), ...all.slice(-MOST_NAMES / 2)]
}

/** Whether there is something to say: a gradient that reaches an input. */
export const isWorthAnnotating = (derivation: Derivation): boolean =>
  derivation.inputs.some((id) => derivation.gradient(id) !== null) && derivation.written.length > 1

function table(derivation: Derivation, words: Words): string {
  const numbers = numbersIn(derivation)
  const shown = derivation.written
    .filter((id) => !numbers.has(id) && derivation.gradient(id) !== null)
    .map((id) => derivation.graph.nodes[id] as GraphNode)
    .filter((node) => node.op !== 'opaque')
  const rows = shown.length > LONGEST_TABLE ? fewest(shown.filter((node) => node.name)) : shown
  const withValues = rows.some((node) => derivation.value(node.id))
  const head = [words.node, ...(withValues ? [words.value] : []), words.local, words.gradient]
  return [
    `| ${head.join(' | ')} |`,
    `|${' --- |'.repeat(head.length)}`,
    ...rows.map((node) => row(derivation, node, withValues)),
  ].join('\n')
}

function row(derivation: Derivation, node: GraphNode, withValues: boolean): string {
  const { latex, value, locals, gradient } = explain(derivation, node.id)
  const cells = [
    math(latex),
    ...(withValues ? [value ? math(latexTensor(value)) : ''] : []),
    locals.map(equation).join(', '),
    gradient ? equation(gradient) : '',
  ]
  return `| ${cells.join(' | ')} |`
}

function equation({ derivative, sides, value }: Equation): string {
  const number = value ? latexTensor(value) : null
  const all = [derivative, ...sides, ...(number !== null && number !== sides.at(-1) ? [number] : [])]
  return math(all.join(' = '))
}

function graph(derivation: Derivation): string {
  return derivation.written.length > LARGEST_GRAPH ? '' : `\`\`\`mermaid\n${mermaidOf(derivation)}\n\`\`\``
}

const math = (latex: string) => `$${inline(latex)}$`

/** LaTeX for inside a table cell: no bar, which would end the cell, and no backslash before punctuation, which Markdown may eat. */
function inline(latex: string): string {
  return latex
    .replaceAll('\\\\', '\\cr ')
    .replace(/\\[,:;!]/g, ' ')
    .replaceAll('\\{', '\\lbrace ')
    .replaceAll('\\}', '\\rbrace ')
    .replaceAll('\\|', '\\Vert ')
    .replaceAll('|', '\\vert ')
    .replace(/\s+/g, ' ')
    .trim()
}
