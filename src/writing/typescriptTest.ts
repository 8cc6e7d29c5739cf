/** A test that compares a generated gradient with finite differences, for Node's own test runner. */
import { evaluator, scalar } from '../calculus/evaluate'
import type { Derivation } from '../derivation'
import type { NodeId } from '../graph/graph'
import type { Tensor } from '../operations/operation'
import { exactNumber } from './number'
import type { GradientCode } from './typescript'

export interface GradientTestOptions {
  readonly name: string
  readonly parameters: readonly string[]
  /** From the test to the file of the function: `./gradients`. */
  readonly module: string
  /** TypeScript, not JavaScript. */
  readonly typed: boolean
}

/** How many points are tried. */
const POINTS = 5

/** The text of the test; `null` where no point is found at which the function has a value. */
export function gradientTest(
  derivation: Derivation,
  gradient: GradientCode,
  options: GradientTestOptions,
): string | null {
  const points = pointsOf(derivation, options.parameters)
  if (points.length === 0) return null
  const { name, parameters, module, typed } = options
  const tuple = `Parameters<typeof ${name}>`
  const ts = (text: string) => (typed ? text : '')
  return `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ${name}, ${gradient.name} } from '${module}'

const points${ts(`: ${tuple}[]`)} = [
${points.map((point) => `  [${point.map(exactNumber).join(', ')}],`).join('\n')}
]

test('${gradient.name} agrees with finite differences', () => {
  const parameters = [${parameters.map((parameter) => `'${parameter}'`).join(', ')}]
  for (const point of points) {
    const gradient = ${gradient.name}(...point)
    for (const [by, expected] of Object.entries(gradient)) {
      const i = parameters.indexOf(by)
      const step = 1e-6 * Math.max(1, Math.abs(point[i]${ts(' ?? 0')}))
      const moved = (distance${ts(': number')}) =>
        point.map((value, k) => (k === i ? value + distance : value))${ts(` as ${tuple}`)}
      const difference = (${name}(...moved(step)) - ${name}(...moved(-step))) / (2 * step)
      const tolerance = 1e-5 * Math.max(1, Math.abs(expected))
      assert.ok(Math.abs(difference - expected) <= tolerance, \`\${by} at \${point}: \${difference}, not \${expected}\`)
    }
  }
})
`
}

/** The point that the file gives, and others around it at which the value is finite. */
function pointsOf(derivation: Derivation, parameters: readonly string[]): number[][] {
  const points: number[][] = []
  for (let round = 0; round < 20 * POINTS && points.length < POINTS; round++) {
    const values = new Map<string, number>()
    const bindings = new Map<NodeId, Tensor>()
    derivation.inputs.forEach((id, i) => {
      const given = derivation.value(id)?.data[0]
      const value = rounded(round === 0 && given !== undefined ? given : (given ?? 0) + scattered(round, i))
      values.set(derivation.graph.nodes[id]?.name?.plain ?? '', value)
      bindings.set(id, scalar(value))
    })
    const output = evaluator(derivation.graph, bindings)(derivation.output)?.data[0]
    if (output !== undefined && Number.isFinite(output)) points.push(parameters.map((name) => values.get(name) ?? 0))
  }
  return points
}

/** Between -2 and 2, without repetition and without chance: the same test for the same function. */
const scattered = (round: number, i: number) => 4 * ((0.37 + round * 0.6180339887 + i * 0.7548776662) % 1) - 2
const rounded = (value: number) => Number(value.toPrecision(4))
