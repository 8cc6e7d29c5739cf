/** What people leave out of a gradient on arrays, or put into it, and are right. */
import type { JudgedPair } from '../../derivation'
import type { ArrayCandidate } from '../../reading/pairs/arrayCandidate'
import { isNegativeBy } from './conventions'
import type { Fit } from './fitting'
import { equal } from './relation'

/** How the numbers of a written gradient stand to the true ones. */
export interface Relation {
  /** The largest of the true ones. */
  readonly scale: number
  /** The one number that all entries are the right ones times. */
  readonly factor: number | null
  /** The part of the entries that are right. */
  readonly equalPart: number
  /** It is the right one times a factor, with the gradient of a penalty on large weights added. */
  readonly decay: { readonly factor: number } | null
  /** It is the gradient taken through the activation before, up to this factor. */
  readonly through: number | null
}

/** @param at the values of the input @param width the length of its rows */
export function relationOf(
  written: readonly number[],
  expected: readonly number[],
  at: readonly number[],
  width: number,
): Relation {
  const scale = Math.max(...expected.map(Math.abs))
  const factor = factorOf(written, expected, scale)
  const equalPart = expected.filter((value, k) => equal(written[k] as number, value, scale)).length / expected.length
  const through =
    factor === null && at.length === expected.length
      ? (ACTIVATIONS.map((back) => back(expected, at, width))
          .map((each) => factorOf(written, each, Math.max(...each.map(Math.abs))))
          .find((each) => each !== null) ?? null)
      : null
  const decay = factor === null && at.length === expected.length ? decayOf(written, expected, at) : null
  return { scale, factor, equalPart, decay, through }
}

/** Sums of `expected` times a number and penalties: on squares, on sizes, on both. No penalty rewards large weights. */
function decayOf(written: readonly number[], expected: readonly number[], at: readonly number[]): Relation['decay'] {
  const signs = at.map(Math.sign)
  for (const penalties of [[at], [signs], [at, signs]]) {
    const terms = [expected, ...penalties]
    const solution = written.length > terms.length ? leastSquares(terms, written) : null
    const [factor = 0, ...rates] = solution ?? []
    if (!solution || factor === 0 || rates.some((rate) => rate < -1e-9) || !rates.some((rate) => rate > 1e-9)) continue
    const sums = written.map((_value, k) =>
      terms.reduce((sum, term, n) => sum + (solution[n] as number) * (term[k] as number), 0),
    )
    const scale = Math.max(...sums.map(Math.abs))
    if (sums.every((sum, k) => equal(written[k] as number, sum, scale))) return { factor }
  }
  return null
}

/** The numbers by which the terms, added up, come nearest to what is wanted; `null` where they aren't told apart. */
function leastSquares(terms: readonly (readonly number[])[], wanted: readonly number[]): number[] | null {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, k) => sum + value * (b[k] as number), 0)
  const rows = terms.map((term) => [...terms.map((other) => dot(term, other)), dot(term, wanted)])
  for (const [at, row] of rows.entries()) {
    const pivot = row[at] as number
    if (Math.abs(pivot) < 1e-9) return null
    for (const [k, other] of rows.entries()) {
      const share = k === at ? 0 : (other[at] as number) / pivot
      if (share !== 0)
        row.forEach((value, n) => {
          other[n] = (other[n] as number) - share * value
        })
    }
  }
  return rows.map((row, at) => (row.at(-1) as number) / (row[at] as number))
}

/** Gradients by weights without the penalty that is added to them; `null` where there is none. */
export function withoutPenalty<Each extends Related>(
  candidate: ArrayCandidate,
  columns: readonly Each[],
): readonly Each[] | null {
  const data = new Set(candidate.inputs.filter(({ isParameter }) => !isParameter).map(({ name }) => name))
  const isPenalised = ({ of, relation }: Related) => relation.decay !== null && !data.has(of.name)
  if (candidate.kind !== 'layer' || !columns.some(isPenalised)) return null
  return columns.map((column) => {
    const { decay } = column.relation
    return decay && isPenalised(column) ? { ...column, relation: { ...column.relation, factor: decay.factor } } : column
  })
}

/** Gradients before an activation, from the gradient by its output: sigmoid, tanh, softmax by rows and by columns. */
const ACTIVATIONS: readonly ((gradient: readonly number[], y: readonly number[], width: number) => number[])[] = [
  (gradient, y) => gradient.map((g, k) => g * (y[k] as number) * (1 - (y[k] as number))),
  (gradient, y) => gradient.map((g, k) => g * (1 - (y[k] as number) ** 2)),
  (gradient, y, width) => softmaxBack(gradient, y, (k) => Math.floor(k / width)),
  (gradient, y, width) => softmaxBack(gradient, y, (k) => k % width),
]

