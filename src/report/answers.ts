/**
 * Answers to what an assistant asks: the gradients of a text, a verdict on each step of a derivation, what stands behind one
 * expression. Markdown with the formulas in LaTeX, short enough to be read back. The tools of the editor and of the
 * server for assistants give these; neither adds anything of its own.
 */
import type { Analysis, Derivation, JudgedClaim, JudgedStep } from '../derivation'
import type { NodeId } from '../graph/graph'
import { explain } from '../writing/explanation'
import { formatNumber } from '../writing/number'
import { latexSummary } from '../writing/summary'
import { latexTensor, plainTensor } from '../writing/tensor'
import { analysisOf } from './analyze'
import { positionsOf } from './positions'
import { withValues } from './values'

/** A question that can't be answered as it is asked: the message says what to do. */
export class QuestionError extends Error {}

/** Derivations that are told at most; further ones are counted. */
const MOST_DERIVATIONS = 8

export interface DifferentiateQuestion {
  /** A note or code. */
  readonly text: string
  readonly languageId?: string
  /** The name whose gradients are asked for; all outputs of the text unless given. */
  readonly of?: string
  /** Values of inputs, before those that the text gives. */
  readonly at?: Readonly<Record<string, number>>
}

/** The chain rule for each input of each output, with numbers where the inputs have values. */
export function differentiate({ text, languageId = 'markdown', of, at = {} }: DifferentiateQuestion): string {
  const analysis = analyzed(text, languageId)
  const derivations = of === undefined ? analysis.derivations : [named(analysis, of)]
  if (derivations.length === 0) {
    throw new QuestionError('No definition was found. Write each as `name = expression`: `z = t^2`, `t = x + y`.')
  }
  const parts = derivations.slice(0, MOST_DERIVATIONS).map((each) => gradientsOf(withValues(each, at)))
  const rest = derivations.length - parts.length
  return [...parts, ...(rest > 0 ? [`${rest} further outputs: ask for one by its name.`] : [])].join('\n\n')
}

function named(analysis: Analysis, name: string): Derivation {
  const found = analysis.derivationOf(name)
  if (found) return found
  const known = analysis.derivations.map((each) => each.name.plain).join(', ')
  throw new QuestionError(`Nothing is called '${name}'. ${known ? `Outputs are: ${known}.` : 'No output was found.'}`)
}

function gradientsOf(derivation: Derivation): string {
  const value = derivation.value(derivation.output)
  const head = `**${derivation.name.plain}**${value ? ` = ${plainTensor(value)}` : ''}`
  const lines = derivation.inputs
    .filter((id) => derivation.gradient(id) !== null)
    .map((id) => `- $${latexSummary(derivation, id)}$`)
  return [head, ...(lines.length > 0 ? lines : ['- it depends on no input'])].join('\n')
}

export interface CheckQuestion {
  readonly text: string
  readonly languageId?: string
}

/** A verdict on each written step, and on each hand-written derivative in code: with numbers to check by hand, and what is right. */
export function checkDerivation({ text, languageId = 'markdown' }: CheckQuestion): string {
  const analysis = analyzed(text, languageId)
  const { at } = positionsOf(text)
  const line = (offset: number) => `line ${at(offset).line + 1}`
  const claims = analysis.claims().map((claim) => claimText(claim, line))
  const pairs = analysis
    .pairs()
    .map(
      ({ derivative, function: of, verdict, reason }) =>
        `- ${line(derivative.range.start)}: \`${derivative.name}\` as the derivative of \`${of.name}\` **${verdict}**${reason === null ? '' : `: ${reason}`}`,
    )
  if (claims.length + pairs.length === 0) {
    throw new QuestionError(
      'No claim about a derivative was found. Write the definitions (`y = x^2`), then the claim (`\\frac{dy}{dx} = 2x`), each formula between dollar signs or on a line of its own.',
    )
  }
  const steps = analysis.claims().flatMap((claim) => claim.steps)
  const wrong = [...steps, ...analysis.pairs()].filter(({ verdict }) => verdict === 'fails').length
  const unknown = [...steps, ...analysis.pairs()].filter(({ verdict }) => verdict === 'unknown').length
  const count = `${wrong === 0 ? 'No step fails' : `${wrong} of ${steps.length + pairs.length} fail`}${unknown > 0 ? `, ${unknown} can't be decided` : ''}.`
  return [count, ...claims, ...pairs].join('\n')
}

