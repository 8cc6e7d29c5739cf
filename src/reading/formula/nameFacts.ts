/** How a passage uses its names: as functions, as variables, as indices. Found from its sides, before they are parsed. */
import type { Name } from '../statement'
import { isPrimedFunction, operationOfFunction } from './applied'
import { isCoordinate } from './coordinates'
import { functionOf } from './functionTokens'
import { beginsOperand } from './juxtaposed'
import { type LetterFacts, letterFacts } from './letterFacts'
import { finishName, looksLikeArray, type NameDraft } from './names'
import { beginsName, readName } from './nucleus'
import { isRelation, type Part, partsIn } from './rows'
import { scriptEnd } from './scripts'
import { isInvisible, type State, Unreadable } from './state'
import type { Token } from './tokens'
import { beginsArgument } from './words'

/** What one passage says about its names. Keys, unless said otherwise. */
export interface NameFacts {
  /** `f(x) = …`, `f'(x)`, `\\frac{\\partial f(x)}{…}`. */
  readonly functions: readonly string[]
  /** `y = f(x)`: a function, where nothing else speaks against it. */
  readonly maybeFunctions: readonly string[]
  /** Names with a definition or a value. */
  readonly defined: readonly Name[]
  /** Those whose definition is an expression. */
  readonly expressed: readonly string[]
  /** Looks like a function or a constant, and is used without a bracket: σ, or differentiated: π. */
  readonly bare: readonly string[]
  /** Letters with a bracket behind them. */
  readonly bracketed: readonly string[]
  /** Letters before a bracket around names alone, `u(t)`, and before one around a single term, `E(3t)`: nobody brackets a factor so. */
  readonly called: readonly string[]
  readonly applied: readonly string[]
  /** Words in upright letters with something right behind that they may be put on, `\mathrm{sinc}\, p`, and those without. */
  readonly headed: readonly string[]
  readonly unheaded: readonly string[]
  /** Names that stand among others without a bracket behind them. */
  readonly multiplied: readonly string[]
  /** Names that are the whole argument of a function: `\sin\theta`. */
  readonly angles: readonly string[]
  readonly letters: LetterFacts
  /** Bare names with a prime. */
  readonly primed: readonly string[]
  /** Those of which the prime makes another coordinate: `\\frac{\\partial x'}{\\partial x}`. */
  readonly coordinates: readonly string[]
  /** Letters on the line, and those raised (with the name below each). */
  readonly levels: readonly string[]
  readonly raised: readonly (readonly [letter: string, below: string])[]
  readonly lowered: readonly string[]
  /** Letters that stand above together with something else: `W^{t+1}`. */
  readonly accompanied: readonly string[]
  /** Names of matrices and vectors by their look with a single letter above, and what a sign of its own transposes. */
  readonly raisedArrays: readonly (readonly [letter: string, below: string])[]
  readonly turned: readonly string[]
  /** `x1` and `x_1` as they are defined. */
  readonly numbered: readonly string[]
  /** Letters with a number below, in any form but right before a power; and those right before one. */
  readonly indexed: readonly string[]
  readonly powered: readonly string[]
  /** `dw = …`, and `w = w - η dw`. */
  readonly written: readonly string[]
  readonly updated: readonly string[]
  /** m of `dw = \frac{1}{m} …`. */
  readonly averaged: readonly string[]
  /** `\sigma^2 = …`: names of which the square has a definition, and those that stand without a power. */
  readonly squared: readonly string[]
  readonly unsquared: readonly string[]
  /** `f_x`, `f_y` of a call `f(x, y)`. */
  readonly partials: readonly string[]
}

type Lists = Omit<NameFacts, 'letters'>
type Collected = { -readonly [K in keyof Lists]: Lists[K] extends readonly (infer T)[] ? T[] : never }

export function nameFacts(state: State): NameFacts {
  const facts: Collected = {
    functions: [],
    maybeFunctions: [],
    defined: [],
    expressed: [],
    bare: [],
    bracketed: [],
    called: [],
    applied: [],
    headed: [],
    unheaded: [],
    multiplied: [],
    angles: [],
    primed: [],
    coordinates: [],
    levels: [],
    raised: [],
    lowered: [],
    accompanied: [],
    raisedArrays: [],
    turned: [],
    numbered: [],
    indexed: [],
    powered: [],
    written: [],
    updated: [],
    averaged: [],
    squared: [],
    unsquared: [],
    partials: [],
  }
  const parts = partsIn(state)
  parts.forEach((part, index) => {
    sideFacts(state, part, parts[index + 1], facts)
  })
  tokenFacts(state, facts)
  return { ...facts, letters: letterFacts(state) }
}

