/**
 * Readings of the last texts: a statement is read again only when its own text changed, or that of a statement on which
 * it depends.
 */
import type { SyntaxNode } from '@lezer/common'
import type { Reading } from '../statement'
import { type Facts, factsOf } from './facts'
import type { SourceFile } from './file'
import type { Resolve } from './module'
import { declaredNames } from './scope'
import { childNamed } from './tree'

/** Whatever a reading rests on, as one text: equal texts, equal readings. */
export type Grounds = (statement: SyntaxNode) => string

let known = new Map<string, Reading>()
let older = new Map<string, Reading>()
const MOST = 10_000

/** The reading on these grounds, made where it isn't known. */
export function remembered(grounds: string, read: () => Reading): Reading {
  const reading = known.get(grounds) ?? older.get(grounds) ?? read()
  known.set(grounds, reading)
  if (known.size > MOST) {
    older = known
    known = new Map()
  }
  return reading
}

/** Long texts that are compared often, as numbers. */
let numbers = new Map<string, number>()
let lastNumber = 0

function numberOf(text: string): number {
  const number = numbers.get(text) ?? ++lastNumber
  if (numbers.size > 1_000) numbers = new Map()
  numbers.set(text, number)
  return number
}

/** What the statements of a file rest on: their own text, all that they name, and what the whole file exports and changes. */
export function groundsOf(
  file: SourceFile,
  exported: ReadonlySet<string>,
  resolve: Resolve | undefined,
  unrollLimit: number,
): Grounds {
  const facts = new Map(file.statements.map((statement) => [statement, factsOf(statement, file.text)]))
  const declaring = new Map<string, SyntaxNode[]>()
  for (const statement of file.statements)
    for (const name of namesOf(statement, file.text)) declaring.set(name, [...(declaring.get(name) ?? []), statement])
  const whole = numberOf(
    [unrollLimit, [...exported].join(), [...file.changing].join(), [...declaring.keys()].join()].join('|'),
  )
  return (statement) => {
    const used = new Set<SyntaxNode>([statement])
    for (const each of used)
      for (const word of (facts.get(each) as Facts).words)
        for (const other of declaring.get(word) ?? []) used.add(other)
    const parts = [...used].map((each) => `${facts.get(each)?.id}${importedText(each, file.text, resolve)}`)
    return `${whole}|${parts.join()}`
  }
}

/** Names that a statement declares, or of whose parts it sets one. */
function namesOf(statement: SyntaxNode, text: string): string[] {
  const assignment = statement.name === 'ExpressionStatement' ? childNamed(statement, 'AssignmentExpression') : null
  const root = assignment ? /^[\w$]+/.exec(text.slice(assignment.from, assignment.to))?.[0] : undefined
  return root === undefined ? declaredNames(statement, text) : [root]
}

function importedText(statement: SyntaxNode, text: string, resolve: Resolve | undefined): string {
  const source = resolve && statement.name === 'ImportDeclaration' ? childNamed(statement, 'String') : null
  return source ? `=${resolve?.(text.slice(source.from + 1, source.to - 1))}` : ''
}
