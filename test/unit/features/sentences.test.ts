import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { OPERATIONS } from '../../../src/operations/index'
import { translator } from '../../../src/study/translate'
import { SHOWN_SLIPS } from '../judging/slips'

const LANGUAGES = [
  ['Japanese', 'ja'],
  ['Chinese', 'zh-cn'],
].map(([language, code]) => {
  const bundle: Record<string, string> = JSON.parse(readFileSync(`l10n/bundle.l10n.${code}.json`, 'utf8'))
  return { language, bundle, translate: translator(bundle) }
})

/** Kana or Chinese characters: what isn't translated has none. */
const TRANSLATED = /[\u3040-\u30ff\u4e00-\u9fff]/

describe('sentences of the table of operations', () => {
  for (const { name, rule, explanation } of OPERATIONS) {
    for (const { language, bundle } of LANGUAGES) {
      it(`${name} has its rule and its explanation in ${language}`, () => {
        assert.ok(bundle[rule], rule)
        assert.ok(bundle[explanation], explanation)
      })
    }
  }
})

describe('labels of the hover', () => {
  const source = readFileSync('src/features/hoverContent.ts', 'utf8')
  for (const [, label = ''] of source.matchAll(/\bt\(\s*'([^']+)'/g)) {
    for (const { language, bundle } of LANGUAGES)
      it(`${label} has a text in ${language}`, () => assert.ok(bundle[label]))
  }
})

/** The string literals of a source; what a template puts in is written `x`. */
function literals(source: string): string[] {
  const found: string[] = []
  const quoted = (start: number): number => {
    let at = start + 1
    let text = ''
    while (at < source.length && source[at] !== "'" && source[at] !== '\n') {
      if (source[at] === '\\') at++
      text += source[at++]
    }
    found.push(text)
    return at + 1
  }
  const template = (start: number): number => {
    let at = start + 1
    let text = ''
    while (at < source.length && source[at] !== '`') {
      if (source.startsWith('${', at)) {
        at = code(at + 2, '}')
        text += 'x'
      } else text += source[at++]
    }
    found.push(text)
    return at + 1
  }
  /** Goes on to the closing mark and gives the place behind it. */
  const code = (start: number, close: string): number => {
    let at = start
    let depth = 0
    while (at < source.length) {
      const character = source[at]
      if (source.startsWith('//', at)) at = Math.max(at, source.indexOf('\n', at))
      else if (source.startsWith('/*', at)) at = source.indexOf('*/', at) + 2
      else if (character === "'") at = quoted(at)
      else if (character === '`') at = template(at)
      else if (character === close && depth === 0) return at + 1
      else {
        if (character === '{') depth++
        if (character === '}') depth--
        at++
      }
    }
    return at
  }
  code(0, '')
  return found
}

describe('sentences of the judge', () => {
  const files = readdirSync('src/judging', { recursive: true })
    .map((file) => `src/judging/${file}`)
    .filter((file) => file.endsWith('.ts'))
  const sentences = new Set(
    [...files, 'src/analysis/index.ts']
      .flatMap((file) => literals(readFileSync(file, 'utf8')))
      .filter((text) => /^[A-Z].* .*\.$/.test(text)),
  )
  it('are found in the sources', () => assert.ok(sentences.size > 50))
  for (const { language, translate } of LANGUAGES) {
    for (const sentence of [...sentences, ...SHOWN_SLIPS.map(({ says }) => says)]) {
      it(`${sentence} has a text in ${language}`, () => assert.match(translate(sentence), TRANSLATED))
    }
  }
})

const SPOKEN: readonly [english: string, japanese: string, chinese: string][] = [
  [
    'The inner derivative ∂t/∂x = 3 is missing. At x = 1.8, y = 2.4: written 2, expected 6.',
    '内側の微分 ∂t/∂x = 3 が抜けている。x = 1.8, y = 2.4 のとき、書かれた式は 2、正しくは 6。',
    '缺少内层导数 ∂t/∂x = 3。当 x = 1.8, y = 2.4 时，写出的式子等于 2，正确值为 6。',
  ],
  [
    'The sign is wrong. At W = [[1, 2]]: [0, 1] written 2, expected -2.',
    '符号が誤っている。W = [[1, 2]] のとき、成分 [0, 1] は、書かれた式では 2、正しくは -2。',
    '符号错了。当 W = [[1, 2]] 时，写出的元素 [0, 1] 等于 2，正确值为 -2。',
  ],
  [
    'It isn’t equal to the side before it. Written 6, expected 7.',
    '直前の辺と等しくない。書かれた式は 6、正しくは 7。',
    '它与前一个式子不相等。写出的式子等于 6，正确值为 7。',
  ],
  [
    "The shapes don't fit: [2 × 3] and a scalar.",
    '形状が合わない：[2 × 3] とスカラー。',
    '形状不匹配：[2 × 3] 和标量。',
  ],
  ['The argument has been replaced by x alone.', '引数が x だけに置き換わっている。', '自变量被换成了单独的 x。'],
  [
    'This is mean itself, not its derivative.',
    'これは mean そのもので、その微分ではない。',
    '这是 mean 本身，不是它的导数。',
  ],
  [
    'tanh.df takes the output of tanh.f, while 2 others of this table take the input.',
    'tanh.df は tanh.f の出力を受け取るが、この表のほかの 2 個は入力を受け取る。',
    'tanh.df 接收的是 tanh.f 的输出，而此表中另外 2 个接收的是输入。',
  ],
]

describe('sentences with something put in', () => {
  for (const [english, ...translations] of SPOKEN) {
    it(english, () =>
      assert.deepEqual(
        LANGUAGES.map(({ translate }) => translate(english)),
        translations,
      ),
    )
  }
})

describe('reasons why something isn’t read', () => {
  // What is thrown and what a node is made with, as it stands in the call.
  const GIVEN = /\b(?:opaque|fail|unclear|notFollowed)\((?:[^()'"`]*(?:\([^()'"`]*\))?[^()'"`]*, )?'([^']+)'/g
  const NAMED = /\breason: '([^']+)'/g
  const reasons = new Set(
    ['src/reading', 'src/meaning']
      .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => `${folder}/${file}`))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(file, 'utf8'))
      .flatMap((source) => [GIVEN, NAMED].flatMap((form) => [...source.matchAll(form)]))
      .map(([, reason = '']) => reason),
  )
  it('are found in the sources', () => assert.ok(reasons.size > 60))
  for (const { language, bundle } of LANGUAGES) {
    for (const reason of reasons) it(`${reason} has a text in ${language}`, () => assert.ok(bundle[reason]))
  }
})
