import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parser } from '@lezer/javascript'

/**
 * The house in numbers that may only fall. A circle of imports is read as one piece, so that its files are what a reader has to hold
 * in mind at once; a function that doesn't fit a screen isn't read at all.
 */
const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
const TEXTS = new Map(SOURCES.map((file) => [file, readFileSync(join('src', file), 'utf8')]))

/** The files of `src` that a file imports, types included. */
function importsOf(file: string): string[] {
  const specifiers = [...(TEXTS.get(file) ?? '').matchAll(/^(?:import|export)\b[^'"]*?from '(\.[^']+)'/gm)]
  return specifiers.flatMap(([, specifier = '']) => {
    const path = posix.join(posix.dirname(file), specifier)
    return [path, `${path}.ts`, `${path}/index.ts`].find((each) => TEXTS.has(each)) ?? []
  })
}

/** Files that import one another, directly or by others: the strongly connected components (Tarjan). */
function circles(): string[][] {
  const found: string[][] = []
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const visit = (file: string): void => {
    order.set(file, order.size)
    lowest.set(file, order.get(file) as number)
    stack.push(file)
    for (const other of importsOf(file)) {
      if (!order.has(other)) visit(other)
      if (stack.includes(other)) lowest.set(file, Math.min(lowest.get(file) as number, lowest.get(other) as number))
    }
    if (lowest.get(file) !== order.get(file)) return
    const circle = stack.splice(stack.indexOf(file))
    if (circle.length > 1) found.push(circle.sort())
  }
  for (const file of SOURCES) if (!order.has(file)) visit(file)
  return found.sort()
}

/** Circles that are recursion by nature: an expression holds functions, which hold statements, which hold expressions. */
const RECURSION: Readonly<Record<string, number>> = {
  // The machine runs a tree whose kinds hold one another.
  'reading/code': 25,
  'reading/code/javascript': 4,
  'reading/code/python': 4,
  // The page's state holds the quiz, whose sentences it fills in.
  panel: 2,
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunction', 'MethodDeclaration'])

/** Functions of more than a screen: how many lines, from the first word to the closing brace, and where. */
function longFunctions(): { lines: number; at: string }[] {
  const long: { lines: number; at: string }[] = []
  const typescript = parser.configure({ dialect: 'ts' })
  for (const [file, text] of TEXTS) {
    if (text.split('\n').length <= SCREEN) continue
    const ends = [...text.matchAll(/\n/g)].map(({ index }) => index)
    const lineOf = (offset: number) => ends.filter((end) => end < offset).length
    typescript.parse(text).iterate({
      enter: ({ name, from, to }) => {
        if (!FUNCTIONS.has(name) || to - from < SCREEN) return
        const lines = lineOf(to) - lineOf(from) + 1
        if (lines > SCREEN) long.push({ lines, at: `${file}:${lineOf(from) + 1}` })
      },
    })
  }
  return long
}
const SCREEN = 80

/** So many lines the longest function of a folder has; the numbers may only fall. */
const CEILINGS: readonly [folders: RegExp, lines: number][] = [
  [/^(?:arithmetic|calculus|meaning|judging|operations|reading|writing)\//, SCREEN],
  [/^/, 230],
]
const ceilingOf = (at: string): number => CEILINGS.find(([folders]) => folders.test(at))?.[1] ?? SCREEN

describe('structure', () => {
  it('has no circles of imports but recursion by nature', () => {
    const left = circles().filter((circle) => circle.length > (RECURSION[posix.dirname(circle[0] as string)] ?? 1))
    assert.deepEqual(left, [])
  })

  it('has functions that fit a screen', function () {
    this.timeout(60_000)
    const tooLong = longFunctions().filter(({ lines, at }) => lines > ceilingOf(at))
    assert.deepEqual(tooLong, [])
  })
})