function softmaxBack(gradient: readonly number[], y: readonly number[], group: (k: number) => number): number[] {
  const sums = new Map<number, number>()
  gradient.forEach((g, k) => {
    sums.set(group(k), (sums.get(group(k)) ?? 0) + g * (y[k] as number))
  })
  return gradient.map((g, k) => (y[k] as number) * (g - (sums.get(group(k)) as number)))
}

function factorOf(written: readonly number[], expected: readonly number[], scale: number): number | null {
  const at = expected.findIndex((value) => Math.abs(value) > 1e-3 * scale)
  const factor = (written[at] ?? 0) / (expected[at] ?? 1)
  if (at < 0 || !Number.isFinite(factor) || factor === 0) return null
  return expected.every((value, index) => equal(written[index] as number, factor * value, scale * Math.abs(factor)))
    ? factor
    : null
}

/** Why what isn't the plain gradient is right. */
export interface Found {
  readonly convention: JudgedPair['convention']
  readonly reason: string
}

/** A gradient by one input at one draw of numbers. */
export interface Related {
  readonly of: { readonly name: string }
  readonly relation: Relation
}

/** The same with other sizes: a factor by custom that depends on them must change with them. */
export type Again = () => { readonly fit: Fit; readonly columns: readonly Related[] } | null

export function isCustomaryBy(
  candidate: ArrayCandidate,
  fit: Fit,
  columns: readonly Related[],
  again: Again,
): Found | null {
  const relations = columns.map(({ relation }) => relation)
  const kind = (['factor', 'through'] as const).find((each) => sameOf(relations, each) !== null)
  const factor = kind && sameOf(relations, kind)
  if (!kind || !factor) return null
  const other = again()
  const changed = other
    ? sameOf(
        other.columns.map(({ relation }) => relation),
        kind,
      )
    : factor
  if (!changed || Math.sign(changed) !== Math.sign(factor)) return null
  const { function: of, derivative } = candidate
  if (factor < 0 && !isNegativeBy([of.name, derivative.name])) return null
  if (!isOfForm(Math.abs(factor), fit, Math.abs(changed), other?.fit ?? null)) return null
  if (kind === 'through')
    return { convention: 'upstream', reason: `${derivative.title} goes through the activation before ${of.title}.` }
  return factor < 0
    ? { convention: 'negative', reason: `${derivative.title} is the negative gradient of ${of.title}.` }
    : { convention: 'factor', reason: `Right up to the constant factor ${Number(factor.toPrecision(6))}.` }
}

/**
 * What comes in is passed on as it is, and all that is learnt is divided by how many samples there are.
 * @param data the name of the input that comes in
 */
export function isMeanBy(data: string, fit: Fit, columns: readonly Related[], again: Again): Found | null {
  const factorsIn = (all: readonly Related[], isData: boolean) =>
    sameOf(
      all.filter(({ of }) => (of.name === data) === isData).map(({ relation }) => relation),
      'factor',
    )
  const passed = factorsIn(columns, true)
  const learnt = factorsIn(columns, false)
  if (learnt === null || (passed !== null && !isNear(passed, 1)) || learnt >= 1 || learnt <= 0) return null
  const other = again()
  const changed = other && factorsIn(other.columns, false)
  if (!other || !changed || isNear(changed, learnt) || !isOfForm(learnt, fit, changed, other.fit)) return null
  return { convention: 'factor', reason: `Right up to the constant factor ${Number(learnt.toPrecision(6))}.` }
}

/** A factor by custom, of the same form at both sizes; where it has only these sizes, no size can be told from a number. */
function isOfForm(factor: number, fit: Fit, changed: number, other: Fit | null): boolean {
  const [forms, others] = [fit, other].map((each) => (each && other ? formsOf(each) : ofAnySize(fit))) as [
    readonly number[],
    readonly number[],
  ]
  return forms.some((form, k) => isNear(form, factor) && isNear(others[k] as number, changed))
}

/** The number that all of them have. */
function sameOf(relations: readonly Relation[], kind: 'factor' | 'through'): number | null {
  const [first, ...others] = relations.map((relation) => relation[kind])
  if (first === undefined || first === null) return null
  return others.every((each) => each !== null && isNear(each, first)) ? first : null
}

/** Is one factor another, but for rounding? */
export const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.abs(b)

/** Half of a square is a loss by custom; what multiplies an arriving gradient keeps its factor. */
const ofAnySize = ({ run }: Fit): readonly number[] => (run.arriving && run.isNamedGradient ? [1] : [1, 2, 0.5])

/** Factors by custom, each at the same place for whatever sizes: half of a square, one divided by how many there are. */
function formsOf(fit: Fit): number[] {
  const shapes = [...fit.run.inputs, ...(fit.run.arriving ?? [])].map(({ shape }) => shape)
  const counts = shapes.flatMap((shape) => [...shape, shape.reduce((n, size) => n * size, 1)])
  return [...ofAnySize(fit), ...counts.flatMap((n) => [n, 1 / n, 2 / n, n / 2])]
}
