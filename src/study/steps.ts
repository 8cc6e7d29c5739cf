/** The two passes in single steps: what is computed, what comes back, each in one line with the numbers put in. */
import type { Derivation } from '../derivation'
import type { Scene } from '../drawing/scene'
import type { GraphNode, NodeId } from '../graph/graph'
import type { PlayStep, Sentence } from '../panel/messages'
import { chainOf } from '../writing/chain'
import { arrivalOf, explain } from '../writing/explanation'
import { expressionLatex } from '../writing/latex'
import { isReadable } from '../writing/readable'
import { substitutedLatex } from '../writing/substituted'
import { latexTensor } from '../writing/tensor'
import { formulaOf, LONGEST, type Translate } from './details'

/** More steps than this nobody goes through one by one. */
const MOST = 400

/** The steps over what is drawn: values from the inputs on, gradients from the output back. */
export function stepsOf(derivation: Derivation, scene: Scene): PlayStep[] {
  const drawn = new Set(scene.nodes.filter(({ kind }) => kind !== 'output' && kind !== 'constant').map(({ id }) => id))
  const inOrder = derivation.written.filter((id) => drawn.has(id))
  if (inOrder.length > MOST) return []
  const computed = inOrder.filter((id) => (derivation.graph.nodes[id]?.inputs.length ?? 0) > 0)
  const back = inOrder.filter((id) => derivation.gradient(id) !== null).reverse()
  return [
    ...computed.map((node): PlayStep => ({ node, pass: 'forward' })),
    ...back.map((node): PlayStep => ({ node, pass: 'backward' })),
  ]
}

/** What is said at a step. */
export function sentenceOf(derivation: Derivation, step: PlayStep, drawn: ReadonlySet<NodeId>, t: Translate): Sentence {
  return step.pass === 'forward' ? forward(derivation, step.node, drawn) : backward(derivation, step.node, t)
}

/** `t = x + y = 0.5 + 1.25 = 1.75` */
function forward(derivation: Derivation, id: NodeId, drawn: ReadonlySet<NodeId>): Sentence {
  const node = derivation.graph.nodes[id] as GraphNode
  const name = node.name?.latex ?? (id === derivation.output ? derivation.name.latex : null)
  const value = derivation.value(id)
  const put = substitutedLatex(derivation, id, (other) => drawn.has(other))
  const expression = isReadable(derivation.graph, id, true) ? expressionLatex(derivation.graph, id) : null
  return sentence([name, expression, value && put, value && latexTensor(value)], null)
}

/** `∂z/∂x = ∂z/∂t · ∂t/∂x = 2t · 1 = 3.5 · 1 = 3.5` */
function backward(derivation: Derivation, id: NodeId, t: Translate): Sentence {
  const { gradient } = explain(derivation, id)
  const words = arrivalOf(derivation, derivation.graph.nodes[id] as GraphNode)?.explanation ?? null
  const chain = chainOf(derivation, id)
  const begins = id === derivation.output
  const paths = derivation.gradient(id)?.paths.length ?? 0
  const put = chain?.numbers && chain.numbers.substituted !== chain.numbers.value ? chain.numbers.substituted : null
  const sides = [
    gradient?.derivative ?? null,
    ...(chain && chain.steps.length > 1 ? chain.steps : (gradient?.sides ?? [])),
    put,
    gradient?.value ? latexTensor(gradient.value) : null,
  ]
  const told = begins
    ? t('The backward pass begins at the output.')
    : paths > 1
      ? t('It is used in several places: what comes back from each is added up.')
      : words === null
        ? null
        : t(words)
  return sentence(sides, told)
}

/** Sides that say the same are said once. */
function sentence(sides: readonly (string | null)[], words: string | null): Sentence {
  const said = sides.filter((side) => side !== null)
  const parts = said
    .filter((side, i) => side !== said[i - 1])
    .map((side) => (side.length > LONGEST ? '\\cdots' : side))
    .map((side, i) => (i === 0 ? formulaOf(side) : { ...formulaOf(`{} = ${side}`), spoken: `= ${side}` }))
  return { parts, words }
}
