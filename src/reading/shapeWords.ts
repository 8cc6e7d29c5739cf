/**
 * Shapes that are said in words: `$x$ is an $n$-vector`, `$W$ を $M \times D$ 行列とする`, `$A$ 为 $m \times n$ 矩阵`, `$X$ has shape
 * $(N, D)$`. The names and sizes are formulas of the sentence; the words are those of the languages that notes are written in.
 */
import type { Tree } from '@lezer/common'
import type { Dimension, Shape } from '../operations/operation'
import type { Block } from './noteTree'
import { type Passage, type Range, UNSAID } from './statement'

/** What words say of shapes: of a passage that is a name, and of names among the words, by the passage with their sizes. */
export interface SaidShape {
  readonly shape?: Shape
  readonly bare?: readonly { readonly letter: string; readonly shape: Shape }[]
}

/**
 * What the words around each passage say; only passages of which something is said.
 * @param speaking the parts of the text that speak of shapes, in their order, where they are known: most don't
 */
export function shapesInWords(
  text: string,
  passages: readonly Passage[],
  speaking: readonly Range[] = [{ start: 0, end: text.length }],
): ReadonlyMap<Passage, SaidShape> {
  const found = new Map<Passage, SaidShape>()
  let next = 0
  for (const group of blocksOf(passages)) {
    const [from, to] = [stretchOf(group).start, stretchOf(group).end]
    while (next < speaking.length && (speaking[next] as Range).end < from) next++
    if (next === speaking.length) break
    if ((speaking[next] as Range).start > to) continue
    const said = sentenceOf(text, group)
    if (!KIND.test(said)) continue
    for (const pattern of PATTERNS) {
      for (const { groups, 0: match } of said.matchAll(pattern)) {
        const long = groups && shapeIn(groups, group)
        if (!long) continue
        const shape: Shape = long.length === 1 && ROW.test(match) ? [1, ...long] : long
        const named = [...(groups.names ?? '').matchAll(FORMULA)].flatMap(([, name]) => group[Number(name)] ?? [])
        const names = named.filter((each) => NAME_TEXT.test(each.text))
        // "the matrix $m × n$ and $b$": the words name the sizes before.
        if (long.includes(UNSAID) && names.length < named.length) continue
        for (const each of names) if (!found.get(each)?.shape) found.set(each, { ...found.get(each), shape })
      }
    }
    for (const { groups } of said.matchAll(BARE)) {
      const [at, shape] = [group[Number(groups?.at)], groups && shapeIn(groups, group)]
      if (!at || !shape) continue
      const own = found.get(at)
      found.set(at, { ...own, bare: [...(own?.bare ?? []), { letter: groups?.letter ?? '', shape }] })
    }
  }
  return found
}

function blocksOf(passages: readonly Passage[]): Passage[][] {
  const blocks = new Map<number, Passage[]>()
  for (const passage of passages) {
    if (passage.kind !== 'inline') continue
    const own = blocks.get(passage.block)
    if (own) own.push(passage)
    else blocks.set(passage.block, [passage])
  }
  return [...blocks.values()]
}

/** How far a sentence is looked at beyond its formulas. */
const REACH = 120

/** The stretch that a sentence is made of. */
function stretchOf(group: readonly Passage[]): Range {
  const [first, last] = [group[0] as Passage, group[group.length - 1] as Passage]
  return { start: Math.max(0, first.start - REACH), end: last.start + last.text.length + REACH }
}

/** The blocks that have a word of shapes; most have none, and what one has stays until it is edited. */
export function speakingOfShapes(text: string, blocks: readonly Block[]): Range[] {
  const speaking: Range[] = []
  for (const { tree, from } of blocks) {
    const end = from + tree.length
    let isSpeaking = speaks.get(tree)
    if (isSpeaking === undefined) {
      isSpeaking = KIND.test(text.slice(from, end))
      speaks.set(tree, isSpeaking)
    }
    if (isSpeaking) speaking.push({ start: from, end })
  }
  return speaking
}

const speaks = new WeakMap<Tree, boolean>()

/** The words of a block with a mark for each formula. */
function sentenceOf(text: string, group: readonly Passage[]): string {
  let said = ''
  let done = Math.max(0, (group[0]?.start ?? 0) - REACH)
  group.forEach((passage, k) => {
    const end = passage.start + passage.text.length
    said += `${wordsIn(text.slice(done, passage.start))}⟦${k}⟧`
    done = end
  })
  return said + wordsIn(text.slice(done, done + REACH).replace(/\n\s*\n[\s\S]*/, ''))
}

