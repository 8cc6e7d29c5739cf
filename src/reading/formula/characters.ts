/** What single characters mean in mathematics: Greek letters, accents, raised and lowered characters, signs. */

/** A Greek letter: the key that names use for it, and how LaTeX spells it. */
interface Greek {
  readonly key: string
  readonly latex: string
}

const SMALL =
  'αalpha βbeta γgamma δdelta εepsilon ζzeta ηeta θtheta ιiota κkappa λlambda μmu νnu ξxi πpi ρrho σsigma τtau υupsilon φphi χchi ψpsi ωomega'
const CAPITAL = 'ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΥUpsilon ΦPhi ΨPsi ΩOmega'
const VARIANTS = 'ϵepsilon ϑtheta ϕphi ϖpi ϱrho ςsigma µmu'

const entries = (list: string): [string, string][] => list.split(' ').map((word) => [word.slice(0, 1), word.slice(1)])

const GREEK = new Map<string, Greek>(
  entries(`${SMALL} ${CAPITAL} ${VARIANTS}`).map(([letter, key]) => [letter, { key, latex: `\\${key}` }]),
)
for (const [letter, key] of [
  ['ℓ', 'ell'],
  ['ℏ', 'hbar'],
  ['ı', 'imath'],
  ['ȷ', 'jmath'],
] as const) {
  GREEK.set(letter, { key, latex: `\\${key}` })
}
const LETTERS = new Map<string, string>(entries(`${SMALL} ${CAPITAL}`).map(([letter, key]) => [key, letter]))
for (const [letter, key] of entries(CAPITAL)) LETTERS.set(`var${key}`, letter)
for (const key of ['epsilon', 'theta', 'phi', 'pi', 'rho', 'sigma', 'kappa']) {
  LETTERS.set(`var${key}`, LETTERS.get(key) as string)
}

/** The Greek letter that this character is. */
export const greek = (letter: string): Greek | undefined => GREEK.get(letter)

/** The character of a Greek letter by its name: `alpha` → `α`, `varphi` → `φ`. */
export const greekLetter = (name: string): string | undefined => LETTERS.get(name)

/** Combining characters and the accent that each is. */
export const COMBINING: ReadonlyMap<string, string> = new Map([
  ['\u0302', 'hat'],
  ['\u0304', 'bar'],
  ['\u0305', 'bar'],
  ['\u0303', 'tilde'],
  ['\u0307', 'dot'],
  ['\u0308', 'ddot'],
  ['\u20d7', 'vec'],
])

/** The combining character that writes an accent in plain text. */
export const combining = (accent: string): string => {
  for (const [mark, name] of COMBINING) if (name === accent) return mark
  return ''
}

/** Alphabets of mathematics in Unicode: first character and font; capitals, then small letters. */
export const FONT_RANGES: readonly (readonly [number, string])[] = [
  [0x1d400, 'bold'],
  [0x1d468, 'bold'],
  [0x1d4d0, 'cal'],
  [0x1d56c, 'frak'],
]

/** The character of a letter in a font; the letter itself where there is none. */
export function inFont(letter: string, font: string): string {
  const first = FONT_RANGES.find(([, name]) => name === font)?.[0]
  if (first === undefined || !/^[A-Za-z]$/.test(letter)) return letter
  const code = letter.charCodeAt(0)
  return String.fromCodePoint(first + (code >= 97 ? code - 97 + 26 : code - 65))
}

const RAISED =
  '⁰0 ¹1 ²2 ³3 ⁴4 ⁵5 ⁶6 ⁷7 ⁸8 ⁹9 ⁺+ ⁻- ⁽( ⁾) ⁿn ⁱi ˣx ʸy ᶻz ᵀT ᵃa ᵇb ᶜc ᵈd ᵉe ᵏk ˡl ᵐm ᵒo ᵖp ʳr ˢs ᵗt ᵘu ᵛv ʷw ʰh ʲj ᴸL ᴺN ᵝβ ᵞγ ᵟδ ᶿθ ᵠφ'
const LOWERED =
  '₀0 ₁1 ₂2 ₃3 ₄4 ₅5 ₆6 ₇7 ₈8 ₉9 ₊+ ₋- ₍( ₎) ₐa ₑe ₒo ₓx ₕh ₖk ₗl ₘm ₙn ₚp ₛs ₜt ᵢi ⱼj ᵣr ᵤu ᵥv ᵦβ ᵧγ ᵨρ ᵩφ'

/** Characters that stand above the line, with what they mean. */
export const SUPERSCRIPTS: ReadonlyMap<string, string> = new Map(entries(RAISED))
/** Characters that stand below the line. */
export const SUBSCRIPTS: ReadonlyMap<string, string> = new Map(entries(LOWERED))

/** One spelling for each sign: full-width forms, look-alikes and LaTeX's own names come down to the key's value. */
const SIGNS = new Map<string, string>(
  entries(
    "−- –- ‐- ﹣- ∗* ＊* ∙· •· ・· ･· ⋅· ∕/ ⁄/ ′' ’' ʹ' ＇' ≦≤ ⩽≤ ≧≥ ⩾≥ ∣| ∥‖ ⋯… ⟶→ ⟵← ⟹⇒ ⟺⇔ ∊∈ 、, ，, ；; ：: 。. ．. ≒≈ ≃≈ ⨀⊙ ∘∘ ＾^ ＿_",
  ),
)

/** The sign that stands for this character. Full-width characters become ASCII. */
export function canonicalSign(character: string): string {
  const known = SIGNS.get(character)
  if (known) return known
  const code = character.charCodeAt(0)
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character
}

/** Below it there are none: most characters of formulas are told by their number alone. */
const FIRST_CJK = 0x1100

/** A character of Chinese, Japanese or Korean writing. */
export const isCjk = (character: string): boolean =>
  character.charCodeAt(0) >= FIRST_CJK &&
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}々〆ー「」『』【】〈〉《》？！]/u.test(
    character,
  )

/** Contains a letter that only prose has: Japanese grammar, Korean endings. */
export const isProseScript = (text: string): boolean => /[\p{Script=Hiragana}\p{Script=Hangul}]/u.test(text)
