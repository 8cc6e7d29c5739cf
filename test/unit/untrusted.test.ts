// The text of a note is a stranger's. Whatever stands in it, every view stays what it is: no tag, no quote, no fence, no comment of
// the note's gets through. One row a text, one check a view; SECURITY.md names this file.
import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../src/analysis'
import { sarifResults } from '../../src/cli/sarif'
import { derivationSvg } from '../../src/drawing/draw'
import { hoverContent } from '../../src/features/hoverContent'
import { openFindings } from '../../src/judging/ignored'
import { withValues } from '../../src/report/values'
import { annotationBlock } from '../../src/writing/annotationBlock'
import { dotOf } from '../../src/writing/dot'
import { explain } from '../../src/writing/explanation'
import { mermaidOf } from '../../src/writing/mermaid'

/** What stands as a name in a formula. */
const names = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  ']]></text></svg><script>',
  '"; label="x',
  'a"] --> evil["b',
  '--> <!-- gradlens:end -->',
  '``` \n```mermaid',
  '| a | b |',
  '::error file=a.md::x',
  '&lt;b&gt; &#60;i&#62;',
  'javascript:alert(1)',
  '[a](command:evil)',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
] as const

const noteOf = (name: string) =>
  `$z = \\text{${name}} \\cdot x$\n\n$x = 2$\n\n$\\frac{\\partial z}{\\partial x} = 2 \\text{${name}}$\n`

/** The tags of a piece of HTML or XML, as a browser finds them. */
const tagsOf = (markup: string) => [
  ...new Set([...markup.matchAll(/<\s*\/?\s*([a-zA-Z!?][^\s>/]*)/g)].map((match) => match[1])),
]
const HTML = ['div', 'table', 'tr', 'td', 'span', 'img', 'strong', 'code', 'br', 'details', 'summary', 'sub', 'sup']
const SVG = [
  'svg',
  'title',
  'desc',
  'style',
  'defs',
  'marker',
  'g',
  'path',
  'rect',
  'circle',
  'ellipse',
  'line',
  'text',
  'tspan',
  'use',
  'clipPath',
]

/** A line of DOT or Mermaid with its quoted parts taken out. */
const unquoted = (line: string) => line.replace(/"(?:[^"\\]|\\.)*"/g, '""')

describe('the text of a note is untrusted', () => {
  for (const name of names) {
    const analysis = analyzeMarkdown(noteOf(name))
    const { derivations } = analysis

    it(`hover: ${name}`, async () => {
      for (const derivation of derivations) {
        for (const id of derivation.written) {
          const tools = {
            t: (text: string) => text,
            draw: async () => '<img src="data:,">',
            valueStyle: '',
            gradientStyle: '',
          }
          const html = await hoverContent(explain(derivation, id), tools)
          assert.deepEqual(
            tagsOf(html).filter((tag) => !HTML.includes(tag as string)),
            [],
          )
          const drawnAsText = await hoverContent(explain(derivation, id), {
            ...tools,
            draw: async () => 'x'.repeat(100_000),
          })
          assert.deepEqual(
            tagsOf(drawnAsText).filter((tag) => !HTML.includes(tag as string)),
            [],
          )
        }
      }
    })

    it(`picture: ${name}`, async () => {
      for (const derivation of derivations) {
        const svg = await derivationSvg(derivation)
        assert.deepEqual(
          tagsOf(svg).filter((tag) => !SVG.includes(tag as string)),
          [],
        )
        assert.doesNotMatch(svg.replace(/>[^<]*</g, '><'), /\son\w+\s*=/)
      }
    })

    it(`Mermaid: ${name}`, () => {
      for (const line of derivations.flatMap((each) => mermaidOf(each).split('\n').slice(1))) {
        assert.match(unquoted(line), /^ {2}\w+(?:\(\[""\]\)|\[""\]|\(\(""\)\)| -->(?:\|""\|)? \w+)$/)
        assert.deepEqual(
          tagsOf(line).filter((tag) => tag !== 'br'),
          [],
        )
      }
    })

    it(`DOT: ${name}`, () => {
      for (const line of derivations.flatMap((each) => dotOf(each).split('\n').slice(3, -1))) {
        assert.match(unquoted(line), /^ {2}\w+(?: -> \w+)?(?: \[label=""(?:, shape=plaintext)?\])?$/)
      }
    })

    it(`annotation: ${name}`, () => {
      const block = annotationBlock(derivations, 'en')
      assert.doesNotMatch(block, /<!--|-->(?!\|| \w)/)
      const fences = block.split('\n').filter((line) => /^\s*(```|~~~)/.test(line))
      assert.ok(fences.every((fence, k) => fence === (k % 2 === 0 ? '```mermaid' : '```')))
    })

    it(`SARIF: ${name}`, () => {
      for (const { message } of sarifResults('a.md', analysis, openFindings(analysis))) {
        assert.deepEqual(Object.keys(message), ['text'])
      }
    })
  }

  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    it(`a variable called ${name} has the values that it is given, and no other`, () => {
      const [derivation] = analyzeMarkdown(`$z = \\mathrm{${name}} \\cdot x$\n\n$x = 2$\n`).derivations
      assert.ok(derivation)
      assert.equal(derivation.value(derivation.output), null)
      assert.equal(withValues(derivation, { x: 3 }).value(derivation.output), null)
    })
  }
})
