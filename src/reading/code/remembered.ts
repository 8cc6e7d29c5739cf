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
    const known = texts.get(source) ?? numberOf(importedTexts(source, resolve, file.language))
    texts.set(source, known)
    return `=${known}`
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

/** The texts of a file that is imported, and of those that it imports itself, each once. */
function importedTexts(first: string, resolve: Resolve, language: Language): string {
  const texts = new Map<string, number>()
  let sources: readonly string[] = [first]
  for (let depth = 0; depth <= MOST_DEEP; depth++) {
    const further = new Set<string>()
    for (const source of sources) {
      const text = texts.has(source) ? null : resolve(source)
      if (text === null) continue
      texts.set(source, numberOf(text))
      for (const [, own = ''] of text.matchAll(language.brings ? PYTHON_IMPORT : JAVASCRIPT_IMPORT))
        further.add(specifierWithin(source, own, language))
    }
    sources = [...further]
  }
  return [...texts].join('|')
}

const MOST_DEEP = 3
const PYTHON_IMPORT = /^[ \t]*(?:from|import)\s+([\w.]+)/gm
const JAVASCRIPT_IMPORT = /\bfrom\s*['"](\.{1,2}\/[^'"]+)['"]/g
