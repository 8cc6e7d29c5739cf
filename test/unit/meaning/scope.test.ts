import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import type { Derivation } from '../../../src/derivation'
import { textOf } from '../../../src/writing/text'

/** The output written out down to its inputs: which definition each name meant can be read off it. */
function writtenOut({ graph, output, name, upstream }: Derivation): string {
  const nameless = graph.nodes.map((node) => (node.op === 'input' ? node : { ...node, name: null }))
  const start = upstream ? ` from ${upstream.name.plain}` : ''
  return `${name.plain} = ${textOf({ ...graph, nodes: nameless }, output)}${start}`
}

const outputsOf = (lines: readonly string[]): string[] => analyzeMarkdown(lines.join('\n')).derivations.map(writtenOut)

interface Row {
  readonly title: string
  readonly note: readonly string[]
  /** Each output of the note, written out. */
  readonly means: readonly string[]
}

const ROWS: readonly Row[] = [
  {
    title: 'a definition before its use',
    note: ['$t = x + y$', '', '$z = t^2$'],
    means: ['z = (x + y)^2'],
  },
  {
    title: 'a definition after its use',
    note: ['$z = t^2$', '', '$t = x + y$'],
    means: ['z = (x + y)^2'],
  },
  {
    title: 'the same block goes before another',
    note: ['$$t = a + b$$', '', '$$z = t^2, \\quad t = x + y$$'],
    means: ['t = a + b', 'z = (x + y)^2'],
  },
  {
    title: 'the same section goes before another',
    note: ['# One', '$t = a + b$', '', '# Two', '$z = t^2$', '', '$t = x + y$'],
    means: ['t = a + b', 'z = (x + y)^2'],
  },
  {
    title: 'the enclosing section goes before the one before',
    note: ['# One', '$t = a + b$', '# Two', '$t = c + d$', '## Inner', '$z = t^2$'],
    means: ['t = a + b', 'z = (c + d)^2'],
  },
  {
    title: 'else the nearest section before',
    note: ['# One', '$t = a + b$', '# Two', '$t = c + d$', '# Three', '$z = t^2$'],
    means: ['t = a + b', 'z = (c + d)^2'],
  },
  {
    title: 'a later section says nothing about an earlier one',
    note: ['# One', '$z = t^2$', '# Two', '$t = c + d$'],
    means: ['z = t^2', 't = c + d'],
  },
  {
    title: 'a second definition starts a new meaning',
    note: ['$t = x + y$', '', '$z = t^2$', '', '$t = x y$', '', '$u = t^3$'],
    means: ['z = (x + y)^2', 'u = (x * y)^3'],
  },
  {
    title: 'an update defines nothing',
    note: ['$L = w^2$', '', '$w = w - \\eta g$'],
    means: ['L = w^2'],
  },
  {
    title: 'a word in the other case, where that is unique',
    note: ['$\\text{Cost} = t^2$', '', '$t = x + y$', '', '$u = 2 \\cdot \\text{cost}$'],
    means: ['u = 2 * (x + y)^2'],
  },
  {
    title: 'a letter and its capital are two names',
    note: ['$Z = t^2$', '', '$t = x + y$', '', '$u = 2 z$'],
    means: ['Z = (x + y)^2', 'u = 2 * z'],
  },
  {
    title: 'a word in the other case of another section is another name',
    note: ['# One', '$\\text{Cost} = t^2$', '', '# Two', '$u = 2 \\cdot \\text{cost}$'],
    means: ['Cost = t^2', 'u = 2 * cost'],
  },
  {
    title: 'each case by itself, where both are defined',
    note: ['$Z = t^2$', '', '$z = t + 1$', '', '$u = 2 z$'],
    means: ['Z = t^2', 'u = 2 * (t + 1)'],
  },
  {
    title: 'x1 for x_1, where only one of them is defined',
    note: ['$x_1 = a + b$', '', 'z = x1 * 3'],
    means: ['z = (a + b) * 3'],
  },
  {
    title: 'a function binds its parameters',
    note: ['$f(x) = x^2$', '', '$x = a + b$', '', '$y = f(x) + f(c)$'],
    means: ['y = (a + b)^2 + c^2'],
  },
  {
    title: 'a function of a function',
    note: ['$f(x) = x^2$', '', '$g(x) = x + 1$', '', '$y = f(g(x))$'],
    means: ['y = (x + 1)^2'],
  },
  {
    title: 'a definition that depends on itself has no graph',
    note: ['$a = b + 1$', '', '$b = a + 1$', '', '$z = x y$'],
    means: ['z = x * y'],
  },
  {
    title: 'a later loss that the note speaks of starts the backward pass',
    note: ['$z = x + y$', '', '$\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial z} \\cdot 1$'],
    means: ['z = x + y from ∂L/∂z'],
  },
  {
    title: 'both passes, where the note asks for both',
    note: [
      '$z = x y$',
      '',
      '$\\frac{\\partial z}{\\partial x} = y$',
      '',
      '$\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial z} y$',
    ],
    means: ['z = x * y', 'z = x * y from ∂L/∂z'],
  },
  {
    title: 'an array starts from a later loss, whether or not the note speaks of it',
    note: ['$X \\in \\mathbb{R}^{N \\times 2}$, $W \\in \\mathbb{R}^{2 \\times 3}$', '', '$Y = X W$'],
    means: ['Y = X @ W from ∂L/∂Y'],
  },
]

describe('which name means what', () => {
  for (const { title, note, means } of ROWS) it(title, () => assert.deepEqual(outputsOf(note), means))
})

describe('a value for the upstream gradient', () => {
  const rows: readonly (readonly [
    title: string,
    note: readonly string[],
    gradients: Readonly<Record<string, number>>,
  ])[] = [
    ['as a decimal', ['z = x * y', '', 'x = 2', '', 'y = 3', '', '∂L/∂z = 1.3'], { x: 3.9, y: 2.6 }],
    [
      'in LaTeX',
      ['$z = x + y$', '', '$x = 1$, $y = 1$', '', '$\\frac{\\partial L}{\\partial z} = -2$'],
      { x: -2, y: -2 },
    ],
    ['not where the loss is defined', ['L = z^2', '', 'z = x * 3', '', 'x = 1', '', '∂L/∂z = 5'], { x: 18 }],
  ]
  for (const [title, note, gradients] of rows) {
    it(title, () => {
      const [derivation] = analyzeMarkdown(note.join('\n')).derivations
      assert.ok(derivation)
      for (const [name, expected] of Object.entries(gradients)) {
        const input = derivation.inputs.find((id) => derivation.graph.nodes[id]?.name?.key === name)
        const gradient = input === undefined ? null : derivation.gradient(input)
        const value = gradient && derivation.value(gradient.node)?.data[0]
        assert.ok(Math.abs((value ?? Number.NaN) - expected) < 1e-12, `${name}: ${value}`)
      }
    })
  }
})
