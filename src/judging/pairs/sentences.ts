/** Verdicts on written derivatives as sentences. */
import type { PairCandidate } from '../../reading/pairs'
import type { Assignment } from './roles'
import type { Convention } from './trial'
import type { PairWorld } from './world'

/** What makes a derivative right that isn't the plain one. */
export function reasonOf(
  convention: Convention,
  { function: of, derivative }: PairCandidate,
  factor: number | undefined,
  roles: Assignment['roles'],
  world: PairWorld,
): string | null {
  const free = world.own.find((_leaf, index) => roles[index] === 'free')?.plain
  switch (convention) {
    case 'output':
      return `${derivative.title} takes the output of ${of.title}, not its input.`
    case 'upstream':
      return free === undefined
        ? `${derivative.title} goes through the activation before ${of.title}.`
        : `${derivative.title} includes the gradient that arrives from later: ${free}.`
    case 'factor':
      return `Right up to the constant factor ${Number((factor ?? 1).toPrecision(6))}.`
    case 'negative':
      return `${derivative.title} is the negative gradient of ${of.title}.`
    case 'kink':
      return `${of.title} has a kink, where any value between the slopes on both sides is right.`
    case 'approximate':
      return `Right to about ${of.title}'s own accuracy: one of the two is fitted or a difference quotient.`
    default:
      return null
  }
}

/** Where a gradient is compared with no loss that is written. */
export const lossSentence = ({ function: of, derivative }: Titled): string =>
  `${derivative.title} begins with how far ${of.title} is off, as the loss that goes with it has it.`

interface Titled {
  readonly function: { readonly title: string }
  readonly derivative: { readonly title: string }
}

/** Only the sum over the samples is missing. */
export const unsummedSentence = ({ function: of, derivative }: Titled, by: string): string =>
  `${derivative.title} gives one gradient of ${of.title} by ${by} for each sample: their sum is missing.`

/** What is wrong, as far as numbers tell. @param factor the number that it is the right derivative times, if there is one */
export function mistakeSentence({ function: of, derivative }: Titled, by: string, factor: number | null): string {
  if (factor === null) return `${derivative.title} is not the derivative of ${of.title} by ${by}.`
  if (Math.abs(factor + 1) < 1e-6)
    return `${derivative.title} has the wrong sign: it is the negative derivative of ${of.title} by ${by}.`
  return `${derivative.title} is ${Number(factor.toPrecision(6))} times the derivative of ${of.title} by ${by}.`
}
