/** The quiz: gradients are hidden, one after the other is asked for, by keyboard alone if one likes. */
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { formulaView } from './formula'
import { withKeys } from './keyWords'
import type { Formula, JudgedMessage, Question } from './messages'
import { filled } from './state'
import type { PanelStrings } from './strings'

export interface Quiz {
  readonly questions: readonly Question[]
  readonly at: number
  readonly text: string
  /** How each question ended. */
  readonly results: ReadonlyMap<number, 'right' | 'shown'>
  readonly verdict: JudgedMessage['verdict'] | null
  readonly words: string | null
  readonly answer: Formula | null
}

export interface QuizEvents {
  type(text: string): void
  check(): void
  hint(): void
  show(): void
  next(): void
  end(): void
}

/** A quiz from the output back, as the backward pass goes. */
export const newQuiz = (questions: readonly Question[]): Quiz => ({
  questions,
  at: 0,
  text: '',
  results: new Map(),
  verdict: null,
  words: null,
  answer: null,
})

/** The node that is asked about; `null` when all have been. */
export const askedNode = (quiz: Quiz): number | null => quiz.questions[quiz.at]?.node ?? null
/** Whether the question at hand has ended. */
export const isAnswered = (quiz: Quiz): boolean => quiz.results.has(askedNode(quiz) ?? -1)

/** An answer was judged. */
export function judged(quiz: Quiz, { node, verdict, words }: Omit<JudgedMessage, 'type'>): Quiz {
  if (node !== askedNode(quiz) || isAnswered(quiz)) return quiz
  const results = verdict === 'right' ? new Map([...quiz.results, [node, 'right' as const]]) : quiz.results
  return { ...quiz, results, verdict, words }
}
/** The answer was asked for. */
export function shownAnswer(quiz: Quiz, node: number, answer: Formula): Quiz {
  if (node !== askedNode(quiz) || isAnswered(quiz)) return quiz
  return { ...quiz, results: new Map([...quiz.results, [node, 'shown']]), verdict: null, words: null, answer }
}
export const nextQuestion = (quiz: Quiz): Quiz => ({
  ...quiz,
  at: quiz.at + 1,
  text: '',
  verdict: null,
  words: null,
  answer: null,
})
const scoreOf = (quiz: Quiz): number => [...quiz.results.values()].filter((result) => result === 'right').length
/**
 * Nodes whose gradient isn't to be seen yet: what is asked, and what the pass reaches later.
 * @param order the nodes in the order of the backward pass
 */
export function hiddenNodes(quiz: Quiz, order: readonly number[]): ReadonlySet<number> {
  const open = quiz.questions.map(({ node }) => node).filter((node) => !quiz.results.has(node))
  const first = Math.min(...open.map((node) => order.indexOf(node)).filter((place) => place >= 0))
  const later = order.slice(Number.isFinite(first) ? first : order.length)
  return new Set([...open, ...later.filter((node) => !quiz.results.has(node))])
}

/** Question, field, buttons and score. */
export function quizView(quiz: Quiz, strings: PanelStrings, events: QuizEvents): TemplateResult {
  const question = quiz.questions[quiz.at]
  const score = filled(strings.score, scoreOf(quiz), quiz.questions.length)
  if (!question) {
    return html`<section class="player quiz" aria-label=${strings.quiz}>
      <div class="controls"><strong role="status">${score}</strong>
        <button type="button" class="text-button primary" autofocus @click=${events.end}>${strings.endQuiz}</button></div>
    </section>`
  }
  const over = isAnswered(quiz)
  return html`<section class="player quiz" aria-label=${strings.quiz}>
    <form
      class="controls"
      @submit=${(event: Event) => {
        event.preventDefault()
        if (over) events.next()
        else events.check()
      }}
      @keydown=${(event: KeyboardEvent) => keys(event, quiz, events)}
    >
      ${formulaView(question.derivative, 17)} <span aria-hidden="true">=</span>
      <input
        type="text"
        class="answer"
        autocomplete="off"
        spellcheck="false"
        aria-label=${filled(strings.answerFor, question.derivative.spoken)}
        ?readonly=${over}
        .value=${live(quiz.text)}
        @input=${(event: Event) => events.type((event.target as HTMLInputElement).value)}
      />
      <button type="submit" class="text-button primary">${over ? strings.nextQuestion : strings.check} ⏎</button>
      ${
        over
          ? nothing
          : html`<button type="button" class="text-button" @click=${events.hint}>${strings.hint}</button>
        <button type="button" class="text-button" @click=${events.show}>${strings.showAnswer}</button>`
      }
      <span class="space"></span>
      <span class="dots" aria-hidden="true">${quiz.questions.map(({ node }, i) => html`<span class="dot ${quiz.results.get(node) ?? (i === quiz.at ? 'now' : '')}"></span>`)}</span>
      <span class="count" role="status">${score}</span>
    </form>
    <div class="sentence" aria-live="polite">${answerView(quiz, strings)}</div>
  </section>`
}

function answerView({ verdict, words, answer }: Quiz, strings: PanelStrings) {
  if (answer) return formulaView(answer, 16)
  if (verdict === 'right') return html`<span class="mark right" aria-hidden="true">✓</span> ${strings.right} ${words}`
  if (verdict === 'wrong') return html`<span class="mark wrong" aria-hidden="true">✗</span> ${words ?? strings.wrong}`
  return words ?? html`<span class="dim">${withKeys(strings.quizHint, 'Enter', '?', 'Esc')}</span>`
}

/** Enter checks (the form does), `?` in an empty field hints, Escape ends. */
function keys(event: KeyboardEvent, quiz: Quiz, events: QuizEvents): void {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    // Selecting all means the field: the window, asked as well, would do it again behind the letters that are typed next.
    if (event.key === 'a') event.stopPropagation()
    return
  }
  if (event.key === 'Escape') events.end()
  else if (event.key === '?') {
    events.hint()
    event.preventDefault()
  }
  if (quiz.text !== '' || event.key !== 'Tab') event.stopPropagation()
}
