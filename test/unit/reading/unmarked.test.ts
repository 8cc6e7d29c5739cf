/** Formulas without dollar signs: LaTeX on lines of its own, formulas within sentences, words of other scripts as names. */
import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import { readMarkdown } from '../../../src/reading/markdown'
import { printNote } from './printed'

const READ: readonly (readonly [title: string, note: string, reads: readonly string[]])[] = [
  ['a line of LaTeX', '\\dfrac{\\partial u}{\\partial v} = 2w', ['claim D{u / v} = (2 * w)']],
  ['braces with a style', '{ \\displaystyle\\frac{dy}{dx}} = 3', ['claim D{y / x} = 3']],
  ['a stop behind it', '\\alpha = 2\\beta + 1。', ['def alpha := ((2 * beta) + 1)']],
  ['brackets as chats print them', '[ \\frac{dy}{dx} = 2x ]', ['claim D{y / x} = (2 * x)']],
  ['brackets on lines of their own', '[\n\\frac{dy}{dx} = 2x\n]', ['claim D{y / x} = (2 * x)']],
  ['in a list', '- \\frac{dy}{dx} = 2x', ['claim D{y / x} = (2 * x)']],
  ['in a quote', '> a\n> \\frac{dy}{dx} = 2x', ['claim D{y / x} = (2 * x)']],
  ['Japanese around it', 'よって\\frac{dy}{dx} = 2xとなる。', ['claim D{y / x} = (2 * x)']],
  ['a derivative that is only named', '微分{ \\displaystyle\\frac{dy}{dx}}を求める。', ['mention D{y / x}']],
  ['full-width brackets', '導関数（\\frac{dy}{dx} = 2x）は正です。', ['claim D{y / x} = (2 * x)']],
  ['round brackets in English', 'The slope ( \\frac{dy}{dx} = 2x ) grows.', ['claim D{y / x} = (2 * x)']],
  [
    'text inside stays text',
    '\\frac{dy}{dx} = 2x \\quad \\text{（ただし } x > 0 \\text{）}',
    ['claim D{y / x} = (2 * x)', 'given x > 0'],
  ],
  ['a Japanese sentence', '「÷」ノードは y = 1 / x を表す。', ['def y := (1 / x)']],
  ['a Korean sentence', "'+' 노드, q = u + v 를 미분하면", ['def q := (u + v)']],
  ['a Chinese sentence', '“×”节点计算 q = u * v，则 dq/du = v。', ['def q := (u * v)', 'claim D{q / u} = v']],
  ['an English sentence', 'The gate computes q = p^2 + 1, and so on.', ['def q := ((p ^ 2) + 1)']],
  ['values where the sentence calculates', 'w = 3 のとき v = w + 1 である。', ['bind w = 3', 'def v := (w + 1)']],
  ['beside a formula with dollars', '$t = x + y$ とし、z = t^2 と書く。', ['def t := (x + y)', 'def z := (t ^ 2)']],
  ['Japanese words', '金額 = りんご × 個数', ['def 金額 := (りんご * 個数)']],
  [
    'Japanese words with values',
    '金額 = りんご × 個数\nりんご = 150',
    ['def 金額 := (りんご * 個数)', 'bind りんご = 150'],
  ],
  ['words as text', '$\\text{みかん} = 50$', ['bind みかん = 50']],
  ['words between signs', '$y = みかん \\times 3 + かご$', ['def y := ((みかん * 3) + かご)']],
  ['words in fractions', '$p = \\frac{\\text{ねだん}}{\\text{かず}}$', ['def p := (ねだん / かず)']],
  ['words in derivatives', '$\\frac{\\partial y}{\\partial \\text{みかん}} = 3$', ['claim D{y / みかん} = 3']],
  ['Korean words', '$y = \\text{사과} \\times \\text{개수}$', ['def y := (사과 * 개수)']],
]

const SILENT: readonly (readonly [title: string, note: string])[] = [
  ['a document of LaTeX', '\\section{Intro}\n\\usepackage[utf8]{inputenc}\n\\item x'],
  ['a path of Windows', 'C:\\alpha\\beta = 3'],
  ['a regular expression', '\\d+ = \\w+'],
  ['a string of code', 'printf("\\nu = \\t")'],
  ['words beside a macro', 'Set \\alpha = 0.1 per run'],
  ['a half-open brace', '\\frac{dy}{dx = 2x'],
  ['a base of which a power is taken', '面積は y = 2x の2乗です。'],
  ['a case', 'y = 1 のとき、損失は大きい。'],
  ['a name of a name', '関数 y = f(x) を考える。'],
  ['a name of a name in English', 'We say that a = b for the sake of it.'],
  ['a comparison in code', 'We know that if (a == b) then x = y + 2.'],
  ['a line of code', 'let x = y + 2;'],
  ['a quotation', 'He wrote "y = x + 1" on the wall.'],
  ['a verb at the place of a name', '費用 = 未定である'],
  ['an amount with its unit', 'りんご = 100円'],
  ['a condition in words', '$0 \\text{のとき}$'],
]

const JUDGED: readonly (readonly [title: string, note: string, verdicts: readonly string[]])[] = [
  [
    'the chain rule without dollars',
    'U = s²\ns = a + b\n\n連鎖率で書くと\n\n{ \\displaystyle\\dfrac{\\partial u}{\\partial a}} = { \\displaystyle\\dfrac{\\partial u}{\\partial s}} { \\displaystyle\\dfrac{\\partial s}{\\partial a}} = 2s * 1 = 2(a + b)\n\nとなる。',
    ['holds', 'holds', 'holds'],
  ],
  [
    'the same with a sign turned',
    'u = s²\ns = a + b\n\n\\dfrac{\\partial u}{\\partial a} = 2s * 1 = 2(a - b)',
    ['holds', 'fails'],
  ],
  [
    'a node in a sentence',
    '「exp」ノードは y = exp(x) を表す。\n\n$\\frac{\\partial y}{\\partial x} = \\exp(x)$',
    ['holds'],
  ],
  [
    'the same with a wrong sign',
    '「exp」ノードは y = exp(x) を表す。\n\n$\\frac{\\partial y}{\\partial x} = -\\exp(x)$',
    ['fails'],
  ],
  [
    'words as names',
    '$\\text{金額} = \\text{りんご} \\times \\text{個数}$\n\n$\\frac{\\partial \\text{金額}}{\\partial \\text{りんご}} = \\text{りんご}$',
    ['fails'],
  ],
]

describe('formulas without dollar signs', () => {
  for (const [title, note, reads] of READ) it(`${title} is read`, () => assert.deepEqual(printNote(note), reads))

  for (const [title, note] of SILENT) {
    it(`${title} is none`, () => {
      assert.deepEqual(
        printNote(note).filter((line) => !line.startsWith('unread')),
        note.startsWith('$') ? ['mention 0'] : [],
      )
    })
  }

  for (const [title, note, verdicts] of JUDGED) {
    it(`${title}: ${verdicts.join(', ')}`, () => {
      const steps = analyzeMarkdown(note)
        .claims()
        .flatMap((claim) => claim.steps)
      assert.deepEqual(
        steps.map((step) => step.verdict),
        verdicts,
      )
    })
  }

  it('an offset in a formula is an offset in the note', () => {
    const note = '> 微分は\\frac{dy}{dx} = 2xとなる。\n>\n> [ \\frac{dy}{dx} = 2x ]\n'
    for (const { start, text } of readMarkdown(note)) assert.equal(note.slice(start, start + text.length), text)
  })
})
