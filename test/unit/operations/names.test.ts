import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OPERATIONS } from '../../../src/operations/index'

/**
 * What is known of an operation stands in its entry. So many places outside the table, and the arithmetic that carries it out, call
 * one by its name (29 of them came with sums, norms and vectors in notes); the number may only fall: an attribute of the entry, or a look-up by spelling, says the same without a list.
 */
const MOST = 415

/**
 * Not counted: what each function of NumPy is in operations of the table, with axes and shapes, which no spelling alone can say, and
 * what mathematics means by a sign between arrays. These three may not be followed by others.
 */
const LIBRARIES = /^(?:reading\/code\/(?:python\/|ndarray\.ts)|meaning\/arrays\.ts)/

const NAMES = new Set(OPERATIONS.map(({ name }) => name))
/** Names of entries that are words of their own: fields, kinds of nodes, verdicts. */
const WORDS = new Set(['sign', 'size', 'step', 'sum', 'equal', 'root', 'identity', 'inverse', 'rows', 'norm', 'mean'])

/** Names of entries that are kinds of expressions, reasons and roles as well, so that a string of them says nothing of an operation. */
const KINDS = new Set(['entry', 'index', 'product', 'total', 'extent', 'delta', 'part'])

/** Strings, and keys of tables: what stands behind a key there is a function, a list or a text. */
function namesIn(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const strings = [...text.matchAll(/'([A-Za-z]\w*)'/g)].map(([, name = '']) => name)
  const keys = [...text.matchAll(/^\s+(\w+): (?=[([{'])/gm)].map(([, name = '']) => name)
  return [...strings, ...keys.filter((name) => !WORDS.has(name))].filter((name) => NAMES.has(name) && !KINDS.has(name))
}

describe('names of operations outside the table', () => {
  it(`are ${MOST} at most`, () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/^(?:operations|arithmetic)/.test(file) && !LIBRARIES.test(file))
      .map((file) => ({ file, names: namesIn(join('src', file)) }))
      .filter(({ names }) => names.length > 0)
      .sort((a, b) => b.names.length - a.names.length)
    const total = files.reduce((sum, { names }) => sum + names.length, 0)
    const said = files.map(({ file, names }) => `${names.length} ${file}`).join('\n')
    assert.ok(total <= MOST, `${total}:\n${said}`)
  })
})
