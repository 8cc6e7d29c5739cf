/** Functions in code: what each that returns a number computes. */

import type { Expression, TopLevel } from './code/core'
import { pathOf, type SourceFile } from './code/file'
import { codeFunction, runSite } from './code/functions'
import { JAVASCRIPT } from './code/javascript/language'
import type { Language } from './code/language'
import { newProgram, type Program, type Region } from './code/machine'
import { openFile, type Resolve } from './code/module'
import { PYTHON } from './code/python/library'
import { groundsOf, remembered } from './code/remembered'
import { type Script, scriptOf } from './code/script'
import { visitFunctions } from './code/sites'
import type { CodeFunction, Passage, Reading, Unread } from './statement'

export interface CodeOptions {
  /** Rounds of a loop that are followed at most. */
  readonly unrollLimit?: number
  /** The text of a file that is imported; `null` where it can't be had. */
  readonly resolve?: Resolve
  /** Texts of which all names are known here: cells and fences above this one, in order. */
  readonly earlier?: readonly string[]
}

const UNROLL_LIMIT = 200

/**
 * Reads a file in TypeScript or JavaScript, or the text of a code fence. Each statement of the top level that holds
 * functions is a passage; one that is being typed leaves the others alone. Never throws.
 */
export const readTypeScript = (text: string, options: CodeOptions = {}) => readCode(text, JAVASCRIPT, options)

/** Reads a file in Python, or the text of a code fence or cell, in the same way. */
export const readPythonCode = (text: string, options: CodeOptions = {}) => readCode(text, PYTHON, options)

function readCode(
  text: string,
  language: Language,
  options: CodeOptions,
): { passages: Passage[]; readings: Reading[] } {
  const program = newProgram(options.unrollLimit ?? UNROLL_LIMIT)
  const file = openFile(program, text, options.resolve ?? (() => null), language, options.earlier)
  const exportedNames = exportsOf(file)
  const grounds = groundsOf(file, exportedNames, options.resolve, program.unrollLimit, options.earlier ?? [])
  const passages: Passage[] = []
  const readings: Reading[] = []
  const script = scriptOf(file)
  for (const top of file.statements) {
    if (!top.facts.hasFunctions && top !== script?.last) continue
    const region = top === script?.last ? script.region : regionOf(file, top)
    const comment = text.slice(region.from, top.from)
    const read = () =>
      top === script?.last ? readScript(program, script) : readTop(program, region, top, exportedNames)
    const reading = remembered(`${comment}|${grounds(top)}`, read)
    if (reading.statements.length === 0) continue
    passages.push({
      kind: 'code',
      start: region.from,
      text: text.slice(region.from, region.to),
      section: [],
      block: passages.length,
    })
    readings.push(reading)
  }
  return { passages, readings }
}

/** A statement with the documentation above it; what stands inside of it is a part of it. */
const regionOf = (file: SourceFile, { comment, from, to }: TopLevel): Region => ({
  file,
  from: Math.min(comment?.from ?? from, from),
  to,
})

function readTop(program: Program, region: Region, top: TopLevel, exportedNames: ReadonlySet<string>): Reading {
  const { file } = region
  const statements: CodeFunction[] = []
  visitFunctions(program, file, top, exportedNames, (site) => {
    const read = codeFunction(runSite(program, file, site, region), site)
    if (read) statements.push(read)
    return read !== null
  })
  const unread = statements.flatMap(({ result, range }): Unread[] =>
    result.kind === 'opaque' ? [{ range, reason: result.reason }] : [],
  )
  return { statements, unread }
}

/** What is calculated at the top level, as a function of the numbers that it begins with. */
function readScript(program: Program, { region, site }: Script): Reading {
  const read = codeFunction(runSite(program, region.file, site, region), site)
  return { statements: read && read.result.kind !== 'opaque' ? [read] : [], unread: [] }
}

/** Names that `export { f }`, `export default f`, `module.exports = { f }` and the like hand out. */
function exportsOf(file: SourceFile): Set<string> {
  const names = new Set(file.statements.flatMap((top) => top.exports))
  for (const top of file.statements) {
    if (!top.facts.words.has('exports')) continue
    for (const statement of top.statements()) {
      const code = statement.kind === 'expression' ? statement.value : null
      const path = code?.kind === 'assign' && code.target.kind === 'place' ? pathOf(code.target.place) : null
      if (code?.kind === 'assign' && /^(module\.)?exports\b/.test(path ?? ''))
        for (const name of namesHandedOut(code.value)) names.add(name)
    }
  }
  return names
}

function namesHandedOut(code: Expression): string[] {
  if (code.kind === 'name') return [code.name]
  if (code.kind !== 'record') return []
  return code.entries.flatMap(({ value }) => (value.kind === 'name' ? [value.name] : []))
}
