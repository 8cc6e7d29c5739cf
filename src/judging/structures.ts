/** What a note says of the entries of its arrays, in words or as a formula: one-hot, entries that sum to one, symmetric. Values are drawn so. */
import type { Tensor } from '../operations/operation'

export interface Structure {
  readonly kind: 'one-hot' | 'sum to one' | 'symmetric'
  /** Values with this structure, made from others. */
  impose(tensor: Tensor, random: () => number): Tensor
}

/** The last axis in rows. */
function rows(tensor: Tensor, row: (numbers: Float64Array) => Float64Array): Tensor {
  const width = tensor.shape[tensor.shape.length - 1] ?? 1
  const data = new Float64Array(tensor.data.length)
  for (let at = 0; at < data.length; at += width) data.set(row(tensor.data.slice(at, at + width)), at)
  return { shape: tensor.shape, data }
}

const ONE_HOT: Structure = {
  kind: 'one-hot',
  impose: (tensor, random) =>
    rows(tensor, (row) => {
      const at = Math.floor(random() * row.length)
      return row.map((_x, k) => (k === at ? 1 : 0))
    }),
}
export const SUM_TO_ONE: Structure = {
  kind: 'sum to one',
  impose: (tensor) =>
    rows(tensor, (row) => {
      const sizes = row.map((x) => Math.abs(x) + 0.1)
      const total = sizes.reduce((a, b) => a + b, 0)
      return sizes.map((x) => x / total)
    }),
}
export const SYMMETRIC: Structure = {
  kind: 'symmetric',
  impose: (tensor) => {
    const [n, m] = tensor.shape
    if (tensor.shape.length !== 2 || n !== m || n === undefined) return tensor
    const at = (i: number, j: number) => tensor.data[i * n + j] as number
    return {
      shape: tensor.shape,
      data: tensor.data.map((_x, k) => (at(Math.floor(k / n), k % n) + at(k % n, Math.floor(k / n))) / 2),
    }
  },
}

const NAME = String.raw`\$?\\?(?:mathbf|boldsymbol|bm)?\{?\\?([A-Za-z]+)\}?(?:_\{?[a-z]+\}?)?\$?`
const SYMMETRIC_WORDS = String.raw`(?<![a-z非不])(?:symmetric|sim[eé]tric[ao]s?|対称|对称|對稱|대칭)`
const PATTERNS: readonly { readonly pattern: RegExp; readonly structure: Structure }[] = [
  {
    pattern: new RegExp(String.raw`${NAME}\s*(?:is|are|be|は|が|为|是)\s*(?:an?\s*)?one[- ]?hot`, 'giu'),
    structure: ONE_HOT,
  },
  {
    pattern: new RegExp(String.raw`(?:rows?|columns?) of ${NAME} (?:is|are)\s*(?:an?\s*)?one[- ]?hot`, 'giu'),
    structure: ONE_HOT,
  },
  { pattern: new RegExp(String.raw`one[- ]?hot[^.。\n$]{0,30}${NAME}`, 'giu'), structure: ONE_HOT },
  {
    pattern: new RegExp(
      String.raw`\\sum_\{?[a-z](?:=1)?\}?(?:\^\{?[A-Za-z]\}?)?\s*${NAME}(?:\^\{?\([a-z]\)\}?)?\s*=\s*1(?![\d/])`,
      'gu',
    ),
    structure: SUM_TO_ONE,
  },
  // "with $A$ symmetric": the name right before it.
  {
    pattern: new RegExp(
      String.raw`\$${NAME.replaceAll('\\$?', '')}\$\s*(?:(?:is|be|being|は|が|是|为)\s*)?${SYMMETRIC_WORDS}`,
      'giu',
    ),
    structure: SYMMETRIC,
  },
  {
    // "Let $A ∈ ℝⁿˣⁿ$ be symmetric", 「$A$ を $n$ 次の対称行列」: the first name of the clause.
    pattern: new RegExp(
      String.raw`\$\\?(?:(?:mathbf|boldsymbol|bm)\{\\?)?([A-Za-z]+)(?:\}|\\in\b|[^$A-Za-z\\])*[^$.。,;，、；\n]*\$(?:(?!\bnot\b|\bnon)[^.。;；、，]){0,40}?${SYMMETRIC_WORDS}`,
      'giu',
    ),
    structure: SYMMETRIC,
  },
  {
    pattern: new RegExp(
      String.raw`(?:${SYMMETRIC_WORDS})(?:\s*(?:positive|definite|semi-?definite|matrix|matriz|矩阵|行列|행렬|阵))*\s*${NAME}`,
      'giu',
    ),
    structure: SYMMETRIC,
  },
]

/** What a note says of the entries of its arrays, by the letter of the name. */
export function structuresIn(text: string): ReadonlyMap<string, Structure> {
  const known = remembered.get(text)
  if (known) return known
  const found = new Map<string, Structure>()
  for (const { pattern, structure } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const letter = match[1] ?? ''
      if (!found.has(letter)) for (const key of [letter, `${letter}_bold`]) found.set(key, structure)
    }
  }
  if (remembered.size > MOST_REMEMBERED) remembered.clear()
  remembered.set(text, found)
  return found
}
const remembered = new Map<string, ReadonlyMap<string, Structure>>()
const MOST_REMEMBERED = 32

/** The note says that nothing is assumed of its matrices: a step that holds for symmetric ones alone is wrong. */
export const deniesStructure = (text: string): boolean =>
  /not (?:necessarily |assumed to be )?symmetric|no (?:matrix has any |special |particular )?structure|nothing (?:is|was) assumed|何も仮定し|非対称|対称とは限らない|不对称|不一定对称|非对称/iu.test(
    text,
  )

/** How the note says that derivatives of arrays are laid out; `null` where it doesn't. */
export function layoutIn(text: string): 'numerator' | 'gradient' | null {
  if (/numerator[- ]layout|Jacobian layout|分子レイアウト|分子布局|分子配置/iu.test(text)) return 'numerator'
  if (/denominator[- ]layout|gradient layout|shape of its variable|分母レイアウト|分母布局|分母配置/iu.test(text))
    return 'gradient'
  return null
}
