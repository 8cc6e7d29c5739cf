/** Functions and constants of languages that the table expresses by its entries. */
import type { Algebra } from './algebra'
import type { Language } from './operation'

export interface Composed {
  readonly spellings: Readonly<Partial<Record<Language, readonly string[]>>>
  /** How many inputs it needs. */
  readonly arity: number
  readonly value: <T>(algebra: Algebra<T>, a: T, b: T) => T
}

/** The standard normal distribution, as `scipy.stats.norm` has it; the second input is π. */
const NORMAL: Readonly<Record<string, Composed['value']>> = {
  pdf: ({ n, negative, exponential, power, product, quotient, root }, x, pi) =>
    quotient(exponential(negative(quotient(power(x, n(2)), n(2)))), root(product(n(2), pi))),
  logpdf: ({ n, negative, difference, power, product, quotient, logarithm }, x, pi) =>
    difference(negative(quotient(power(x, n(2)), n(2))), quotient(logarithm(product(n(2), pi)), n(2))),
  cdf: ({ n, of, sum, quotient, root }, x) => quotient(sum(n(1), of('erf', quotient(x, root(n(2))))), n(2)),
  sf: ({ n, of, difference, quotient, root }, x) =>
    quotient(difference(n(1), of('erf', quotient(x, root(n(2))))), n(2)),
}

const COMPOSED: readonly Composed[] = [
  ...[2, 10].map(
    (base): Composed => ({
      spellings: { typescript: [`Math.log${base}`], python: [`np.log${base}`] },
      arity: 1,
      value: ({ n, logarithm, quotient }, a) => quotient(logarithm(a), logarithm(n(base))),
    }),
  ),
  ...[2, 10].map(
    (number): Composed => ({
      spellings: { typescript: [`Math.LN${number}`] },
      arity: 0,
      value: ({ n, logarithm }) => logarithm(n(number)),
    }),
  ),
  ...[2, 10].map(
    (base): Composed => ({
      spellings: { typescript: [`Math.LOG${base}E`] },
      arity: 0,
      value: ({ n, logarithm, quotient }) => quotient(n(1), logarithm(n(base))),
    }),
  ),
  { spellings: { typescript: ['Math.SQRT2'] }, arity: 0, value: ({ n, root }) => root(n(2)) },
  {
    spellings: { typescript: ['Math.SQRT1_2'] },
    arity: 0,
    value: ({ n, root, quotient }) => root(quotient(n(1), n(2))),
  },
  { spellings: { python: ['np.square'] }, arity: 1, value: ({ n, power }, a) => power(a, n(2)) },
  { spellings: { python: ['np.reciprocal'] }, arity: 1, value: ({ n, quotient }, a) => quotient(n(1), a) },
  // What it is at 0 stands beside it, and is 0 as good as always.
  { spellings: { python: ['np.heaviside'] }, arity: 1, value: ({ of }, a) => of('unitStep', a) },
  {
    spellings: { python: ['np.logaddexp'] },
    arity: 2,
    value: ({ sum, logarithm, exponential }, a, b) => logarithm(sum(exponential(a), exponential(b))),
  },
  ...Object.entries(NORMAL).map(
    ([name, value]): Composed => ({ spellings: { python: [`stats.norm.${name}`] }, arity: 2, value }),
  ),
]

const bySpelling = new Map(
  COMPOSED.flatMap((entry) =>
    Object.entries(entry.spellings).flatMap(([language, spellings]) =>
      spellings.map((spelling) => [`${language} ${spelling}`, entry] as const),
    ),
  ),
)

/** What a language calls so, if it is no entry but made of some: `Math.log2`, `np.square`. */
export const composedSpelled = (language: Language, spelling: string): Composed | undefined =>
  bySpelling.get(`${language} ${spelling}`)
