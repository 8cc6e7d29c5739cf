/** Scripts that may say a place in an array: `ij`, `i+1`, `n, k`, `:`. Whether they do is decided by the note, not here. */
import type { IndexTerm } from '../statement'
import { finishName } from './names'
import type { Token } from './tokens'

/** The places that the tokens of a script may say, one for each axis; `null` where they say something else. */
export function placesIn(tokens: readonly Token[]): readonly (IndexTerm | null)[] | null {
  const groups: Token[][] = [[]]
  for (const token of tokens) {
    if (token.kind === 'sign' && (token.text === ',' || token.text === ';')) groups.push([])
    else if (token.text !== '{' && token.text !== '}') groups[groups.length - 1]?.push(token)
  }
  const places: (IndexTerm | null)[] = []
  for (const group of groups) {
    const found = placesOf(group)
    if (!found) return null
    places.push(...found)
  }
  return places.length > 0 && places.length <= MOST_AXES ? places : null
}
/** Nobody writes more axes than this below one letter. */
const MOST_AXES = 4

function placesOf(tokens: readonly Token[]): (IndexTerm | null)[] | null {
  const [only] = tokens
  if (!only) return null
  if (tokens.length === 1 && only.kind === 'sign' && (only.text === ':' || only.text === '·')) return [null]
  const isSum = tokens.some((token) => token.kind === 'sign' && (token.text === '+' || token.text === '-'))
  if (isSum) {
    const term = sumOf(tokens)
    return term && [term]
  }
  // Side by side each letter is a place: `ij`, `i1`.
  const places = tokens.map((token) => termOf([token], 1))
  return places.every((place) => place !== null) ? (places as IndexTerm[]) : null
}

/** `i+k-1`. */
function sumOf(tokens: readonly Token[]): IndexTerm | null {
  const terms: IndexTerm[] = []
  let sign = 1
  let part: Token[] = []
  const shut = (): boolean => {
    const term = termOf(part, sign)
    part = []
    if (!term) return false
    terms.push(term)
    return true
  }
  for (const token of tokens) {
    const isSign = token.kind === 'sign' && (token.text === '+' || token.text === '-')
    if (!isSign) {
      part.push(token)
      continue
    }
    if (!shut()) return null
    sign = token.text === '-' ? -1 : 1
  }
  if (!shut()) return null
  return {
    letters: terms.flatMap(({ letters }) => letters),
    offset: terms.reduce((total, { offset }) => total + offset, 0),
  }
}

/** A letter or a number, with its sign. */
function termOf([token, second]: readonly Token[], factor: number): IndexTerm | null {
  if (!token || second) return null
  if (token.kind === 'number')
    return /^\d+$/.test(token.text) ? { letters: [], offset: factor * Number(token.text) } : null
  if (token.kind !== 'letter' && !(token.kind === 'command' && token.text === '\\ell')) return null
  if (token.font || token.accents) return null
  const { key, latex } = finishName({
    base: token.kind === 'command' ? 'ℓ' : token.text,
    accents: [],
    font: '',
    subscript: null,
    superscript: null,
    primes: 0,
  })
  return { letters: [{ key, latex, factor }], offset: 0 }
}
