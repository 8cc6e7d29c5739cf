import assert from 'node:assert/strict'
import { pictureOf } from '../../../src/drawing/picture'
import { detailsOf, tableRow } from '../../../src/study/details'
import { withUpstream } from '../../../src/study/model'
import { GALLERY } from '../drawing/handmade'

const made = (name: string) => {
  const found = GALLERY.find(([key]) => key === name)?.[1]
  assert.ok(found)
  return found
}
const nodeNamed = (name: string, plain: string) => {
  const found = made(name).graph.nodes.find((node) => node.name?.plain === plain)
  assert.ok(found)
  return found.id
}
const spoken = (name: string, plain: string) => {
  const { title, rows, rule } = detailsOf(made(name), nodeNamed(name, plain), (text) => text.toUpperCase())
  const said = rows.map(({ label, equations, text }) => {
    const lines = equations.map((parts) => parts.map((part) => part.spoken).join(' '))
    return `${label}: ${[...(text === null ? [] : [text]), ...lines].join('; ')}`
  })
  return { title: title.spoken, said, rule }
}

describe('what is said about a node', () => {
  it('of a sum', () => {
    assert.deepEqual(spoken('chain-rule', 't'), {
      title: 't = x + y',
      said: [
        'VALUE: 1.75',
        'LOCAL DERIVATIVES: \\frac{\\partial t}{\\partial x} = 1; \\frac{\\partial t}{\\partial y} = 1',
        'GRADIENT: \\frac{\\partial z}{\\partial t} = 2 t = 2 (x + y) = 2 \\cdot 1.75 = 3.5',
      ],
      rule: 'SUM RULE',
    })
  })

  it('of an input: the chain rule, in symbols and in numbers', () => {
    const { said, rule } = spoken('chain-rule', 'x')
    assert.equal(rule, 'SUM RULE')
    assert.match(said.at(-2) ?? '', /^GRADIENT: .* = 2 \(x \+ y\) = 2 \\cdot 1\.75 .* = 3\.5$/)
    assert.equal(said.at(-1), 'SECOND DERIVATIVE: \\frac{\\partial^2 z}{\\partial x^2} = 2')
  })

  it('of a matrix: its shape and its numbers', () => {
    const { said } = spoken('affine', 'W')
    assert.equal(said[0], 'SHAPE: 2 × 3')
    assert.match(said[1] ?? '', /^VALUE: \\begin\{pmatrix\}/)
  })

  it('in words, as a row of the table', () => {
    assert.deepEqual(tableRow(made('chain-rule'), nodeNamed('chain-rule', 't')), {
      node: nodeNamed('chain-rule', 't'),
      expression: 't = x + y',
      value: '1.75',
      locals: ['∂t/∂x = 1', '∂t/∂y = 1'],
      gradient: '2t = 3.5',
    })
  })
})

describe('a backward pass that begins with a symbol', () => {
  const derivation = withUpstream(made('chain-rule'), 'symbol')
  const saidOf = (plain: string) => {
    const { rows } = detailsOf(derivation, nodeNamed('chain-rule', plain), (text) => text)
    return rows
      .at(-1)
      ?.equations[0]?.map(({ spoken }) => spoken)
      .join(' ')
  }

  it('says how many times the symbol comes back', () => {
    assert.match(saidOf('x') ?? '', /= 3\.5 \\cdot \\frac\{\\partial L\}\{\\partial z\}$/)
  })

  it('has numbers on the edges in the mode of numbers', () => {
    const { edges } = pictureOf(derivation, { mode: 'numbers', collapsed: false, turned: new Set() })
    assert.deepEqual(
      edges.map(({ gradient }) => gradient.symbols[0]),
      ['3.5', '3.5', '3.5', null].map(
        (factor) => `${factor ? `${factor} \\cdot ` : ''}\\frac{\\partial L}{\\partial z}`,
      ),
    )
  })
})