/** The name at a token, with the index behind it; `null` where there is none. */
function nameAt(
  state: State,
  at: number,
  end: number,
): { name: Name; primes: number; end: number; raised: number; draft: NameDraft } | null {
  const before = { position: state.position, end: state.end, depth: state.depth }
  state.position = at
  state.end = end
  try {
    const read = readName(state)
    if (!read) return null
    const name = finishName({ ...read.draft, primes: 0 })
    while (isInvisible(state.tokens[state.position - 1])) state.position--
    return { name, primes: read.draft.primes, end: state.position, raised: read.raised.length, draft: read.draft }
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  } finally {
    state.position = before.position
    state.end = before.end
    state.depth = before.depth
  }
}

function sideFacts(state: State, part: Part, next: Part | undefined, facts: Collected): void {
  const [first, second] = part.sides
  const isListed = next?.joint === 'comma' && next.sides.length === 1
  if (first && second && !part.isHeadless && '=≔≡'.includes(second.sign ?? ' ')) {
    const target = nameAt(state, first.from, first.to)
    const open = target ? state.tokens[target.end] : undefined
    if (target?.raised === 1 && target.end === first.to && isSquare(state, first.to))
      facts.squared.push(target.name.key)
    if (target && target.end === first.to && !isListed) {
      definitionFacts(state, part, target, facts)
    } else if (
      target &&
      open?.text === '(' &&
      state.partner[target.end] === first.to - 1 &&
      areNames(state, target.end + 1, first.to - 1)
    ) {
      facts.functions.push(target.name.key)
      const alias = part.sides[2] ? nameAt(state, second.from, second.to) : null
      // `h(x) = y = e^{2x}` defines y, too.
      if (alias && alias.end === second.to && alias.primes + alias.raised === 0) facts.expressed.push(alias.name.key)
    }
    programmerFacts(state, part, facts)
  }
  for (const side of part.sides.slice(1)) {
    const callee = nameAt(state, side.from, side.to)
    if (!callee || state.tokens[callee.end]?.text !== '(' || state.partner[callee.end] !== side.to - 1) continue
    const isOwn = first !== undefined && nameAt(state, first.from, first.to)?.name.key === callee.name.key
    if (areNames(state, callee.end + 1, side.to - 1))
      (isOwn ? facts.functions : facts.maybeFunctions).push(callee.name.key)
  }
  for (const side of part.sides) levelFacts(state, side.from, side.to, part, isListed, facts)
}

/** `e ≈ 2.72`, `e = \\lim (1 + 1/n)^n`, `\\pi = 3.14` say that it is the constant. */
function isConstant({ tokens }: State, part: Part, key: string): boolean {
  const begins = part.sides.slice(1).map((side) => tokens[side.from]?.text ?? '')
  if (key === 'pi') return begins.some((text) => text.startsWith('3.1'))
  return key === 'e' && begins.some((text) => text.startsWith('2.7') || /^\\?lim/.test(text))
}

function definitionFacts(
  state: State,
  part: Part,
  target: NonNullable<ReturnType<typeof nameAt>>,
  facts: Collected,
): void {
  const second = part.sides[1]
  if (!second || target.raised > 0) return
  if (isConstant(state, part, target.name.key)) return
  const isLiteral = second.to - second.from <= 2 && state.tokens[second.to - 1]?.kind === 'number'
  if (target.primes === 0) {
    facts.defined.push(target.name)
    if (!isLiteral) facts.expressed.push(target.name.key)
    const { subscript, base } = target.draft
    if (subscript && /^\d+$/.test(subscript.key)) {
      const first = part.sides[0]
      const isTight =
        first !== undefined && state.tokens.slice(first.from, first.to).every((token) => token.text !== '_')
      facts.numbered.push(isTight ? base + subscript.key : `${base}_${subscript.key}`)
    }
  }
}

/** The number to whose power a name stands that ends here: `^2`; `null` for any other end. */
function powerBefore({ tokens }: State, end: number): string | null {
  const last = tokens.slice(Math.max(0, end - 4), end).filter(({ text }) => text !== '{' && text !== '}')
  const power = last.at(-1)
  return last.at(-2)?.text === '^' && power?.kind === 'number' ? power.text : null
}
const isSquare = (state: State, end: number): boolean => powerBefore(state, end) === '2'

/** `dw = …` and `w = w - \eta dw`. */
function programmerFacts(state: State, part: Part, facts: Collected): void {
  const [first, second] = part.sides
  if (!first || !second) return
  const written = differentialAt(state, first.from, first.to)
  if (written && written.end === first.to) {
    facts.written.push(written.key)
    facts.averaged.push(...part.sides.slice(1).flatMap(({ from, to }) => countsOfMeans(state, from, to)))
  }
  const target = nameAt(state, first.from, first.to)
  if (!target || target.end !== first.to) return
  for (let at = second.from; at < second.to; at++) {
    const used = differentialAt(state, at, second.to)
    if (used?.key === target.name.key) facts.updated.push(used.key)
  }
}

