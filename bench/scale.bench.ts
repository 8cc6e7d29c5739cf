/** Cost against size: a chain of up to a million nodes, a claim over a chain of a thousand, a crowded note. What grows in line has one time a node. */
import { analyzeMarkdown } from '../src/analysis'
import { backpropagate } from '../src/calculus/backpropagate'
import { tape } from '../src/calculus/evaluate'
import { folder } from '../src/calculus/fold'
import { graphBuilder, type NodeId } from '../src/graph/graph'
import { median } from './measure'

/** Median of three, in milliseconds. What was read lately is remembered: each run has an edition of its own. */
function timed<T>(run: (edition: number) => T): { readonly milliseconds: number; readonly result: T } {
  const times: number[] = []
  let result = run(0)
  for (let n = 0; n < 3; n++) {
    const start = performance.now()
    result = run(n + 1)
    times.push(performance.now() - start)
  }
  return { milliseconds: median(times), result }
}

/** x, then sin(v) + x over and over. */
function chainOf(count: number) {
  const builder = graphBuilder()
  const x = builder.add({ op: 'input', shape: [] })
  let last: NodeId = x
  for (let n = 1; n + 1 < count; n += 2) last = builder.apply('add', [builder.apply('sin', [last]), x])
  return { builder, x, last }
}

console.log('\na chain of v = sin(v) + x: making it, its gradient in symbols, its value and gradient as numbers')
for (const count of [1e3, 1e4, 1e5, 1e6]) {
  const made = timed(() => chainOf(count))
  const { builder, x, last } = made.result
  const start = performance.now()
  const slope = backpropagate(builder, folder(builder), last).get(x)?.node
  const symbols = performance.now() - start
  const program = tape(builder.graph, [x], [last, slope as NodeId])
  if (!program) throw new Error('the chain has no tape')
  const numbers = timed(() => program.run(Float64Array.of(0.3)))
  const each = (milliseconds: number) => `${((milliseconds * 1e6) / count).toFixed(0)} ns a node`
  console.log(
    `  ${String(count).padStart(8)} nodes   made ${each(made.milliseconds)}   gradient ${each(symbols)}   numbers ${each(numbers.milliseconds)}`,
  )
}

/** v₁ = x², v₂ = v₁/2 + x, …, and one claim about the last. */
function longChain(length: number, edition: number): string {
  const lines = [`$$v_{1} = ${edition} x^2$$`, '']
  for (let k = 2; k <= length; k++) lines.push(`$$v_{${k}} = \\frac{v_{${k - 1}}}{2} + ${edition + 2} x$$`, '')
  lines.push(`$$\\frac{\\partial v_{${length}}}{\\partial v_{${length - 1}}} = \\frac{1}{2}$$`, '')
  return lines.join('\n')
}
for (const length of [100, 1000]) {
  const reading = timed((edition) => analyzeMarkdown(longChain(length, edition))).milliseconds
  const judged = timed((edition) => analyzeMarkdown(longChain(length, edition + 9)).claims().length)
  console.log(
    `\na claim over a chain of ${length} definitions: read in ${reading.toFixed(0)} ms, read and judged in ${judged.milliseconds.toFixed(0)} ms`,
  )
}

/** A note that has everything at once: definitions, names whose later loss isn't defined, claims. */
function crowded(definitions: number, upstreams: number, claims: number, edition: number): string {
  const lines: string[] = []
  for (let k = 1; k <= definitions; k++)
    lines.push(`## ${k}`, '', `$$y_{${k}} = x_{${k}}^2 + ${edition + 2} a_{${k}}$$`, '')
  for (let k = 1; k <= upstreams; k++)
    lines.push(`$\\frac{\\partial L_{${k}}}{\\partial y_{${k}}}$ comes from above.`, '')
  for (let k = 1; k <= claims; k++)
    lines.push(`$$\\frac{\\partial y_{${k}}}{\\partial x_{${k}}} = ${k % 10 ? 2 : 3} x_{${k}}$$`, '')
  return lines.join('\n')
}
const { milliseconds, result } = timed((edition) => analyzeMarkdown(crowded(1000, 40, 200, edition)).claims())
const verdicts = result.flatMap(({ steps }) => steps.map(({ verdict }) => verdict))
const count = (verdict: string) => verdicts.filter((each) => each === verdict).length
console.log(
  `\na note of ${crowded(1000, 40, 200, 0).split('\n').length} lines, 1,000 definitions, 40 undefined upstreams, 200 claims: ${milliseconds.toFixed(0)} ms; ${count('holds')} hold, ${count('fails')} fail, ${count('unknown')} unknown`,
)
