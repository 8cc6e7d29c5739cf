/** Functions in TypeScript and JavaScript: what each that returns a number computes. */

import type { SyntaxNode } from '@lezer/common'
import type { CodeFunction, Passage, Reading, Unread } from './statement'
import { factsOf } from './typescript/facts'
import type { SourceFile } from './typescript/file'
import { codeFunction, runSite } from './typescript/functions'
import { newProgram, type Program, type Region } from './typescript/machine'
import { openFile, type Resolve } from './typescript/module'
import { groundsOf, remembered } from './typescript/remembered'
import { commentAbove } from './typescript/site'
import { visitFunctions } from './typescript/sites'
import { childNamed, partsOf } from './typescript/tree'

export interface TypeScriptOptions {
  /** Rounds of a loop that are followed at most. */
  readonly unrollLimit?: number
  /** The text of a file that is imported; `null` where it can't be had. */
  readonly resolve?: Resolve
}

const UNROLL_LIMIT = 200

/**
 * Reads a file, or the text of a code fence. Each statement of the top level that holds functions is a passage; one
 * that is being typed leaves the others alone. Never throws.
 */
export function readTypeScript(
  text: string,
  options: TypeScriptOptions = {},
): { passages: Passage[]; readings: Reading[] } {
  const program = newProgram(options.unrollLimit ?? UNROLL_LIMIT)
  const file = openFile(program, text, options.resolve ?? (() => null))
  const exportedNames = exportsOf(file)
  const grounds = groundsOf(file, exportedNames, options.resolve, program.unrollLimit)
  const passages: Passage[] = []
  const readings: Reading[] = []
  for (const statement of file.statements) {
    if (!factsOf(statement, text).hasFunctions) continue
    const region = regionOf(file, statement)
    const comment = text.slice(region.from, statement.from)
    const reading = remembered(`${comment}|${grounds(statement)}`, () =>
      readStatement(program, region, statement, exportedNames),
    )
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

/** A statement with the documentation above it. */
function regionOf(file: SourceFile, statement: SyntaxNode): Region {
  const comment = commentAbove(statement)
  return { file, from: comment?.from ?? statement.from, to: statement.to }
}

function readStatement(
  program: Program,
  region: Region,
  statement: SyntaxNode,
  exportedNames: ReadonlySet<string>,
): Reading {
  const { file } = region
  const statements: CodeFunction[] = []
  visitFunctions(program, file, statement, exportedNames, (site) => {
    const read = codeFunction(runSite(program, file, site, region), site)
    if (read) statements.push(read)
    return read !== null
  })
  const unread = statements.flatMap(({ result, range }): Unread[] =>
    result.kind === 'opaque' ? [{ range, reason: result.reason }] : [],
  )
  return { statements, unread }
}

/** Names that `export { f }`, `export default f`, `module.exports = { f }` and the like hand out. */
function exportsOf(file: SourceFile): Set<string> {
  const names = new Set<string>()
  const add = (node: SyntaxNode) => names.add(file.text.slice(node.from, node.to))
  for (const statement of file.statements) {
    if (statement.name === 'ExportDeclaration')
      for (const part of partsOf(statement)) {
        if (part.name === 'VariableName') add(part)
        if (part.name === 'ExportGroup')
          partsOf(part)
            .filter((name) => name.name === 'VariableName')
            .forEach(add)
      }
    const assignment = statement.name === 'ExpressionStatement' ? childNamed(statement, 'AssignmentExpression') : null
    const [target, , source] = assignment ? partsOf(assignment) : []
    if (!target || !source || !/^(module\.)?exports\b/.test(file.text.slice(target.from, target.to))) continue
    if (source.name === 'VariableName') add(source)
    if (source.name === 'ObjectExpression')
      for (const property of partsOf(source)) {
        const value = partsOf(property).at(-1)
        if (value && /^(VariableName|PropertyDefinition)$/.test(value.name)) add(value)
      }
  }
  return names
}