/** Letters by which 1 is divided: `\\frac{1}{m}`, `1/m`. */
function countsOfMeans({ tokens }: State, from: number, to: number): string[] {
  const texts = tokens.slice(from, to).flatMap(({ text }) => (text === '{' || text === '}' ? [] : [text]))
  return texts.filter((text, k) => {
    const isBelow = texts[k - 1] === '1' && /^\\[dt]?frac$/.test(texts[k - 2] ?? '')
    const isBehind = texts[k - 1] === '/' && texts[k - 2] === '1'
    return /^[a-zA-Z]$/.test(text) && (isBelow || isBehind)
  })
}

function differentialAt(state: State, at: number, end: number): { key: string; end: number } | null {
  const token = state.tokens[at]
  const next = state.tokens[at + 1]
  if (token?.kind !== 'letter' || token.text !== 'd' || !next || next.spaced || !beginsName(next)) return null
  const name = nameAt(state, at + 1, end)
  return name && name.raised === 0 ? { key: name.name.key, end: name.end } : null
}

/** Only names and commas: the parameters of a function. */
function areNames(state: State, from: number, to: number): boolean {
  let at = from
  while (at < to) {
    const name = nameAt(state, at, to)
    if (!name || name.raised > 0) return false
    at = name.end
    if (at === to) return true
    const token = state.tokens[at]
    if (token?.kind !== 'sign' || !(token.text === ',' || token.text === ';')) return false
    at++
  }
  return false
}

/** `l` or `l+1` with nothing beside it: a count that the words speak of. */
const isCountAlone = ({ tokens }: State, from: number, to: number): boolean =>
  to - from === 1 ||
  (to - from === 3 && '+-'.includes(tokens[from + 1]?.text ?? ' ') && tokens[from + 2]?.kind === 'number')

/** Letters on the line and in scripts. A letter that stands alone counts for nothing: `i = 1, …, N`. */
function levelFacts(state: State, from: number, to: number, part: Part, isListed: boolean, facts: Collected): void {
  const isAlone = part.sides.length === 1 ? isCountAlone(state, from, to) : to - from === 1
  const isBound = part.sides.length === 2 && !isListed && part.joint !== 'comma' && part.sides[1]?.sign === '='
  for (let at = from; at < to; at++) {
    const token = state.tokens[at] as Token
    if (token.kind === 'sign' && (token.text === '_' || token.text === '^')) {
      at = Math.min(scriptEnd(state, at), to) - 1
      continue
    }
    if (!beginsName(token)) continue
    const read = nameAt(state, at, to)
    if (!read) continue
    const { base, font, accents } = read.draft
    scriptFacts(state, at, read.end, read.draft, facts)
    if ((!isAlone || isBound) && !font && accents.length === 0 && !read.draft.subscript) facts.levels.push(base)
    at = Math.max(at, read.end - 1)
  }
}

/** Letters below and above a name. */
function scriptFacts(state: State, from: number, to: number, draft: NameDraft, facts: Collected): void {
  for (let at = from; at < to; at++) {
    const { text } = state.tokens[at] as Token
    if (text !== '_' && text !== '^') continue
    const end = Math.min(scriptEnd(state, at), to)
    const inside = state.tokens.slice(at + 1, end).filter(({ text }) => text !== '{' && text !== '}')
    for (const letter of inside) {
      if (text === '^' && isTransposed(letter)) facts.turned.push(letter.text.trim())
      if (letter.kind !== 'letter' && letter.kind !== 'text' && letter.kind !== 'word') continue
      const above = letter.text.trim()
      if (text === '_') facts.lowered.push(letter.text)
      else facts.raised.push([above, draft.base])
      if (text === '^' && inside.length > 1) facts.accompanied.push(above)
      else if (text === '^' && looksLikeArray(draft)) facts.raisedArrays.push([above, draft.base])
    }
    at = end - 1
  }
}

const isTransposed = (token: Token): boolean => /^(?:\\top|\\intercal|⊤|⊺|T)$/.test(token.text.trim())

