/** What the strip of the panel says about a node, and the rows of its text table. Knows no editor. */
import type { Derivation } from '../derivation'
import { typesetNow } from '../drawing/typeset'
import type { NodeId } from '../graph/graph'
import type { DetailRow, Details, Formula, TableRow } from '../panel/messages'
import type { Chain } from '../writing/chain'
import { type Equation, type Explanation, explain } from '../writing/explanation'
import { spoken, spokenExpression } from '../writing/spoken'
import { latexTensor, plainTensor, shapeText } from '../writing/tensor'

/** Translates an English sentence. */
export type Translate = (sentence: string) => string

/** A longer formula explains nothing, and takes seconds to typeset. */
export const LONGEST = 700

/** A formula as the page shows it, with its LaTeX for those who listen. MathJax must be ready. */
export const formulaOf = (latex: string): Formula => ({ picture: typesetNow(latex, true), spoken: latex })

/** What is said about a node. */
export function detailsOf(derivation: Derivation, id: NodeId, t: Translate): Details {
  const explanation = explain(derivation, id)
  return {
    node: id,
    title: formulaOf(explanation.latex),
    rows: rowsOf(explanation, t),
    rule: explanation.rule === null ? null : t(explanation.rule),
    sentence: explanation.sentence === null ? null : t(explanation.sentence),
  }
}

function rowsOf(
  { reason, shape, value, locals, passes, gradient, second, chain }: Explanation,
  t: Translate,
): DetailRow[] {
  const rows: DetailRow[] = []
  const add = (label: string, role: DetailRow['role'], equations: readonly string[][], text: string | null = null) =>
    rows.push({ label, role, equations: equations.map(partsOf), text })
  if (reason !== null) add(t('not read'), 'plain', [], t(reason))
  if (shape && shape.length > 0) add(t('shape'), 'plain', [], shapeText(shape))
  if (value) add(t('value'), 'value', [[latexTensor(value)]])
  if (locals.length > 0) add(t('local derivatives'), 'plain', locals.map(sidesOf))
  if (passes.length > 0) add(t('passes back'), 'plain', passes.map(sidesOf))
  if (gradient) add(t('gradient'), 'gradient', [gradientSides(gradient, chain)])
  if (second) add(t('second derivative'), 'plain', [sidesOf(second)])
  return rows
}

/** One line, nothing twice: `∂z/∂x = ∂z/∂t · ∂t/∂x = 2t · 1 = 2(x + y) = 2 · 1.75 · 1 = 3.5`. */
function gradientSides(gradient: Equation, chain: Chain | null): string[] {
  const symbols = chain && chain.steps.length > 1 ? chain.steps : gradient.sides
  const put = chain?.numbers && chain.numbers.substituted !== chain.numbers.value ? [chain.numbers.substituted] : []
  const number = gradient.value ? [latexTensor(gradient.value)] : gradient.scaled ? [gradient.scaled] : []
  const sides = [...symbols, ...put, ...number]
  return [gradient.derivative, ...sides.filter((side, i) => side !== sides[i - 1])]
}

/** The sides of an equation, each with the sign before it. */
const partsOf = (sides: readonly string[]): Formula[] =>
  sides
    .map((side) => (side.length > LONGEST ? '\\cdots' : side))
    .map((side, i) => (i === 0 ? formulaOf(side) : { ...formulaOf(`{} = ${side}`), spoken: `= ${side}` }))

/** `\frac{\partial z}{\partial t}`, `2 t`, `2(x + y)`, `3.5` */
function sidesOf({ derivative, sides, value }: Equation): string[] {
  const number = value ? latexTensor(value) : null
  const right = number === null || number === sides.at(-1) ? sides : [...sides, number]
  return [derivative, ...right]
}

/** A row of the table. */
export function tableRow(derivation: Derivation, id: NodeId): TableRow {
  const { graph } = derivation
  const node = graph.nodes[id]
  const called = node?.name?.plain ?? (id === derivation.output ? derivation.name.plain : null)
  const expression = node && node.inputs.length > 0 ? spokenExpression(graph, id) : (called ?? spoken(graph, id))
  const value = derivation.value(id)
  const gradient = derivation.gradient(id)
  return {
    node: id,
    expression: called === null || called === expression ? expression : `${called} = ${expression}`,
    value: value ? plainTensor(value) : '',
    locals: localTexts(derivation, id, called ?? `(${expression})`),
    gradient: gradient ? withNumber(derivation, gradient.node) : '',
  }
}

function localTexts(derivation: Derivation, id: NodeId, called: string): string[] {
  const { graph } = derivation
  const inputs = graph.nodes[id]?.inputs ?? []
  return derivation.local(id).flatMap((local, i) => {
    const input = graph.nodes[inputs[i] ?? -1]
    if (local === null || !input || input.op === 'constant') return []
    const by = input.name?.plain ?? `(${spoken(graph, input.id)})`
    return [`∂${called}/∂${by} = ${withNumber(derivation, local)}`]
  })
}

function withNumber(derivation: Derivation, id: NodeId): string {
  const text = spoken(derivation.graph, id)
  const value = derivation.value(id)
  const number = value ? plainTensor(value) : text
  return number === text ? text : `${text} = ${number}`
}
