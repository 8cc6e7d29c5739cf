/** What we write for a node reads back to the same node: LaTeX with the values that the graph has, for any graph. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { scalarOf } from '../../../src/arithmetic/doubles'
import { graphBuilder } from '../../../src/graph/graph'
import { operation } from '../../../src/operations/index'
import { noteContext, parseFormula } from '../../../src/reading/formula'
import type { Expr, Name } from '../../../src/reading/statement'
import { expressionLatex } from '../../../src/writing/latex'

/** Names of every make, as notes write them. */
const NAMES: readonly Name[] = [
  'x',
  'y_1',
  '\\hat{y}',
  '\\alpha',
  'W',
  'w_{ij}',
  '\\mathbf{x}',
  'h_{t-1}',
  'a^{(1)}',
  'y^*',
  '\\mathrm{loss}',
  '\\mathcal{L}',
  "x'",
  'x_{\\text{in}}',
  '\\bar{x}_2',
].map((latex) => {
  const expr = parseFormula(latex)
  assert.ok(expr.kind === 'name', latex)
  return expr.name
})

/** A note that calculates with all of them. */
const context = noteContext(
  NAMES.map((name, block) => ({ kind: 'inline', start: 0, text: `${name.latex} + 1`, section: [], block })),
)

const UNARY = [
  'negate',
  'exp',
  'log',
  'sqrt',
  'sin',
  'cos',
  'tan',
  'tanh',
  'asin',
  'atan',
  'sinh',
  'abs',
  'signum',
  'relu',
  'sigmoid',
]
const BINARY = ['add', 'subtract', 'multiply', 'divide', 'power', 'max', 'min']

type Tree =
  | { readonly name: Name }
  | { readonly value: number }
  | { readonly op: string; readonly args: readonly Tree[] }

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...NAMES).map((name) => ({ name })),
    fc.constantFrom(0.5, 1, 2, 3, 10, -1, -2.5).map((value) => ({ value })),
    fc.tuple(fc.constantFrom(...UNARY), tie('tree')).map(([op, arg]) => ({ op, args: [arg] })),
    fc.tuple(fc.constantFrom(...BINARY), tie('tree'), tie('tree')).map(([op, a, b]) => ({ op, args: [a, b] })),
    fc.tuple(fc.constantFrom('less', 'greaterEqual'), tie('tree'), tie('tree'), tie('tree')).map(([op, a, b, c]) => ({
      op: 'piecewise',
      args: [{ op, args: [a, b] }, b, c],
    })),
  ),
}))

function latexOf(root: Tree): string {
  const builder = graphBuilder()
  const add = (part: Tree): number => {
    if ('name' in part) return builder.add({ op: 'input', shape: [], name: part.name })
    if ('value' in part) return builder.constant(part.value)
    return builder.add({ op: part.op, inputs: part.args.map(add) })
  }
  return expressionLatex(builder.graph, add(root))
}

/** A number for each name, the same wherever the name is read. */
const numberOf = (key: string, seed: number): number => {
  let hash = seed
  for (const character of key) hash = (hash * 31 + character.charCodeAt(0)) % 9973
  return 0.2 + (hash % 997) / 500
}

function valueOfTree(part: Tree, seed: number): number {
  if ('name' in part) return numberOf(part.name.key, seed)
  if ('value' in part) return part.value
  return apply(
    part.op,
    part.args.map((arg) => valueOfTree(arg, seed)),
  )
}

function valueOfExpr(expr: Expr, seed: number): number {
  if (expr.kind === 'number') return expr.value
  if (expr.kind === 'name') return numberOf(expr.name.key, seed)
  assert.ok(expr.kind === 'apply', `${expr.kind} ${'reason' in expr ? expr.reason : ''}`)
  return apply(
    expr.op,
    expr.args.map((arg) => valueOfExpr(arg, seed)),
  )
}

function apply(op: string, [a = 0, b = 0, c = 0]: readonly number[]): number {
  if (op === 'piecewise') return a !== 0 ? b : c
  const entry = operation(op)
  return (entry && scalarOf(entry)?.(a, b, c)) ?? Number.NaN
}

const alike = (a: number, b: number): boolean =>
  Object.is(a, b) ||
  (Number.isNaN(a) && Number.isNaN(b)) ||
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)) ||
  a === b

describe('written LaTeX reads back', () => {
  for (const name of NAMES) {
    it(`the name ${name.latex}`, () => {
      const expr = parseFormula(name.latex)
      assert.deepEqual(expr.kind === 'name' && expr.name, name)
    })
    it(`the name ${name.latex} as plain text, ${name.plain}`, () => {
      const expr = parseFormula(name.plain, undefined, true)
      assert.equal(expr.kind === 'name' && expr.name.key, name.key)
    })
  }

  it('to the same values, for any expression', () => {
    fc.assert(
      fc.property(tree, (root) => {
        const latex = latexOf(root)
        const expr = parseFormula(latex, context)
        for (const seed of [1, 2, 3]) {
          const expected = valueOfTree(root, seed)
          const actual = valueOfExpr(expr, seed)
          assert.ok(alike(actual, expected), `${latex}: ${actual}, expected ${expected}`)
        }
      }),
      { numRuns: 3000 },
    )
  })
})
