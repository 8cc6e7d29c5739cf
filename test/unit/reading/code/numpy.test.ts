import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { analyzePython } from '../../../../src/analysis'
import { isSame } from './run'

/** Lines of Python and what NumPy made of them (`record.py` writes it): the machine says the same numbers, or that it can't. */
const FOLDER = 'test/unit/reading/code/numpy'
type Nested = number | readonly Nested[]
const parsed = <T>(file: string): T => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as T
const INPUTS = parsed<Record<string, Nested>>('inputs.json')
const OUTPUTS = parsed<Record<string, Nested | string>>('outputs.json')

const shapeOf = (value: Nested): number[] =>
  typeof value === 'number' ? [] : [value.length, ...(value[0] === undefined ? [] : shapeOf(value[0]))]
const numbersOf = (value: Nested): number[] => (typeof value === 'number' ? [value] : value.flatMap(numbersOf))

/** What the machine makes of a line: numbers with their shape, or why there are none. */
function read(line: string): { readonly shape: readonly number[]; readonly data: readonly number[] } | string {
  const at = Object.entries(INPUTS).map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
  const body = line.includes('return ') ? line : `return ${line}`
  const text = `import math\nimport numpy as np\n# @at ${at.join(', ')}\ndef f(${Object.keys(INPUTS).join(', ')}):\n    ${body}\n`
  const [derivation] = analyzePython(text).derivations
  if (!derivation) return 'no function'
  const value = derivation.value(derivation.output)
  if (value) return { shape: value.shape, data: [...value.data] }
  return String(derivation.graph.nodes[derivation.output]?.attributes?.reason ?? 'no value')
}

/** Lines that the machine doesn't follow: fewer are welcome. */
const MOST_UNREAD = 107

describe('NumPy', () => {
  let unread = 0
  for (const [line, expected] of Object.entries(OUTPUTS))
    it(line, () => {
      const value = read(line)
      if (typeof value === 'string') {
        unread++
        return
      }
      assert.notEqual(typeof expected, 'string', `${expected}, read as ${value.data.join()}`)
      assert.deepEqual(value.shape, shapeOf(expected as Nested))
      const numbers = numbersOf(expected as Nested)
      assert.ok(
        numbers.every((number, k) => isSame(number, value.data[k] as number)),
        `${value.data.join()} for ${numbers.join()}`,
      )
    })
  it('is followed but for some lines', () => assert.ok(unread <= MOST_UNREAD, `${unread} lines aren't read`))
})
