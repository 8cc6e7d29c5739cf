/** By which names people call a function and its derivative. */

/** How surely names tell of a derivative: a `likely` one must also look like one before anything is said against it. */
export type Strength = 'sure' | 'likely'

export interface NamedBase {
  /** The function's name, normalized. */
  readonly base: string
  /** The variable that the name gives: `w` of `loss_dw`. */
  readonly wrt: string | null
  readonly strength: Strength
}

/** One spelling for `dLoss`, `d_loss`, `DLOSS`. */
export const normalized = (name: string): string => name.replace(/^[#_$]+|[_$]/g, '').toLowerCase()

const WORDS = 'derivative|derivate|derivation|deriv|derive|der|prime|gradient|grad|slope|differential|jacobian'
const CAPITALS = WORDS.replace(/(^|\|)\w/g, (letter) => letter.toUpperCase())

interface Pattern {
  readonly pattern: RegExp
  readonly strength: Strength
}

/** The first group is the function, the second the variable. */
const PATTERNS: readonly Pattern[] = [
  { pattern: new RegExp(`^(.+?)_?(?:${CAPITALS})(?:$|(?:_|By|Wrt|WRT|With)+([A-Za-z]\\w*)$)`), strength: 'sure' },
  { pattern: new RegExp(`^(.+?)(?:${CAPITALS})([A-Z]\\w*)$`), strength: 'sure' },
  { pattern: new RegExp(`^(.+?)_(?:${WORDS})(?:_(?:by_|wrt_)?(\\w+))?$`), strength: 'sure' },
  { pattern: new RegExp(`^(\\w{1,3})(?:${WORDS})$`), strength: 'sure' },
  { pattern: new RegExp(`^(.+?)(?:${WORDS})$`), strength: 'likely' },
  { pattern: new RegExp(`^(?:${WORDS})(?:_of_|Of|_)?([A-Z]\\w*)$`), strength: 'sure' },
  { pattern: new RegExp(`^(?:${WORDS})(?:_of)?_(\\w+)$`), strength: 'sure' },
  { pattern: /^(.+?)_d_?([a-z]\w?|[A-Z]|alpha|beta|gamma|theta|sigma|mu|lambda|weights?|bias)$/, strength: 'sure' },
  { pattern: /^(.*[a-z])D([a-z]|[A-Z]\w*)$/, strength: 'likely' },
  { pattern: /^d_?(.+?)_?[dD]_?(\w+)$/, strength: 'sure' },
  { pattern: /^[dD]_?([A-Z]\w*)$/, strength: 'sure' },
  { pattern: /^d_(\w+)$/, strength: 'sure' },
  { pattern: /^d([a-z]\w?\d*)$/, strength: 'likely' },
  { pattern: /^d([a-z]\w{3,})$/, strength: 'sure' },
  { pattern: /^d([a-z]\w*)$/, strength: 'likely' },
  { pattern: /^(.*[a-z])_?[dD]$/, strength: 'likely' },
  { pattern: /^(?:inverse|inv|nabla)_?([A-Z]\w*)$/, strength: 'likely' },
]

/** The functions of which a name may be the derivative, likeliest first. */
export function basesOf(name: string): NamedBase[] {
  const found: NamedBase[] = []
  for (const { pattern, strength } of PATTERNS) {
    const match = pattern.exec(name)
    if (match?.[1]) found.push({ base: normalized(match[1]), wrt: match[2] ?? null, strength })
  }
  return found
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
    'calculate calc compute value f fn func function loss cost error evaluate eval forward output activate energy potential',
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

/** A parameter that asks for the derivative instead. */
export const isFlag = (name: string): boolean =>
  /^_?(is|use|get|return|do|want|with|calc|compute)?_?(d|der|deriv|derive|derivative|derivate|derived|prime|slope|grad|gradient|diff|differentiate|backward|backprop|back|dx)(mode|flag)?$/i.test(
    name,
  )
