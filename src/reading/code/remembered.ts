/**
 * Readings of the last texts: a statement is read again only when its own text changed, or that of a statement on which
 * it depends.
 */
import type { Reading } from '../statement'
import type { TopLevel } from './core'
import type { SourceFile } from './file'
import { specifierWithin } from './imports'
import type { Language } from './language'
import type { Resolve } from './module'

/** Whatever a reading rests on, as one text: equal texts, equal readings. */
export type Grounds = (statement: TopLevel) => string

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
  earlier: readonly string[],
): Grounds {
  const declaring = new Map<string, TopLevel[]>()
  for (const statement of file.statements)
    for (const name of statement.declares) declaring.set(name, [...(declaring.get(name) ?? []), statement])
  const texts = new Map<string, number>()
  const imported = (source: string | null): string => {
    if (source === null || !resolve) return ''
    if (!texts.has(source)) texts.set(source, numberOf(importedText(source, resolve, file.language)))
    return `=${texts.get(source)}`
  }
  const whole = numberOf(
    [
      unrollLimit,
      // What `from m import *` and cells above bring has names that stand nowhere.
      ...earlier,
      ...file.stars.map(imported),
      [...exported].join(),
      [...file.changing].join(),
      [...file.mutating.outer].join(),
      [...file.mutating.own].join(),
      [...declaring.keys()].join(),
    ].join('|'),
  )
  return (statement) => {
    const used = new Set<TopLevel>([statement])
    for (const each of used)
      for (const word of each.facts.words) for (const other of declaring.get(word) ?? []) used.add(other)
    const parts = [...used].map((each) => `${each.facts.id}${imported(each.imports)}`)
    return `${whole}|${parts.join()}`
  }
}

/** The text of a file that is imported, and of those that it imports itself. */
function importedText(source: string, resolve: Resolve, language: Language, depth = 0): string {
  const text = depth > MOST_DEEP ? null : resolve(source)
  if (text === null) return ''
  const further = [...text.matchAll(language.brings ? PYTHON_IMPORT : JAVASCRIPT_IMPORT)].map(([, own = '']) =>
    importedText(specifierWithin(source, own, language), resolve, language, depth + 1),
  )
  return `=${text}${further.join('')}`
}

const MOST_DEEP = 3
const PYTHON_IMPORT = /^[ \t]*(?:from|import)\s+([\w.]+)/gm
const JAVASCRIPT_IMPORT = /\bfrom\s*['"](\.{1,2}\/[^'"]+)['"]/g
