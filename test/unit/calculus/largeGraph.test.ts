import assert from 'node:assert/strict'
import { analyzeTypeScript } from '../../../src/analysis'
import { reportOf } from '../../../src/report/report'
import { latexOf } from '../../../src/writing/latex'

interface Report {
  readonly derivations: readonly {
    readonly nodes: readonly {
      readonly name?: string
      readonly gradient: { readonly name?: string; readonly text: string } | null
    }[]
  }[]
}

/** `a₀ = sin(w x) y`, `aₖ = sin(w aₖ₋₁) y`: each step is three nodes, and w and y take part in all of them. */
function recurrence(steps: number, at = '') {
  const lines = Array.from(
    { length: steps },
    (_, k) => `const a${k} = Math.sin(w * ${k === 0 ? 'x' : `a${k - 1}`}) * y`,
  )
  const code = `/** ${at} */\nexport function f(x: number, y: number, w: number) {\n${lines.join('\n')}\nreturn a${steps - 1}\n}`
  const analysis = analyzeTypeScript(code)
  const [derivation] = analysis.derivations
  assert.ok(derivation)
  const named = (name: string) => {
    const id = derivation.written.find((each) => derivation.graph.nodes[each]?.name?.plain === name)
    assert.ok(id !== undefined)
    return id
  }
  return { analysis, derivation, named }
}

/** The same backward pass by hand. */
function byHand(steps: number, x: number, y: number, w: number) {
  const values = [x]
  for (let k = 0; k < steps; k++) values.push(Math.sin(w * (values[k] as number)) * y)
  const gradients = { x: 0, y: 0, w: 0 }
  let upstream = 1
  for (let k = steps - 1; k >= 0; k--) {
    const before = values[k] as number
    gradients.y += upstream * Math.sin(w * before)
    gradients.w += upstream * y * Math.cos(w * before) * before
    upstream *= y * Math.cos(w * before) * w
  }
  return { ...gradients, x: upstream }
}

describe('gradients of a large graph', () => {
  it('have the values of the backward pass', () => {
    const { derivation, named } = recurrence(300, '@at x = 0.7, y = 1.3, w = 0.8')
    const expected = byHand(300, 0.7, 1.3, 0.8)
    for (const name of ['x', 'y', 'w'] as const) {
      const gradient = derivation.gradient(named(name))
      const value = gradient && derivation.value(gradient.node)?.data[0]
      assert.ok(value !== null && value !== undefined)
      assert.ok(Math.abs(value - expected[name]) <= 1e-10 * Math.max(1, Math.abs(expected[name])), `${name}: ${value}`)
    }
  })

  it('are as long as their own step: what came before is called by its name', () => {
    const { derivation, named } = recurrence(300)
    for (const name of ['a0', 'a100', 'a200']) {
      const gradient = derivation.gradient(named(name))
      assert.ok(gradient)
      const latex = latexOf(derivation.graph, gradient.node)
      assert.ok(latex.length < 200, latex)
      assert.match(latex, /\\frac\{\\partial f\}\{\\partial /)
    }
  })

  it('give other programs every name that their text uses', () => {
    const { analysis, derivation } = recurrence(200)
    const report = reportOf('f.ts', analysis, [derivation], false) as unknown as Report
    const nodes = report.derivations.flatMap((each) => each.nodes)
    const given = new Set(nodes.flatMap(({ name, gradient }) => [name, gradient?.name]))
    const used = new Set(nodes.flatMap(({ gradient }) => gradient?.text.match(/[A-Za-z_]\w*/g) ?? []))
    assert.deepEqual([...used].filter((name) => !given.has(name)).sort(), ['cos', 'sin'])
    assert.ok([...used].some((name) => name.startsWith('df_d')))
  })

  it('are written out where the graph is small', () => {
    const { derivation, named } = recurrence(3)
    const gradient = derivation.gradient(named('x'))
    assert.ok(gradient)
    assert.equal(gradient.called, null)
    assert.doesNotMatch(latexOf(derivation.graph, gradient.node), /\\partial/)
  })

  it('need room that grows with the graph, not with its square', () => {
    const { derivation } = recurrence(1000)
    for (const id of derivation.written) derivation.gradient(id)
    assert.ok(derivation.graph.nodes.length < 20 * derivation.written.length)
  })
})
