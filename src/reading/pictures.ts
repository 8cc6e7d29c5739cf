/** Formulas that stand in the address of a picture: services draw `https://latex.codecogs.com/svg.latex?\frac{dy}{dx}`. */
import { entity } from './html'

/** A formula as it is meant, as long as it is written, and where its first character stands. */
export interface PictureFormula {
  readonly start: number
  readonly text: string
}

/** What stands before the formula: a service that takes all behind the question mark or slash, or a parameter with its name. */
const SERVICES = [
  /codecogs\.com\/[\w./-]*\?(?:latex=)?/i,
  /(?:upmath\.me|s2cms\.ru)\/(?:svg|png)\//i,
  /[?&](?:amp;)?(?:tex|latex|math|formula|equation|eq|chl|from|inline|block)=/i,
]
const LONGEST = 4000

/** The formula of a picture's address; `null` where it is a picture of something else. */
export function pictureFormula(address: string): PictureFormula | null {
  if (address.length > LONGEST || !/^(?:https?:)?\/\//.test(address)) return null
  const found = SERVICES.map((service) => service.exec(address)).find((match) => match !== null)
  if (!found) return null
  const start = found.index + found[0].length
  const rest = address.slice(start)
  // A service of its own has no other parameters.
  const end = /=$/.test(found[0]) ? (/&(?:amp;)?[a-z]+=/i.exec(rest)?.index ?? rest.length) : rest.length
  const text = withoutLooks(decoded(rest.slice(0, end)))
  return /[\\=^_]/.test(text) ? { start, text } : null
}

/** Sizes, colours and resolutions that a service is told in the formula. */
const withoutLooks = (text: string): string =>
  text.replace(/\\(?:inline|dpi *\{ *\d* *\}|bg *(?:_ *\w+|\{ *\w+ *\})|fn *_ *\w+)/g, (look) =>
    ' '.repeat(look.length),
  )

/** Characters put in for their codes, each at the end of the room of its code, so that a macro stays in one piece. */
function decoded(text: string): string {
  // Where plus has a code, the sign itself is a space, as in forms.
  const plusIsSpace = /%2B|&plus;|\+%3D\+|\+=\+/i.test(text)
  return text.replace(/(?:%[0-9a-f]{2})+|&[a-z]{2,6};|\+/gi, (code) => {
    if (code === '+') return plusIsSpace ? ' ' : '+'
    if (code.startsWith('&')) return entity(code)
    return charactersOf(code)
  })
}

function charactersOf(codes: string): string {
  let characters: string
  try {
    characters = decodeURIComponent(codes)
  } catch {
    return ' '.repeat(codes.length)
  }
  return [...characters]
    .map((character) => character.padStart(Math.max(3, encodeURIComponent(character).length)))
    .join('')
}
