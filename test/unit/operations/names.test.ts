import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OPERATIONS } from '../../../src/operations/index'

/**
 * What is known of an operation stands in its entry. So many strings and keys outside the table, and the arithmetic that carries it
 * out, equal an entry's name: words of other languages (Python's `sum`, a method `slice`), kinds of expressions (`entry`) and reasons
 * (`norm`), nothing that an attribute of the entry could say. The number may only fall, and nothing is left out of it.
 */
const MOST = 59

const NAMES = new Set(OPERATIONS.map(({ name }) => name))

/** Strings, and keys of tables: what stands behind a key there is a function, a list or a text. */
function namesIn(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const strings = [...text.matchAll(/'([A-Za-z]\w*)'/g)].map(([, name = '']) => name)
  const keys = [...text.matchAll(/^\s+(\w+): (?=[([{'])/gm)].map(([, name = '']) => name)
  return [...strings, ...keys].filter((name) => NAMES.has(name))
}

describe('names of operations outside the table', () => {
  it(`are ${MOST} at most`, () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/^(?:operations|arithmetic)/.test(file))
      .map((file) => ({ file, names: namesIn(join('src', file)) }))
      .filter(({ names }) => names.length > 0)
      .sort((a, b) => b.names.length - a.names.length)
    const total = files.reduce((sum, { names }) => sum + names.length, 0)
    const said = files.map(({ file, names }) => `${names.length} ${file} ${names.join(' ')}`).join('\n')
    assert.ok(total <= MOST, `${total}:\n${said}`)
  })
})