/** Without the marks of formulas and of emphasis; what stands before an empty line is another block. */
const wordsIn = (text: string): string =>
  text
    .replace(/[\s\S]*\n\s*\n/, '\n')
    .replace(/\$`|`\$|\\[()]|[$*`]/g, '')
    .replace(/\s+/g, ' ')

const FORMULA = /⟦(\d+)⟧/g
/** A name and nothing else, or names parted by commas. */
const NAME_TEXT = /^(?!.*(?:×|\\times))[^=<>≤≥∈]{1,60}$/s
const KIND =
  /vector|vecteur|matri|shape|weights?|batch|layer|columns|rows|\bpesos|ベクトル|行列|形状|形は|重み|向量|矩阵|矩陣|方阵|权重|벡터|행렬|가중치/i
/** A vector that lies: in Japanese, Chinese and Korean alike 行 is the row. */
const ROW = /row[- ]vectors?|vector(?:es)? fila|行ベクトル|横ベクトル|行向量|행 ?벡터/i

const NAMES = String.raw`(?<names>⟦\d+⟧(?:(?:,|、|，| and| y|と|和|및|와|과|,? ?and) ?⟦\d+⟧)*)`
// "A vector" has no size called a.
const SIZE = String.raw`(?:⟦\d+⟧|\b(?!a\b)[A-Za-z]\b|(?<![A-Za-z])(?!a)[A-Za-z](?=次元|维)|\d+)`
const PAIR = String.raw`\((?:⟦\d+⟧|\w+), ?(?:⟦\d+⟧|\w+)\)`
const ONE = String.raw`(?<one>${SIZE})`
const TWO = String.raw`(?<two>⟦\d+⟧|${PAIR}|${SIZE} ?(?:×|x|\\times|[- ]by[- ]|行|por) ?${SIZE})`
const KINDS = String.raw`(?:(?:real|column|row|input|output|weight|parameter|feature|hidden|unknown|constant|given|random|square|symmetric|dense|arbitrary|invertible|orthogonal|positive|definite|design|data)[- ,]*)*`
const IS = String.raw`(?:,? ?(?:is|are|be|denotes?|as|being|,|:) ?(?:the |an? |some |our )?| an? )`
const COLUMN_CJK = '(?:实|實|列|行|縦|横|실|열|행|実数?|정방|対称|对称|正方|입력|出力|入力|의)*'

const PATTERNS = [
  // English
  String.raw`${NAMES}${IS}${KINDS}${ONE}[- ]?(?:dimensional)?[- ]${KINDS}vectors?`,
  String.raw`${NAMES}${IS}${KINDS}vectors? (?:of|with) (?:length|size|dimension|dimensionality)? ?${ONE}`,
  String.raw`${ONE}[- ](?:dimensional[- ])?${KINDS}vectors? ${NAMES}`,
  String.raw`${NAMES}${IS}${KINDS}${TWO}[- ]${KINDS}(?:matrix|matrices)`,
  String.raw`${TWO}[- ]${KINDS}(?:matrix|matrices) ${NAMES}`,
  String.raw`${NAMES}${IS}${KINDS}(?:matrix|matrices) of (?:size|shape|dimensions?|order)? ?${TWO}`,
  String.raw`${NAMES} ?(?:has|have|with|of|is of|:|,|—|-)? ?(?:the )?shape:? (?:is )?${TWO}`,
  // Spanish
  String.raw`${NAMES},? ?(?:es|son|sea|sean|un|una|,)? ?(?:un |una )?vector(?:es)?(?: columna| fila)? (?:real )?(?:de|con) (?:dimensi[oó]n|tama[nñ]o|longitud)? ?${ONE}`,
  String.raw`${NAMES},? ?(?:es|son|sea|sean|,)? ?(?:una )?matri(?:z|ces)(?: real| cuadrada| sim[eé]trica)* (?:de )?(?:dimensi[oó]n|tama[nñ]o|orden)? ?${TWO}`,
  // Japanese
  String.raw`${NAMES} ?(?:は|を|が|も|：|:|、) ?${ONE} ?次元 ?の? ?${COLUMN_CJK}ベクトル`,
  String.raw`${ONE} ?次元 ?の? ?${COLUMN_CJK}ベクトル ?(?:を|である)? ?${NAMES}`,
  String.raw`${NAMES} ?(?:は|を|が|も|：|:|、) ?(?:サイズ|大きさ)?が? ?${TWO} ?(?:列)? ?の? ?${COLUMN_CJK}(?:行列|マトリックス)`,
  String.raw`${TWO} ?(?:列)? ?の? ?${COLUMN_CJK}行列 ?(?:を|である)? ?${NAMES}`,
  String.raw`${NAMES} ?の?(?:形状|形)(?:は|が|を)? ?${TWO}`,
  // Chinese
  String.raw`${NAMES} ?(?:是|为|為|，|:|：)(?:一个)? ?${ONE} ?维的? ?${COLUMN_CJK}向量`,
  String.raw`${ONE} ?维的? ?${COLUMN_CJK}向量 ?${NAMES}`,
  String.raw`${NAMES} ?(?:是|为|為|，|:|：)(?:一个)? ?${TWO} ?(?:维|大小|列|阶)?的? ?${COLUMN_CJK}(?:矩阵|矩陣)`,
  String.raw`${TWO} ?(?:维|大小|列|阶)?的? ?${COLUMN_CJK}(?:矩阵|矩陣) ?${NAMES}`,
  String.raw`${NAMES} ?的?(?:形状|维度|大小)(?:是|为|為)? ?${TWO}`,
  // Korean
  String.raw`${NAMES} ?(?:은|는|이|가|을|를|:) ?${ONE} ?차원 ?의? ?${COLUMN_CJK} ?벡터`,
  String.raw`${ONE} ?차원 ?의? ?${COLUMN_CJK} ?벡터 ?${NAMES}`,
  String.raw`${NAMES} ?(?:은|는|이|가|을|를|:) ?${TWO} ?(?:크기)?의? ?${COLUMN_CJK} ?행렬`,
  String.raw`${TWO} ?(?:크기)?의? ?${COLUMN_CJK} ?행렬 ?${NAMES}`,
  String.raw`${NAMES} ?(?:의)? ?(?:형상|크기|shape)(?:은|는|이|가)? ?${TWO}`,
  String.raw`${NAMES} ?(?:は|を|が|是|为|為|은|는|이|가|을|를) ?(?<vector>${COLUMN_CJK} ?(?:ベクトル|向量|벡터))`,
  String.raw`${NAMES} ?(?:は|を|が|是|为|為|은|는|이|가|을|를) ?(?<matrix>${COLUMN_CJK} ?(?:行列|矩阵|矩陣|행렬))`,
  // The sizes alone: "X is N × D".
  String.raw`${NAMES}(?:${IS}| (?:es|son|de) | ?(?:は|が|を|是|为|為|은|는|이|가) ?)(?<two>⟦\d+⟧|${SIZE} ?× ?${SIZE})(?=[\s,.;:、。，；)]|$|で|の|和|이)`,
  String.raw`${NAMES} (?:has|have|with) ${ONE} (?:entries|elements|components|coordinates)`,
  String.raw`(?:vector(?:es)? (?:fila|columna)s? )?${NAMES} (?:tienen?|con) ${ONE} (?:componentes|elementos|entradas)`,
  // A shape behind a colon.
  String.raw`${NAMES} ?[:：] ?(?<two>${PAIR})`,
  // No sizes at all.
  String.raw`${NAMES}${IS}(?<vector>${KINDS}vectors?\b)(?![- ](?:valued|field|space|of))`,
  String.raw`${NAMES}${IS}(?<matrix>${KINDS}(?:matrix|matrices)\b)(?! of)`,
  String.raw`(?<vector>vectors?|ベクトル|向量|벡터|vecteurs?) ?${NAMES}`,
  String.raw`(?<matrix>matrix|matrices|matriz|行列|矩阵|矩陣|행렬) ?${NAMES}`,
].map((source) => new RegExp(source, 'giu'))

/** "X is $B × d$", "the weights W are $d × h$": a capital among the words. */
const BARE = new RegExp(String.raw`(?<![\w⟦])(?<letter>[B-HJ-Z]\d?)${IS}${KINDS}(?<two>⟦(?<at>\d+)⟧)`, 'gu')

function shapeIn(groups: Readonly<Record<string, string | undefined>>, group: readonly Passage[]): Shape | null {
  if (groups.vector !== undefined) return [UNSAID]
  if (groups.matrix !== undefined) return [UNSAID, UNSAID]
  const written = (part: string): string =>
    part.replace(FORMULA, (_mark, k: string) => group[Number(k)]?.text ?? '').trim()
  if (groups.one !== undefined) {
    const size = sizeOf(written(groups.one))
    return size === null ? null : [size]
  }
  const sizes = written(groups.two ?? '')
    .replace(/^[([]|[)\]]$/g, '')
    .split(/\s*(?:\\times|×|,|行|[- ]by[- ]|\bpor\b|\bx\b)\s*/)
    .map(sizeOf)
  return sizes.length === 2 && sizes.every((size) => size !== null) ? (sizes as Dimension[]) : null
}

/** `D`, `n_x`, `3`; `null` where it is no size. */
function sizeOf(text: string): Dimension | null {
  const size = text.replace(/[\\{}\s]/g, '')
  if (/^\d+$/.test(size)) return Number(size)
  return /^[A-Za-z]\w{0,9}(?:\+(?:\w{1,9}))?$/.test(size) ? size : null
}
