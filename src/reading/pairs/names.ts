/** By which names people call a function and its derivative. */

/**
 * How surely names and places tell of a derivative. `sure`: they mean nothing else. `named`: in other fields the same
 * names mean other things (a density `dnorm`, a colour `linearGradient`), so the written one must also resemble a
 * derivative of this function before anything is said against it. `likely`: it must be one up to a slip that numbers show.
 */
export type Strength = 'sure' | 'named' | 'likely'

export interface NamedBase {
  /** The function's name, normalized. */
  readonly base: string
  /** The variable that the name gives: `w` of `loss_dw`. */
  readonly wrt: string | null
  readonly strength: Strength
}

/** One spelling for `dLoss`, `d_loss`, `DLOSS`. */
export const normalized = (name: string): string => name.replace(/^[#_$]+|[_$]/g, '').toLowerCase()

/** Words of calculus alone, and words that landscapes, colours and machines have too. */
const PLAIN = 'derivative|derivate|derivation|deriv|derive|der|prime'
const SHARED = 'gradient|grad|slope|differential|jacobian'
const WORDS = `${PLAIN}|${SHARED}`
const capital = (words: string): string => words.replace(/(^|\|)\w/g, (letter) => letter.toUpperCase())
const CAPITALS = capital(WORDS)

interface Pattern {
  readonly pattern: RegExp
  readonly strength: Strength
}

/** The first group is the function, the second the variable. */
const PATTERNS: readonly Pattern[] = [
  { pattern: new RegExp(`^(.+?)_?(?:${capital(PLAIN)})(?:$|(?:_|By|Wrt|WRT|With)+([A-Za-z]\\w*)$)`), strength: 'sure' },
  {
    pattern: new RegExp(`^(.+?)_?(?:${capital(SHARED)})(?:$|(?:_|By|Wrt|WRT|With)+([A-Za-z]\\w*)$)`),
    strength: 'named',
  },
  { pattern: new RegExp(`^(.+?)(?:${CAPITALS})([A-Z]\\w*)$`), strength: 'named' },
  { pattern: new RegExp(`^(.+?)_(?:${PLAIN})(?:_(?:by_|wrt_)?(\\w+))?$`), strength: 'sure' },
  { pattern: new RegExp(`^(.+?)_(?:${WORDS})(?:_(?:by_|wrt_)?(\\w+))?$`), strength: 'named' },
  { pattern: new RegExp(`^([a-zA-Z]\\d?)(?:${WORDS})$`), strength: 'sure' },
  { pattern: new RegExp(`^(.+?)(?:${WORDS})$`), strength: 'likely' },
  { pattern: new RegExp(`^(?:${PLAIN})(?:_of_|Of)([A-Z]\\w*)$`), strength: 'sure' },
  { pattern: new RegExp(`^(?:${WORDS})(?:_of_|Of|_)?([A-Z]\\w*)$`), strength: 'named' },
  { pattern: new RegExp(`^(?:${WORDS})(?:_of)?_(\\w+)$`), strength: 'named' },
  { pattern: /^(.+?)_d_?([a-z]\w?|[A-Z]|alpha|beta|gamma|theta|sigma|mu|lambda|weights?|bias)$/, strength: 'sure' },
  { pattern: /^(.*[a-z])D([a-z]|[A-Z]\w*)$/, strength: 'likely' },
  { pattern: /^d_?(.+?)_?[dD]_?(\w+)$/, strength: 'named' },
  { pattern: /^[dD]_?([A-Z]\w*)$/, strength: 'named' },
  { pattern: /^d_(\w+)$/, strength: 'named' },
  { pattern: /^d(f|g|h|y)\d*$/, strength: 'sure' },
  { pattern: /^d([a-z]\w?\d*)$/, strength: 'likely' },
  { pattern: /^d([a-z]\w{3,})$/, strength: 'named' },
  { pattern: /^d([a-z]\w*)$/, strength: 'likely' },
  { pattern: /^(.*[a-z])_?[dD]$/, strength: 'likely' },
  { pattern: /^([fgh])p$/, strength: 'likely' },
  { pattern: /^(?:inverse|inv|nabla)_?([A-Z]\w*)$/, strength: 'likely' },
]

/** Words that stand in a derivative's name where the function's has another or none: `sampleDerivativeX`, `callDelta`. */
const SWAPS: readonly (readonly [derivative: RegExp, functions: string, strength: Strength])[] = [
  [new RegExp(`^(${PLAIN})s?$`), ' value point position curve f', 'named'],
  [new RegExp(`^(${SHARED})s?$`), ' value f energy potential height cost', 'likely'],
  [/^tangent$/, ' value point position curve', 'named'],
  [/^(velocity|speed)$/, 'position displacement distance location', 'named'],
  [/^acceleration$/, 'velocity', 'named'],
  [/^force$/, 'potential energy potentialenergy', 'named'],
  [/^(pdf|density)$/, 'cdf', 'named'],
  [/^score$/, 'logpdf loglikelihood', 'named'],
  [/^(delta|vega|theta|rho)$/, 'price value premium', 'named'],
  [/^gamma$/, 'delta deltavalue', 'named'],
  [/^(backward|bwd|backprop)$/, ' forward fwd', 'named'],
  [/^marginal$/, ' total', 'named'],
  [/^(second|double)$/, ' ', 'named'],
]

/** `sampleDerivativeX`, `sample_derivative_x` as `sample`, `derivative`, `x`. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .split(/[_$#]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())

/** The functions of which a name may be the derivative, likeliest first. */
export function basesOf(name: string): NamedBase[] {
  const found: NamedBase[] = []
  for (const { pattern, strength } of PATTERNS) {
    const match = pattern.exec(name)
    if (match?.[1]) found.push({ base: normalized(match[1]), wrt: match[2] ?? null, strength })
  }
  // A second derivative is the derivative of the first.
  const second = /^d2_?([a-zA-Z]\w*)$/.exec(name)?.[1]
  if (second) found.push({ base: `d${normalized(second)}`, wrt: null, strength: 'named' })
  return [...found, ...swapped(name)]
}

function swapped(name: string): NamedBase[] {
  const words = wordsOf(name)
  return words.flatMap((word, index) =>
    SWAPS.filter(([pattern]) => pattern.test(word)).flatMap(([, functions, strength]) =>
      functions
        .split(' ')
        .map((other) => words.map((each, k) => (k === index ? other : each)).join(''))
        .filter((base) => base !== '')
        .map((base) => ({ base, wrt: null, strength })),
    ),
  )
}

/** Names of members that are the function and its derivative, most usual partner first. */
const PARTNERS: readonly (readonly [derivative: RegExp, functions: string, strength: Strength])[] = [
  [
    /^(der|deriv|derivate|derivative|derivativefunction|derivation|derive|differentiate)$/,
    'output function func fn f activation activate activationfunction forward calculate calc compute value eval evaluate original primal transfer apply call run fx y base normal loss cost error err',
    'sure',
  ],
  [/^(prime|fprime)$/, 'f fn func function activate activation forward output value compute', 'sure'],
  [/^(df|dfn|dfunc|dfx|dfdx|dydx|dy|dfunction)$/, 'f fn func fx y function value', 'sure'],
  [
    /^(gradient|grad|slope|calculategradient|calculatederivative)$/,
    'calculate calc compute value f fn func function loss cost error evaluate eval forward output activate energy potential call activation apply objective predict fun',
    'sure',
  ],
  [
    /^(backward|backprop|back|backpropagate|measure|delta|d|dx|force)$/,
    'forward activate activation output f fn func function value compute energy potential',
    'likely',
  ],
]

export const isDerivativeWord = (name: string): boolean => PARTNERS.some(([pattern]) => pattern.test(normalized(name)))

/** Of the other members of an object, the one that a derivative's name goes with. */
export function partnerOf(name: string, others: readonly string[]): { name: string; strength: Strength } | null {
  for (const [pattern, functions, strength] of PARTNERS) {
    if (!pattern.test(normalized(name))) continue
    for (const candidate of functions.split(' ')) {
      const found = others.find((other) => normalized(other) === candidate)
      if (found !== undefined) return { name: found, strength }
    }
    const [only] = others
    if (only !== undefined && others.length === 1) return { name: only, strength: 'likely' }
  }
  return null
}

/** A table of derivatives: `derivatives`, `dActivations`, `activationPrimes`. */
export const isDerivativeTable = (name: string): boolean =>
  /deriv|gradient|grads?$|prime|slope/i.test(name) || /^(d[A-Z_]|df|ders?$)|_d$/.test(name)

/** Whether a table's name says that it holds the derivatives of this other one, `dActs` of `acts`, or says nothing else. */
export function namesTable(name: string, functions: string | null): boolean {
  if (new RegExp(`^(all)?(${WORDS}|df)s?(table|map|functions?|fns?)?$`, 'i').test(name)) return true
  const singular = (text: string): string => normalized(text).replace(/(function|func|fn)?s?$/, '')
  return (
    functions !== null && basesOf(name.replace(/s$/, '')).some(({ base }) => singular(base) === singular(functions))
  )
}

/** A parameter that asks for the derivative instead. */
export const isFlag = (name: string): boolean =>
  /^_?(is|use|get|return|do|want|with|calc|compute)?_?(d|der|deriv|derive|derivative|derivate|derived|prime|slope|grad|gradient|diff|differentiate|backward|backprop|back|dx)(mode|flag)?$/i.test(
    name,
  )