const claimText = (claim: JudgedClaim, line: (offset: number) => string): string =>
  claim.steps
    .map((step) => `- ${line(step.range.start)}: $${claim.latex} = ${step.latex}$ ${stepText(step)}`)
    .join('\n')

function stepText({ verdict, reason, counterexample, replacement }: JudgedStep): string {
  const numbers =
    counterexample === null
      ? ''
      : ` At ${JSON.stringify(counterexample.at)}: written ${formatNumber(counterexample.written)}, right ${formatNumber(counterexample.expected)}.`
  const right = replacement === null ? '' : ` Right is $${replacement}$.`
  return `**${verdict}**${reason === null ? '' : `: ${reason}`}${numbers}${right}`
}

export interface ExplainQuestion {
  readonly text: string
  readonly languageId?: string
  /** What is asked about, as it is written in the text: a name or an expression. */
  readonly part: string
  readonly at?: Readonly<Record<string, number>>
}

/** What stands behind one expression: value, local derivatives, the gradient that comes back with its chain rule, the rule in words. */
export function explainStep({ text, languageId = 'markdown', part, at = {} }: ExplainQuestion): string {
  const analysis = analyzed(text, languageId)
  const place = placeOf(analysis, part)
  if (!place) throw new QuestionError(`'${part}' doesn't stand in a formula of the text. Write it as the text does.`)
  return explanationOf(withValues(place.derivation, at), place.node)
}

/** Everything that is to be said about a node, as Markdown. */
export function explanationOf(derivation: Derivation, node: NodeId): string {
  const { latex, value, locals, gradient, rule, sentence, reason } = explain(derivation, node)
  const local = locals.map(
    (each) => `$${[each.derivative, ...each.sides, ...(each.value ? [latexTensor(each.value)] : [])].join(' = ')}$`,
  )
  return [
    `$${latex}$`,
    ...(reason === null ? [] : [`- it can't be read: ${reason}`]),
    ...(value ? [`- value: ${plainTensor(value)}`] : []),
    ...(local.length > 0 ? [`- local derivatives: ${local.join(', ')}`] : []),
    ...(gradient ? [`- gradient: $${latexSummary(derivation, node)}$`] : []),
    ...(rule && sentence ? [`- ${rule}: ${sentence}`] : []),
  ].join('\n')
}

/** The first place where the part is written and a node stands. */
function placeOf(analysis: Analysis, part: string) {
  if (part === '') return null
  for (let at = analysis.text.indexOf(part); at >= 0; at = analysis.text.indexOf(part, at + 1)) {
    const places = [at, at + part.length - 1].map((offset) => analysis.at(offset)).filter((place) => place !== null)
    const exact = places.find(({ range }) => range.start === at && range.end === at + part.length)
    const found = exact ?? innermostAround(analysis, at, at + part.length) ?? places[0]
    if (found) return found
  }
  return null
}

/** An operator between the ends may stand for the whole: `x + y` is its plus sign. */
function innermostAround(analysis: Analysis, start: number, end: number) {
  for (let offset = start; offset < end; offset++) {
    const place = analysis.at(offset)
    if (place && place.range.start <= start && place.range.end >= end) return place
  }
  return null
}

function analyzed(text: string, languageId: string): Analysis {
  try {
    return analysisOf(text, languageId)
  } catch (error) {
    if (error instanceof RangeError) throw new QuestionError(error.message)
    throw error
  }
}
