/** What the page asks about what is shown, and the answers: nothing changes by them. */
import type { Derivation } from '../derivation'
import type { Scene } from '../drawing/scene'
import type { FromPanel, PlayStep, ToPanel } from '../panel/messages'
import { detailsOf, formulaOf, tableRow } from './details'
import { answerOf, hintOf, judgeAnswer } from './quiz'
import { sentenceOf } from './steps'

/** What is asked about. */
export interface Asked {
  readonly version: number
  readonly derivation: Derivation
  readonly scene: Scene
  readonly steps: readonly PlayStep[]
}

export type Question = Extract<FromPanel, { type: 'details' | 'table' | 'step' | 'judge' | 'hint' | 'answer' }>

/** The answer; `null` where there is none, or the question is about something that is shown no more. */
export function replyTo(question: Question, asked: Asked, translate: (sentence: string) => string): ToPanel | null {
  const { version, derivation, scene, steps } = asked
  if ('version' in question && question.version !== version) return null
  switch (question.type) {
    case 'details': {
      const { node } = question
      return derivation.graph.nodes[node]
        ? { type: 'details', version, details: detailsOf(derivation, node, translate) }
        : null
    }
    case 'table': {
      const rows = scene.nodes.filter(({ kind }) => kind !== 'output' && kind !== 'constant')
      return { type: 'table', version, rows: rows.map(({ id }) => tableRow(derivation, id)) }
    }
    case 'step': {
      const step = steps[question.index]
      const drawn = new Set(scene.nodes.map(({ id }) => id))
      return step
        ? { type: 'step', version, index: question.index, sentence: sentenceOf(derivation, step, drawn, translate) }
        : null
    }
    case 'judge':
      return {
        type: 'judged',
        node: question.node,
        ...judgeAnswer(derivation, question.node, question.text, translate),
      }
    case 'hint': {
      const words = hintOf(derivation, question.node, translate)
      return words === null ? null : { type: 'judged', node: question.node, verdict: 'unclear', words }
    }
    case 'answer': {
      const latex = answerOf(derivation, question.node)
      return latex ? { type: 'answer', node: question.node, formula: formulaOf(latex) } : null
    }
  }
}
