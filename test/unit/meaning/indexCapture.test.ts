import assert from 'node:assert/strict'
import fc from 'fast-check'
import { analyzeMarkdown } from '../../../src/analysis'

/** A term in which every index is known by its number, as the note's meaning should know it. */
type Term =
  | { readonly kind: 'entry'; readonly of: 'x' | 'y' | 'S'; readonly at: readonly number[] }
  | { readonly kind: 'delta'; readonly at: readonly [number, number] }
  | { readonly kind: 'sum'; readonly index: number; readonly body: Term }
  | { readonly kind: 'product' | 'plus'; readonly a: Term; readonly b: Term }
  | { readonly kind: 'sine'; readonly body: Term }
type Values = Readonly<Record<'x' | 'y' | 'S', readonly (readonly number[])[]>>

function numberOf(term: Term, values: Values, at: ReadonlyMap<number, number>): number {
  const place = (index: number): number => at.get(index) ?? Number.NaN
  switch (term.kind) {
    case 'entry':
      return values[term.of][place(term.at[0] ?? 0)]?.[term.at.length === 2 ? place(term.at[1] ?? 0) : 0] ?? Number.NaN
    case 'delta':
      return place(term.at[0]) === place(term.at[1]) ? 1 : 0
    case 'sum':
      return values.x.reduce((sum, _x, k) => sum + numberOf(term.body, values, new Map([...at, [term.index, k]])), 0)
    case 'sine':
      return Math.sin(numberOf(term.body, values, at))
    default: {
      const [a, b] = [numberOf(term.a, values, at), numberOf(term.b, values, at)]
      return term.kind === 'plus' ? a + b : a * b
    }
  }
}

function freeIn(term: Term): number[] {
  switch (term.kind) {
    case 'entry':
    case 'delta':
      return [...term.at]
    case 'sum':
      return freeIn(term.body).filter((index) => index !== term.index)
    case 'sine':
      return freeIn(term.body)
    default:
      return [...freeIn(term.a), ...freeIn(term.b)]
  }
}

/** A draw of numbers below a bound. */
type Draw = (below: number) => number

/**
 * The term as an author writes it: a sum takes any letter that doesn't stand in its body for another index, also one that an outer sum
 * has taken.
 */
function written(term: Term, letters: ReadonlyMap<number, string>, draw: Draw): string {
  const letter = (index: number): string => letters.get(index) ?? '?'
  switch (term.kind) {
    case 'entry':
      return `${term.of}_{${term.at.map(letter).join('')}}`
    case 'delta':
      return `\\delta_{${term.at.map(letter).join('')}}`
    case 'sum': {
      const taken = new Set(freeIn({ ...term }).map(letter))
      const own = ['i', 'j', 'k', 'p', 'q'].filter((each) => !taken.has(each))
      const chosen = own[draw(Math.min(2, own.length))] ?? 'r'
      const body = written(term.body, new Map([...letters, [term.index, chosen]]), draw)
      return `\\left( \\sum_{${chosen}=1}^{n} ${body} \\right)`
    }
    case 'sine':
      return `\\sin\\left(${written(term.body, letters, draw)}\\right)`
    default: {
      const [a, b] = [written(term.a, letters, draw), written(term.b, letters, draw)]
      return term.kind === 'plus' ? `\\left(${a} + ${b}\\right)` : `${a} \\cdot ${b}`
    }
  }
}

function randomTerm(draw: Draw): Term {
  let serial = 0
  const leaf = (scope: readonly number[]): Term => {
    const pick = () => scope[draw(scope.length)] as number
    const of = (['x', 'y', 'S'] as const)[draw(3)] ?? 'x'
    const [a, b] = [pick(), pick()]
    if (draw(4) === 0 && a !== b) return { kind: 'delta', at: [a, b] }
    return { kind: 'entry', of, at: of === 'S' ? [a, b] : [a] }
  }
  const sum = (scope: readonly number[], depth: number): Term => {
    const index = serial++
    return { kind: 'sum', index, body: term([...scope, index], depth) }
  }
  const term = (scope: readonly number[], depth: number): Term => {
    if (depth === 0) return leaf(scope)
    const kind = draw(5)
    if (kind < 2) return sum(scope, depth - 1)
    if (kind === 2) return { kind: 'sine', body: term(scope, depth - 1) }
    return { kind: kind === 3 ? 'product' : 'plus', a: term(scope, depth - 1), b: term(scope, depth - 1) }
  }
  // Every array stands somewhere as a whole, so that each size is known.
  const anchor: Term = {
    kind: 'product',
    a: { kind: 'entry', of: 'x', at: [-1] },
    b: { kind: 'entry', of: 'y', at: [-1] },
  }
  return { kind: 'plus', a: { kind: 'sum', index: -1, body: anchor }, b: sum([], 3) }
}

const matrix = (rows: readonly (readonly number[])[]) =>
  `\\begin{pmatrix} ${rows.map((row) => row.join(' & ')).join(' \\\\ ')} \\end{pmatrix}`

describe('letters of indices in a note', () => {
  it('mean what their own sum says, whatever letters other sums have: values and gradients', () => {
    const number = fc.integer({ min: -12, max: 12 }).map((n) => (n === 0 ? 5 : n) / 10)
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.nat(1000)),
        fc.constantFrom(2, 3, 4),
        fc.array(number, { minLength: 24, maxLength: 24 }),
        (numbers, n, drawn) => {
          const draw = (below: number) => (numbers.next().value as number) % below
          const term = randomTerm(draw)
          const part = (from: number, columns: number) =>
            Array.from({ length: n }, (_r, i) => drawn.slice(from + i * columns, from + (i + 1) * columns))
          const values: Values = { x: part(0, 1), y: part(4, 1), S: part(8, n) }
          const said = 'Let $x, y \\in \\mathbb{R}^{n}$, $S \\in \\mathbb{R}^{n \\times n}$.\n\n'
          const bound = Object.entries(values).map(([name, rows]) => `$$${name} = ${matrix(rows)}$$\n`)
          const text = written(term, new Map([[-1, 'i']]), draw)
          const note = `${said}$$L = ${text}$$\n\n${bound.join('\n')}`
          const derivation =
            analyzeMarkdown(note).derivations.find(({ name }) => name.plain === 'L') ?? assert.fail(text)
          const expected = numberOf(term, values, new Map())
          const found = derivation.value(derivation.output)?.data[0] ?? Number.NaN
          assert.ok(
            Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
            `${text} is ${expected}, not ${found}`,
          )
          for (const name of ['x', 'y', 'S'] as const) {
            const id = derivation.graph.nodes.find((node) => node.op === 'input' && node.name?.key === name)?.id
            const gradient = id === undefined ? null : derivation.gradient(id)
            if (!gradient) continue
            const slopes = derivation.value(gradient.node)?.data ?? []
            values[name].forEach((row, i) => {
              row.forEach((x, j) => {
                const moved = (by: number): number => {
                  const rows = values[name].map((each, k) => each.map((y, l) => (k === i && l === j ? x + by : y)))
                  return numberOf(term, { ...values, [name]: rows }, new Map())
                }
                const slope = (moved(1e-4) - moved(-1e-4)) / 2e-4
                const own = slopes[i * row.length + j] ?? Number.NaN
                assert.ok(
                  Math.abs(own - slope) <= 1e-4 * Math.max(1, Math.abs(slope)),
                  `${text}: ∂L/∂${name}[${i},${j}] is ${slope}, not ${own}`,
                )
              })
            })
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})
