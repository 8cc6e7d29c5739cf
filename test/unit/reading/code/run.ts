/** What a function gives in Node, and what the graph that was read from it gives: two ways to one number. */
import vm from 'node:vm'
import { analyzeTypeScript } from '../../../../src/analysis'

/** A number, or why there is none. */
export type Outcome = { readonly value: number } | { readonly reason: string }

/** The value of each exported function `f(x)` of a file in plain JavaScript, read as a graph and evaluated at `x`. */
export function readValues(text: string, x: number): Map<string, Outcome> {
  const tagged = text.replace(/^export function/gm, `/** @at x = ${x} */\nexport function`)
  const { derivations } = analyzeTypeScript(tagged)
  return new Map(
    derivations.map(({ name, graph, output, value }): [string, Outcome] => {
      const tensor = value(output)
      const { attributes } = graph.nodes[output] ?? {}
      return [name.plain, tensor ? { value: tensor.data[0] as number } : { reason: String(attributes?.reason ?? '') }]
    }),
  )
}

/** The same in Node. A test alone may run code, and only its own. */
export function nodeValues(text: string, x: number): Map<string, Outcome> {
  const names = [...text.matchAll(/^export function (\w+)/gm)].map((match) => match[1] as string)
  const script = `${text.replace(/^export /gm, '')}\n;({ ${names.join(', ')} })`
  const functions = vm.runInNewContext(script, {}, { timeout: 5_000 }) as Record<string, (x: number) => unknown>
  return new Map(names.map((name) => [name, outcome(() => functions[name]?.(x))]))
}

function outcome(run: () => unknown): Outcome {
  try {
    const value = run()
    return typeof value === 'number' ? { value } : { reason: typeof value }
  } catch (error) {
    return { reason: String(error) }
  }
}

export const isSame = (a: number, b: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