/** What any token says by itself. */
function tokenFacts(state: State, facts: Collected): void {
  const { tokens } = state
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    if (functionOf(token)) angleFacts(state, at, facts)
    if (!beginsName(token)) continue
    const differentiated = isDifferentiated(tokens, at)
    const read = nameAt(state, at, tokens.length)
    if (!read) continue
    if (read.draft.subscript && /^\d/.test(read.draft.subscript.key)) {
      const isPowered = tokens[at + 1]?.kind === 'number' && tokens[at + 2]?.text === '^'
      ;(isPowered ? facts.powered : facts.indexed).push(read.draft.base)
    }
    const next = tokens[read.end]
    const isCall = next?.kind === 'open' && next.text === '('
    if (!isCall && (read.raised === 0 || !isSquare(state, read.end))) facts.unsquared.push(read.name.key)
    // Operations of the table are functions without the note's word for it.
    const isKnown = operationOfFunction({ ...read.draft, primes: 0 }) !== undefined
    if (isCall && !isKnown && read.primes > 0 && isPrimedFunction(state, read.draft, read.end))
      facts.functions.push(read.name.key)
    if (isCall && !isKnown && differentiated && areNames(state, read.end + 1, state.partner[read.end] ?? -1))
      facts.functions.push(read.name.key)
    if (isCall) bracketFacts(state, read.name.key, read.end, facts)
    else if (!differentiated && read.primes === 0 && !isAlone(tokens, at, read.end))
      facts.multiplied.push(read.name.key)
    if (state.text.charAt(token.start) === '\\' && /^[A-Za-z]{2,}$/.test(read.draft.base))
      (isCall || beginsArgument(next) ? facts.headed : facts.unheaded).push(read.name.key)
    if (isCall) facts.bracketed.push(read.name.key)
    else if (read.primes > 0) {
      facts.primed.push(read.name.key)
      if (differentiated && isCoordinate(state, at, read.draft.base)) facts.coordinates.push(read.name.key)
    }
    // `\frac{de^x}{dx}` differentiates a power of e, `\frac{d^2L}{de^2}` by an e.
    else if (
      read.name.key === 'sigma' ||
      (differentiated && (read.raised === 0 || powerBefore(state, read.end) !== null))
    )
      facts.bare.push(read.name.key)
    at = Math.max(at, read.end - 1)
  }
}

/** What the bracket behind a name says about it. */
function bracketFacts(state: State, key: string, open: number, facts: Collected): void {
  const close = state.partner[open] ?? -1
  if (close <= open + 1) return
  if (areNames(state, open + 1, close)) {
    facts.called.push(key)
    // Of one variable a prime says all, and what stands below is an index.
    const letters = state.tokens.slice(open + 1, close).filter(({ kind }) => kind === 'letter')
    if (letters.length > 1) facts.partials.push(...letters.map(({ text }) => `${key}_${text}`))
  }
  if (isSingleTerm(state, open + 1, close)) facts.applied.push(key)
}

/** Numbers and names with their powers, side by side: no bracket is needed to multiply by it. */
function isSingleTerm(state: State, from: number, to: number): boolean {
  for (let at = from; at < to; ) {
    const token = state.tokens[at] as Token
    const name = beginsName(token) ? nameAt(state, at, to) : null
    if (!name && token.kind !== 'number') return false
    at = name?.end ?? at + 1
    if (state.tokens[at]?.text === '^' && at < to) at = scriptEnd(state, at)
  }
  return true
}

/** `\sin\theta`, `\cos(2 x)`: the name that is the whole argument. */
function angleFacts(state: State, at: number, facts: Collected): void {
  const { tokens } = state
  let from = at + 1
  while (tokens[from]?.text === '^' || tokens[from]?.text === '_') from = scriptEnd(state, from)
  const open = tokens[from]
  const close = open?.kind === 'open' && '({'.includes(open.text) ? (state.partner[from] ?? -1) : -1
  if (close > from) from++
  while (tokens[from]?.kind === 'number') from++
  const token = tokens[from]
  const name = token && beginsName(token) ? nameAt(state, from, close > 0 ? close : tokens.length) : null
  if (!name || name.name.key === 'pi') return
  const next = tokens[name.end]
  const isWhole = close > 0 ? name.end === close : !next || !beginsOperand(state, next)
  if (isWhole) facts.angles.push(name.name.key)
}

/** Nothing stands beside the name on its side: `$W$`, `h = …`. */
const isAlone = (tokens: readonly Token[], from: number, to: number): boolean =>
  endsSide(tokens[from - 1]) && endsSide(tokens[to])
const endsSide = (token: Token | undefined): boolean =>
  token === undefined ||
  isRelation(token) ||
  ['newline', 'align', 'space', 'begin', 'end', 'text', 'cjk'].includes(token.kind) ||
  (token.kind === 'sign' && ',;:.'.includes(token.text))

const isDifferentiated = (tokens: readonly Token[], at: number): boolean => {
  const before = tokens[at - 1]?.text === '{' ? tokens[at - 2] : tokens[at - 1]
  if (before?.text === '∂') return true
  return (
    before?.kind === 'letter' && before.text === 'd' && (tokens[at - 2]?.text === '{' || isRelation(tokens[at - 2]))
  )
}
