/** Gradients of a small network: numbers at varying points, and symbolic ones, against mathjs and straight-line code. */
import { derivative, parse } from 'mathjs'
import { codeDerivations } from '../src/analysis/derivations'
import { backpropagate } from '../src/calculus/backpropagate'
import { tape } from '../src/calculus/evaluate'
import { folder } from '../src/calculus/fold'
import type { Derivation } from '../src/derivation'
import { graphBuilder } from '../src/graph/graph'
import { readTypeScript } from '../src/reading/code'
import { latexOf } from '../src/writing/latex'
import { compare, report } from './measure'
import { byHand, EXPRESSION, INPUTS, SOURCE } from './network'

const { passages, readings } = readTypeScript(SOURCE)
const read = passages.map((passage, key) => ({ key, passage, statements: readings[key]?.statements ?? [] }))

/** A derivation made anew from the statements: nothing is remembered from one to the next. */
function derive(): Derivation {
  const [derivation] = codeDerivations(read).outputs()
  if (!derivation) throw new Error('the network was not read')
  return derivation
}

const inputOf = (derivation: Derivation, name: string): number => {
  const id = derivation.inputs.find((each) => derivation.graph.nodes[each]?.name?.plain === name)
  if (id === undefined) throw new Error(`no input ${name}`)
  return id
}

function numbers(): void {
  const derivation = derive()
  const inputs = INPUTS.map((name) => inputOf(derivation, name))
  const builder = graphBuilder(derivation.graph)
  const backward = backpropagate(builder, folder(builder), derivation.output, { inAnyOrder: true })
  const gradients = inputs.map((id) => backward.get(id)?.node as number)
  const compiled = tape(builder.graph, inputs, [derivation.output, ...gradients])
  if (!compiled) throw new Error('the network has no tape')
  const value = parse(EXPRESSION).compile()
  const slopes = INPUTS.map((name) => derivative(EXPRESSION, name).compile())
  const point = Float64Array.from(INPUTS, (_, k) => Math.sin(k + 1))
  const scope: Record<string, number> = {}
  const out = new Float64Array(INPUTS.length + 1)
  let step = 0
  // The point moves at every run, so that no side can reuse a result.
  const move = () => {
    step = (step + 1) % 1000
    point[step % point.length] = Math.sin(step)
    return point
  }
  const mathjs = () => {
    const at = move()
    for (const [k, name] of INPUTS.entries()) scope[name] = at[k] as number
    out[0] = value.evaluate(scope)
    for (const [k, slope] of slopes.entries()) out[k + 1] = slope.evaluate(scope)
    return out
  }
  agree(compiled.run(point), byHand(point, out))
  report('Value and 12 gradients of a 2-2-1 network, at a new point each time', [
    ...compare([
      { name: 'GradLens', run: () => compiled.run(move()) },
      { name: 'straight-line JavaScript by hand', run: () => byHand(move(), out) },
      { name: 'mathjs, compiled derivatives', run: mathjs },
    ]),
  ])
}

/** All sides must do the same work. */
function agree(a: Float64Array, b: Float64Array): void {
  a.forEach((x, k) => {
    if (Math.abs(x - (b[k] as number)) > 1e-9) throw new Error(`gradient ${k}: ${x} and ${b[k]}`)
  })
}

function symbols(): void {
  const gradLens = () => {
    const derivation = derive()
    return INPUTS.map((name) => {
      const gradient = derivation.gradient(inputOf(derivation, name))
      return gradient && latexOf(derivation.graph, gradient.node)
    })
  }
  const parsed = parse(EXPRESSION)
  const mathjs = () => INPUTS.map((name) => derivative(parsed, name).toString())
  report('12 symbolic gradients of the network, simplified and printed; each from what it has parsed', [
    ...compare([
      { name: 'GradLens', run: gradLens },
      { name: 'mathjs derivative', run: mathjs },
    ]),
  ])
}

numbers()
symbols()
