import assert from 'node:assert/strict'
import { analyzeMarkdown, analyzePython, analyzeTypeScript } from '../../../src/analysis'
import { evaluator, scalar } from '../../../src/calculus/evaluate'
import type { Analysis, Derivation } from '../../../src/derivation'
import type { NodeId } from '../../../src/graph/graph'
import type { Tensor } from '../../../src/operations/operation'
import { type ProgramLanguage, programsOf } from '../../../src/writing/program'
import { identifier } from '../../../src/writing/text'

const LANGUAGES: readonly ProgramLanguage[] = ['typescript', 'python']
const READ = { typescript: analyzeTypeScript, python: analyzePython }

/** Notes of numbers: the definitions, and values at which both sides are computed. */
const NOTES: readonly (readonly [what: string, note: string, at: Readonly<Record<string, number>>])[] = [
  ['a chain', '$$z = t^2$$ $$t = x + y$$', { x: 0.5, y: 1.25 }],
  ['a name that is a word of the language', '$$z = \\lambda x + \\lambda^2$$', { x: 0.5, lambda: 1.5 }],
  ['a neuron and its loss', '$$a = \\sigma(w x + b)$$ $$L = \\frac12 (a - y)^2$$', { w: 0.4, x: 1.5, b: -0.2, y: 1 }],
  ['a part that is used twice', '$$z = \\sin(x y) + e^{x y}$$', { x: 0.3, y: 0.7 }],
  ['π and roots', '$$A = \\pi r^2 \\sqrt{h + \\ln r}$$', { r: 1.7, h: 0.4 }],
  ['a tangent of a quotient', '$$q = \\tanh\\left(\\frac{u}{v}\\right)$$ $$u = a^3$$', { a: 0.6, v: 1.3 }],
  ['indices', '$$p = w_1^2 x_1 + w_2 x_2$$', { w1: 0.2, w2: -0.4, x1: 1.1, x2: 0.9 }],
  ['two sums', '$$s = (a + b)(a - b)$$', { a: 2.5, b: 0.5 }],
]

const valuesOf = (derivation: Derivation, at: Readonly<Record<string, number>>) => {
  const bindings = new Map<NodeId, Tensor>(
    derivation.inputs.map((id) => {
      const name = identifier(derivation.graph.nodes[id]?.name as never).replace(/_$/, '')
      const value = at[name]
      assert.notEqual(value, undefined, name)
      return [id, scalar(value as number)]
    }),
  )
  return evaluator(derivation.graph, bindings)
}

const named = (analysis: Analysis, name: string): Derivation => {
  const found = analysis.derivationOf(name)
  assert.ok(found, `${name} of ${analysis.derivations.map((each) => each.key).join()}`)
  return found
}

describe('code from a derivation', () => {
  for (const language of LANGUAGES)
    for (const [what, note, at] of NOTES)
      it(`${language}: ${what}`, () => {
        const [derivation] = analyzeMarkdown(note).derivations
        assert.ok(derivation)
        const gradients = derivation.inputs.map((id) => derivation.gradient(id)?.node as NodeId)
        const truth = valuesOf(derivation, at)
        const program = programsOf([derivation], language)
        const analysis = READ[language](program)
        const name = derivation.name.plain
        const value = named(analysis, name)
        assert.ok(Math.abs(value0(valuesOf(value, at)(value.output)) - value0(truth(derivation.output))) < 1e-12)
        // The written gradient is judged like anyone else's.
        const [key] = derivation.inputs.map((id) => identifier(derivation.graph.nodes[id]?.name as never))
        const own = language === 'typescript' ? `${name}Gradient` : `${name}_gradient`
        assert.ok(program.includes(own) && key !== undefined, program)
        const single = program.replace(/return \{.*\}$/gm, (line) => `return ${resultOf(line)}`)
        const gradient = named(READ[language](single), own)
        assert.ok(
          Math.abs(value0(valuesOf(gradient, at)(gradient.output)) - value0(truth(gradients[0] as NodeId))) < 1e-12,
        )
      })

  it('arrays are NumPy’s alone', () => {
    const note =
      'Let $X \\in \\mathbb{R}^{N \\times D}$, $W \\in \\mathbb{R}^{D \\times K}$, $b \\in \\mathbb{R}^{K}$.\n\n$$Y = X W + b$$\n\n' +
      '$$\\frac{\\partial L}{\\partial W} = X^\\top \\frac{\\partial L}{\\partial Y}$$\n'
    const { derivations } = analyzeMarkdown(note)
    assert.equal(programsOf(derivations, 'typescript'), '')
    assert.match(programsOf(derivations, 'python'), /'W': np\.transpose\(X\) @ dL_dY, 'b': np\.sum\(dL_dY, axis=0\)/)
  })

  it('a second function of a name has another', () => {
    const { derivations } = analyzeMarkdown('# A\n\n$$z = x^2$$\n\n# B\n\n$$z = x^3$$\n')
    assert.match(programsOf(derivations, 'python'), /def z\(x\)[\s\S]*def z2\(x\)/)
  })

  it('what the language has no words for gives nothing', () => {
    const { derivations } = analyzeMarkdown('$$\\Gamma_0 = \\Gamma(x)$$')
    assert.equal(programsOf(derivations, 'typescript'), '')
  })
})

const value0 = (tensor: Tensor | null): number => tensor?.data[0] ?? Number.NaN

/** The first of the gradients that a line returns. */
const resultOf = (line: string): string => {
  const inside = line.slice(line.indexOf('{') + 1, line.lastIndexOf('}')).trim()
  const [first = ''] = inside.split(/, (?='?\w+'?(?::|,|$))/)
  return first.includes(':') ? first.slice(first.indexOf(':') + 1).trim() : first
}
