import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import { choicesOf, derivationOf, isCollapsed, settingsOf, upstreamName, withUpstream } from '../../../src/study/model'
import { latexOf } from '../../../src/writing/latex'

const NOTE = `$$ z = t^2, \\quad t = x + y $$

$x = 0.5$, $y = 1.25$

$$ p = a b $$
`
const analysis = analyzeMarkdown(NOTE)
const z = derivationOf(analysis, 'z')
assert.ok(z)

describe('what a panel shows', () => {
  it('offers each derivation with the line in which it begins', () => {
    assert.deepEqual(choicesOf(analysis, 'auto'), [
      { key: 'z', name: 'z', line: 1 },
      { key: 'p', name: 'p', line: 5 },
    ])
  })

  it('finds a derivation by its key, and none by a name that is gone', () => {
    assert.equal(derivationOf(analysis, 'p')?.name.plain, 'p')
    assert.equal(derivationOf(analysis, 'q'), null)
  })

  it('keeps two derivations of one name apart', () => {
    const twice = analyzeMarkdown('# One\n\n$$ p = a b $$\n\n# Two\n\n$$ p = a + b $$\n')
    const keys = choicesOf(twice, 'auto').map(({ key }) => key)
    assert.deepEqual(keys, ['p', 'p#1'])
    assert.deepEqual(
      keys.map((key) => derivationOf(twice, key)),
      twice.derivations,
    )
  })

  const fence = (code: string) => `\`\`\`ts\n${code}\n\`\`\`\n`
  const keyed = [
    ['two scopes', '# One\n\n$p = a b$\n\n# Two\n\n$p = a + b$\n', ['p', 'p#1']],
    [
      'one loss in two scopes',
      '# One\n\n$p = a b$\n\n$\\frac{\\partial L}{\\partial a}$\n\n# Two\n\n$p = a + b$\n\n$\\frac{\\partial L}{\\partial a}$\n',
      ['p|L', 'p#1|L'],
    ],
    [
      'two fences of code',
      `${fence('function f(x: number) { return x * x }')}\ntext\n\n${fence('function f(x: number) { return 3 * x }')}`,
      ['f', 'f#1'],
    ],
  ] as const
  for (const [where, note, keys] of keyed) {
    it(`has no key twice: ${where}`, () => {
      assert.deepEqual(
        analyzeMarkdown(note).derivations.map(({ key }) => key),
        keys,
      )
    })
  }

  it('keeps the keys apart when a definition of the same name comes before', () => {
    const later = '# Two\n\n$p = a + b$\n'
    const before = analyzeMarkdown(later)
    assert.deepEqual(
      before.derivations.map(({ key }) => key),
      ['p'],
    )
    const after = analyzeMarkdown(`# One\n\n$p = a b$\n\n${later}`, before)
    assert.deepEqual(
      after.derivations.map(({ key }) => key),
      ['p', 'p#1'],
    )
  })

  const gradients = [
    ['auto', '2 t'],
    ['one', '2 t'],
    ['symbol', '\\frac{\\partial L}{\\partial z} \\cdot 2 t'],
  ] as const
  for (const [upstream, expected] of gradients) {
    it(`begins the backward pass as asked for: ${upstream}`, () => {
      const derivation = withUpstream(z, upstream)
      const t = derivation.graph.nodes.find((node) => node.name?.plain === 't')
      const gradient = t && derivation.gradient(t.id)
      assert.ok(gradient)
      assert.equal(latexOf(derivation.graph, gradient.node).replaceAll('  ', ' '), expected)
      assert.equal(derivation.value(derivation.output)?.data[0], 3.0625)
    })
  }

  it('makes the other beginning once, and goes back to the note’s own', () => {
    assert.equal(withUpstream(z, 'symbol'), withUpstream(z, 'symbol'))
    assert.equal(withUpstream(withUpstream(z, 'symbol'), 'symbol'), withUpstream(z, 'symbol'))
    assert.equal(withUpstream(z, 'auto'), z)
  })

  it('calls the later function L, or J where L is asked about itself', () => {
    const loss = analyzeMarkdown('$$ L = x^2 $$').derivations[0]
    assert.ok(loss)
    assert.equal(upstreamName(z), '∂L/∂z')
    assert.equal(upstreamName(loss), '∂J/∂L')
  })

  it('draws a small graph whole, and a large one by its named nodes until told otherwise', () => {
    const settings = settingsOf(null, 'auto')
    const sum = Array.from({ length: 90 }, (_, i) => `x_{${i}} x_{${i}}`).join(' + ')
    const large = analyzeMarkdown(`$$ s = ${sum} $$`).derivations[0]
    assert.ok(large)
    assert.equal(isCollapsed(settings, z), false)
    assert.equal(isCollapsed(settings, large), true)
    settings.collapsed = false
    assert.equal(isCollapsed(settings, large), false)
  })
})
