/** Where tools other than the built-in preview keep mathematics: shortcodes, HTML, pictures, directives. */
import assert from 'node:assert/strict'
import { readMarkdown } from '../../../src/reading/markdown'
import { printNote } from './printed'

const READ: readonly (readonly [title: string, note: string, reads: readonly string[]])[] = [
  ['Hugo, a block', '{{< katex >}}\nz = t^2\n{{< /katex >}}', ['def z := (t ^ 2)']],
  ['Hugo, with options', '{{% katex display %}}z = t^2{{% /katex %}}', ['def z := (t ^ 2)']],
  ['Hugo, within a line', 'so {{<katex>}}q = p^2{{</katex>}} holds', ['def q := (p ^ 2)']],
  ['Hugo, around marks', '{{< math >}}\n$$\nw = u^2\n$$\n{{< /math >}}', ['def w := (u ^ 2)']],
  ['Hugo, only switched on', '{{< katex />}}\n\n$w = u^2$', ['def w := (u ^ 2)']],
  ['Liquid, a block', '{% math %}\n\\frac{dw}{du} = 2u\n{% endmath %}', ['claim D{w / u} = (2 * u)']],
  ['Liquid, within a line', 'where {% katex %} r = p + 1 {% endkatex %}.', ['def r := (p + 1)']],
  ['two square brackets', '[[ \\frac{dw}{du} = 2u ]]', ['claim D{w / u} = (2 * u)']],
  ['two square brackets on lines of their own', '[[\na = b^2\n]]', ['def a := (b ^ 2)']],
  ['a picture', '![](https://latex.codecogs.com/svg.latex?y=x^2)', ['def y := (x ^ 2)']],
  [
    'a picture with codes',
    '![](https://latex.codecogs.com/gif.latex?%5Cdpi%7B120%7D%20y%20%3D%20%5Cfrac%7B1%7D%7Bx%7D)',
    ['def y := (1 / x)'],
  ],
  [
    'a picture in HTML',
    '<img src="https://latex.codecogs.com/svg.latex?y&space;=&space;x^2" title="q=1">',
    ['def y := (x ^ 2)'],
  ],
  [
    'a picture by a parameter',
    'a ![](https://example.org/equation?tex=y+%3D+x%5E2+%2B+1) b',
    ['def y := ((x ^ 2) + 1)'],
  ],
  [
    'a picture with further parameters',
    '![](https://example.org/render?math=y%20%3D%203x&mode=inline)',
    ['def y := (3 * x)'],
  ],
  ['a picture of something else', '![y=2](https://example.org/a.png?size=3)', []],
  ['HTML, a display', '<div>\n    $$ v = s^2 $$\n</div>', ['def v := (s ^ 2)']],
  [
    'HTML, cells',
    '<table>\n <tr><td>$o = i^2$</td><td>$b = 3$</td></tr>\n</table>',
    ['def o := (i ^ 2)', 'bind b = 3'],
  ],
  ['HTML, paragraphs', '<p>g = h<sup>2</sup> + 1</p>\n<p>h = 3 k</p>', ['def g := ((h ^ 2) + 1)', 'def h := (3 * k)']],
  ['HTML, entities', '<p>\n$a &lt; b$\n</p>', ['given a < b']],
  ['HTML, a closed detail', '<details><summary>Proof</summary>\n$c = u^2$\n</details>', ['def c := (u ^ 2)']],
  ['HTML, an open detail', '<details>\n<summary>Proof</summary>\n\n$c = u^2$\n\n</details>', ['def c := (u ^ 2)']],
  ['HTML, a script of MathJax', '<script type="math/tex; mode=display">c = u^2</script>', ['def c := (u ^ 2)']],
  ['HTML, another script', '<script>\nlet $x = 3\nfunction f() { return $x }\n</script>', []],
  ['HTML, source', '<pre>\n$n = m$\n</pre>', []],
  ['HTML, a comment', '<!-- $n = m$ -->', []],
  ['MathML', '<math><mi>x</mi><mo>=</mo><mn>2</mn></math>', ['unread: MathML']],
  ['raised and lowered', 'u = v<sup>2</sup> + w<sub>1</sub>', ['def u := ((v ^ 2) + w_1)']],
  ['raised in a sentence', '面積 S = r<sup>2</sup> × 3 を使う。', ['def S := ((r ^ 2) * 3)']],
  ['a callout', '> [!note] 例 $a = b$\n> $$\n> c = u^2\n> $$', ['def a := b', 'def c := (u ^ 2)']],
  ['an embedded note', '![[x = y + 1]]', []],
  ['brackets that are no link', '[$a = b^2$]', ['def a := (b ^ 2)']],
  ['a link', '[$a = b^2$](https://example.org)', []],
  ['a directive', '```{math}\n:label: sq\n\nA = B^2\n```', ['def A := (B ^ 2)']],
  ['a label of R Markdown', '\\begin{equation}\nC = D^2 (\\#eq:sq)\n\\end{equation}', ['def C := (D ^ 2)']],
  ['a label of Quarto', '$$\nE = F^2\n$$ {#eq-sq}', ['def E := (F ^ 2)']],
  ['a division of Quarto', '::: {.callout-note}\n$G = H^2$\n:::', ['def G := (H ^ 2)']],
  ['a chunk of R', '```{r echo=FALSE}\ny = x + 3\n```', []],
  [
    'an environment without dollars',
    '\\begin{aligned}\na &= b^2 \\\\\nb &= 3c\n\\end{aligned}',
    ['def a := (b ^ 2)', 'def b := (3 * c)'],
  ],
  [
    'a display that a line of prose begins',
    'so we get $$\nz = t^2\n$$\nwhich has $$t = x + y$$',
    ['def z := (t ^ 2)', 'def t := (x + y)'],
  ],
  [
    'displays and prose on one line',
    '$$\ng = 2u\n$$ so that $$\nh = 3 g\n$$ with $k = 2$.',
    ['def g := (2 * u)', 'def h := (3 * g)', 'bind k = 2'],
  ],
]

describe('containers of mathematics', () => {
  for (const [title, note, reads] of READ) it(title, () => assert.deepEqual(printNote(note), reads))

  it('a formula is as long as its stretch of the note, and macros stay where they stand', () => {
    for (const [title, note] of READ) {
      for (const { start, text } of readMarkdown(note)) {
        assert.ok(start + text.length <= note.length, title)
        for (const { index } of text.matchAll(/\\[A-Za-z]/g)) {
          const written = note.slice(start + index, start + index + 2)
          if (!/%5C/i.test(note)) assert.equal(text.slice(index, index + 2), written, title)
        }
      }
    }
  })
})
