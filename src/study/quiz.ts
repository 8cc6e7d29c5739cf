/** Answers to "what is this gradient?": judged as claims in a note are, so that every equal form is right. */
import { analyzeMarkdown } from '../analysis'
import type { Derivation } from '../derivation'
import type { GraphNode, NodeId } from '../graph/graph'
import { GIVES_ANSWER } from '../judging/claims'
import { UNEQUAL } from '../judging/verdict'
import { OPERATIONS } from '../operations/index'
import type { JudgedMessage, Question } from '../panel/messages'
import { derivativeLatex } from '../writing/chain'
import { explain } from '../writing/explanation'
import { expressionLatex, latexOf } from '../writing/latex'
import { exactNumber } from '../writing/number'
import { formulaOf, type Translate } from './details'

type Answer = Pick<JudgedMessage, 'verdict' | 'words'>

/** An answer in numbers is right to the digits that are written, and to this at least. */
const CLOSE = 1e-3

/** Whether a gradient of this node can be asked for: it has a name, and is a number. */
function canBeAsked(derivation: Derivation, id: NodeId): boolean {
  const node = derivation.graph.nodes[id]
  if (!node || id === derivation.output || !node.name || (node.shape ?? []).length > 0) return false
  return derivation.gradient(id) !== null
}

/** More gradients nobody is asked for. */
const MOST_QUESTIONS = 12

/** What can be asked, as the backward pass goes. */
export function questionsOf(derivation: Derivation): Question[] {
  if (derivation.written.length > LARGEST) return []
  const asked = [...derivation.written].reverse().filter((id) => canBeAsked(derivation, id))
  return asked
    .slice(0, MOST_QUESTIONS)
    .map((node) => ({ node, derivative: formulaOf(derivativeLatex(derivation, null, node)) }))
}
/** A larger graph is nothing to be done by hand. */
const LARGEST = 200

/** What an answer is worth. Never throws: what can't be read is unclear. */
export function judgeAnswer(derivation: Derivation, id: NodeId, text: string, t: Translate): Answer {
  const answer = asLatex(text)
  if (answer === '') return { verdict: 'unclear', words: t('Type a formula or a number.') }
  const number = numberAnswer(derivation, id, answer)
  if (number) return number
  const analysis = analyzeMarkdown(noteOf(derivation, id, answer))
  const step = analysis.claims().at(-1)?.steps.at(-1)
  if (step?.verdict === 'holds') return { verdict: 'right', words: step.reason && t(step.reason) }
  if (step?.verdict === 'fails') return { verdict: 'wrong', words: step.reason && slipIn(step.reason, t) }
  return { verdict: 'unclear', words: t('This could not be read as a gradient: write it as in the note, such as 2t.') }
}

/** The slip that explains a wrong answer; that it is wrong is known already. */
function slipIn(reason: string, t: Translate): string | null {
  return reason === UNEQUAL || GIVES_ANSWER.test(reason) ? null : t(reason)
}

function numberAnswer(derivation: Derivation, id: NodeId, answer: string): Answer | null {
  if (!/^-?\d*\.?\d+$/.test(answer)) return null
  const gradient = derivation.gradient(id)
  const value = gradient && derivation.value(gradient.node)?.data[0]
  if (value === undefined || value === null) return null
  const digits = /\.(\d*)$/.exec(answer)?.[1]?.length ?? 0
  const room = Math.max(0.5 * 10 ** -digits, Math.abs(value) * CLOSE)
  const near = digits > 0 ? room : Math.abs(value) * CLOSE
  return Math.abs(Number(answer) - value) <= near
    ? { verdict: 'right', words: null }
    : { verdict: 'wrong', words: null }
}

/** Names of functions as people type them get their backslash; the rest is read as it is. */
function asLatex(text: string): string {
  const trimmed = text.trim().replace(/\$/g, '').replace(/\*\*/g, '^')
  if (trimmed.includes('\\')) return trimmed
  const functions = new Map(
    OPERATIONS.flatMap(({ spellings: { plain, latex } }) => {
      const macro = latex?.find((spelling) => /^\\[a-z]+$/i.test(spelling))
      return macro
        ? (plain ?? []).filter((each) => /^[a-z]{2,}$/i.test(each)).map((each) => [each, macro] as const)
        : []
    }),
  )
  return trimmed.replace(/[a-z]{2,}(?=\s*\()/gi, (name) => functions.get(name) ?? name)
}

/** The derivation as a note of its own, with the answer as its last step. */
function noteOf(derivation: Derivation, id: NodeId, answer: string): string {
  const { graph } = derivation
  const named = derivation.written
    .map((each) => graph.nodes[each] as GraphNode)
    .filter((node) => node.inputs.length > 0 && (node.name !== null || node.id === derivation.output))
  const definitions = named.map((node) => {
    const name = node.id === derivation.output ? derivation.name.latex : (node.name?.latex ?? '')
    return `$$ ${name} = ${expressionLatex(graph, node.id)} $$`
  })
  const values = derivation.inputs.flatMap((input) => {
    const value = derivation.value(input)
    const name = graph.nodes[input]?.name?.latex
    return value && value.shape.length === 0 && name ? [`$${name} = ${exactNumber(value.data[0] ?? 0)}$`] : []
  })
  const claim = `$$ ${derivativeLatex(derivation, null, id)} = ${answer} $$`
  return `${[...definitions, ...values, claim].join('\n\n')}\n`
}

/** A hint that doesn't give the answer away: what the operation does to a gradient. */
export function hintOf(derivation: Derivation, id: NodeId, t: Translate): string {
  const { sentence } = explain(derivation, id)
  const paths = derivation.gradient(id)?.paths ?? []
  if (paths.length > 1) return t('It is used in several places: what comes back from each is added up.')
  const user = paths[0] && explain(derivation, paths[0].through)
  return t((user?.sentence ?? sentence) || 'Multiply what arrives from the right by the local derivative.')
}

/** The gradient itself. */
export function answerOf(derivation: Derivation, id: NodeId): string | null {
  const gradient = derivation.gradient(id)
  return gradient && `${derivativeLatex(derivation, null, id)} = ${latexOf(derivation.graph, gradient.node)}`
}
