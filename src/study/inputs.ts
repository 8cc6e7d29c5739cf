/** The inputs of a derivation as things that can be moved: their values, their ranges, and where a note states them. */

import { evaluator } from '../calculus/evaluate'
import type { Analysis, Derivation } from '../derivation'
import type { GraphNode, NodeId } from '../graph/graph'
import type { Tensor } from '../operations/operation'
import { type InputSetting, MOST_ROWS, type Trial } from '../panel/messages'
import type { Range } from '../reading/statement'
import { exactNumber } from '../writing/number'
import { formulaOf } from './details'

/** Values that are tried out, by the name of the input: they outlive an edit. */
export type Trials = ReadonlyMap<string, Tensor>

const nameOf = (node: GraphNode) => node.name?.key ?? `#${node.id}`

/** The derivation with these values in place of the note's; everything that is asked of it follows. */
export function valued(derivation: Derivation, trials: Trials): Derivation {
  const inputs = derivation.inputs.map((id) => derivation.graph.nodes[id] as GraphNode)
  const changed = inputs.filter((node) => fits(trials.get(nameOf(node)), node))
  if (changed.length === 0) return derivation
  const bindings = new Map<NodeId, Tensor>()
  const leaves = [...derivation.inputs, ...(derivation.upstream ? [derivation.upstream.node] : [])]
  for (const id of leaves) {
    const value = derivation.value(id)
    if (value) bindings.set(id, value)
  }
  for (const node of changed) bindings.set(node.id, trials.get(nameOf(node)) as Tensor)
  const value = evaluator(derivation.graph, bindings)
  return Object.create(derivation, { value: { value, enumerable: true } })
}

/** A trial of another shape than the input has belongs to an older text. */
function fits(trial: Tensor | undefined, { shape }: GraphNode): boolean {
  if (!trial || !shape || shape.length !== trial.shape.length) return false
  return shape.every((size, i) => typeof size === 'string' || size === trial.shape[i])
}

/** The trial values that a page has sent, by name. */
export function trialsOf(derivation: Derivation, sent: readonly Trial[]): Trials {
  return new Map(
    sent.flatMap(({ node, shape, data }) => {
      const input = derivation.graph.nodes[node]
      return input?.op === 'input' ? [[nameOf(input), { shape, data: Float64Array.from(data) }]] : []
    }),
  )
}

/** Inputs that can be moved. */
export function inputsOf(analysis: Analysis, derivation: Derivation, trials: Trials): InputSetting[] {
  const statedAt = statedValues(analysis)
  return derivation.inputs.map((id, place) => {
    const node = derivation.graph.nodes[id] as GraphNode
    const value = derivation.value(id)
    const stated = node.name && statedAt.get(node.name.key)
    return {
      node: id,
      // Nobody looks through more rows, and typesetting a thousand names takes seconds.
      name: place < MOST_ROWS ? formulaOf(node.name?.latex ?? '?') : null,
      plain: node.name?.plain ?? '?',
      shape: value ? [...value.shape] : shapeOf(node),
      data: value ? [...value.data] : null,
      isTrial: trials.has(nameOf(node)) && fits(trials.get(nameOf(node)), node),
      range: stated ? rangeComment(analysis.text, stated.end) : null,
    }
  })
}

/** Sizes that aren't known are taken to be two: enough to see rows and columns. */
const shapeOf = ({ shape }: GraphNode): number[] => (shape ?? []).map((size) => (typeof size === 'number' ? size : 2))

/** Where a document states the values of names, each the last time: the literal's place. */
export function statedValues(analysis: Analysis): ReadonlyMap<string, Range> {
  const found = new Map<string, Range>()
  for (const { key, statements } of analysis.passages) {
    for (const statement of statements) {
      if (statement.kind !== 'binding' || statement.target.kind !== 'name') continue
      const value = analysis.locate({ ...statement.value.range, passage: key })
      if (value) found.set(statement.target.name.key, value)
    }
  }
  return found
}

const RANGE = /^[ \t]*(?:\$|\\\))?[ \t]*<!--\s*(-?\d+(?:\.\d+)?)\s*(?:\.\.|…|–)\s*(-?\d+(?:\.\d+)?)\s*-->/

/** `x = 0.5 <!-- 0..2 -->`: how far a value may be moved. */
function rangeComment(text: string, after: number): readonly [number, number] | null {
  const match = RANGE.exec(text.slice(after, after + 200))
  const [low, high] = [Number(match?.[1]), Number(match?.[2])]
  return match && low < high ? [low, high] : null
}

/** A change of the document. */
export interface TextChange {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The changes that state the trial values in a note: in place of the stated ones, or on a line below the formula. */
export function statedChanges(analysis: Analysis, derivation: Derivation, trials: Trials): TextChange[] {
  const changes: TextChange[] = []
  const added: string[] = []
  const statedAt = statedValues(analysis)
  for (const id of derivation.inputs) {
    const node = derivation.graph.nodes[id] as GraphNode
    const value = trials.get(nameOf(node))
    if (!value || !node.name || !fits(value, node)) continue
    const stated = statedAt.get(node.name.key)
    const literal = literalLatex(value)
    if (stated) changes.push({ ...stated, text: literal })
    else added.push(`$${node.name.latex} = ${literal}$`)
  }
  if (added.length > 0) {
    const at = endOfBlock(analysis, derivation)
    changes.push({ start: at, end: at, text: `\n\n${added.join(', ')}` })
  }
  return changes.sort((a, b) => b.start - a.start)
}

function literalLatex({ shape, data }: Tensor): string {
  const digits = (value: number) => exactNumber(Number(value.toPrecision(6)))
  if (shape.length === 0) return digits(data[0] ?? 0)
  const width = shape[shape.length - 1] ?? 1
  const rows = Array.from({ length: data.length / width }, (_, i) =>
    Array.from(data.subarray(i * width, (i + 1) * width), digits).join(' & '),
  )
  return `\\begin{pmatrix} ${rows.join(' \\\\ ')} \\end{pmatrix}`
}

/** Where the block ends in which the output is defined: behind its closing `$$` and the rest of that line. */
function endOfBlock(analysis: Analysis, { graph, output }: Derivation): number {
  const source = graph.nodes[output]?.source
  const passage = source && analysis.passages.find(({ key }) => key === source.passage)?.passage
  if (!passage) return analysis.text.length
  let at = passage.start + passage.text.length
  const rest = analysis.text.slice(at)
  const closing = /^\s*(?:\$\$|\\\]|```)/.exec(rest)
  if (closing) at += closing[0].length
  const line = analysis.text.indexOf('\n', at)
  return line < 0 ? analysis.text.length : line
}
