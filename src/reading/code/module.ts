/** Opens a file: its variables are read when first asked for, its imports through a resolver. */
import { classValue } from './classes'
import type { Expression, ImportStatement, LetStatement, Statement, TopLevel } from './core'
import { pathOf, type SourceFile } from './file'
import { specifierWithin } from './imports'
import type { Language } from './language'
import { allocate, type Machine, newMachine, type Program } from './machine'
import { statementsIn } from './readings'
import { childScope, declaredNames, lookUp, type Scope } from './scope'
import { declare } from './statements'
import { NOTHING, opaque, type Value } from './value'

/** Text of a file that another one imports; `null` where it can't be had. */
export type Resolve = (specifier: string) => string | null

/** What `from m import *` brings under no name of its own. */
const STAR = '*'

/** @param earlier texts of which all names are taken: cells and fences above this one, in order */
export function openFile(
  program: Program,
  text: string,
  resolve: Resolve,
  language: Language,
  earlier: readonly string[] = [],
): SourceFile {
  const above = earlier.map((_text, index) => `${EARLIER}${index}`)
  const find: Resolve = (specifier) =>
    specifier.startsWith(EARLIER) ? (earlier[Number(specifier.slice(EARLIER.length))] ?? null) : resolve(specifier)
  return moduleOf(program, text, find, language, { above, own: '' })
}

/** No specifier that code can say. */
const EARLIER = 'earlier '

interface At {
  readonly above: readonly string[]
  /** How the file that is read calls this one; empty: it is this one. */
  readonly own: string
}

function moduleOf(
  program: Program,
  text: string,
  resolve: Resolve,
  language: Language,
  { above, own }: At,
): SourceFile {
  const statements = statementsIn(text, language)
  const changing = new Set(statements.flatMap(({ facts }) => facts.changing))
  const file: SourceFile = {
    text,
    language,
    statements,
    scope: childScope(null),
    pending: new Map(),
    assigned: assignments(statements),
    prefixes: new Map(),
    prototypes: new Map(),
    changing,
    mutating: {
      outer: new Set(statements.flatMap(({ facts }) => facts.mutating.outer)),
      own: new Set(statements.flatMap(({ facts }) => facts.mutating.own)),
    },
    stars: [
      ...above,
      ...statements.flatMap(({ imports: source, declares }) =>
        declares.includes(STAR) && source !== null ? [source] : [],
      ),
    ],
    starred: (name) => starredValue(program, file, name),
    resolve: (written) => {
      const specifier = own === '' ? written : specifierWithin(own, written, language)
      const known = program.modules.get(specifier)
      if (known !== undefined) return known
      const imported = resolve(specifier)
      const at = { above: above.slice(0, Math.max(0, above.indexOf(specifier))), own: specifier }
      const module = imported === null ? null : moduleOf(program, imported, resolve, language, at)
      program.modules.set(specifier, module)
      return module
    },
  }
  for (const top of statements) if (top.declares.length > 0) declareTop(program, file, top)
  return file
}

/** What statements of the module assign to `a.b`. */
function assignments(statements: readonly TopLevel[]): Map<string, Expression> {
  const assigned = new Map<string, Expression>()
  for (const top of statements) {
    if (!top.setsPart) continue
    for (const statement of top.statements()) {
      const code = statement.kind === 'expression' ? statement.value : null
      if (code?.kind !== 'assign' || code.op !== null || code.target.kind !== 'place') continue
      const path = pathOf(code.target.place)
      if (path !== null) assigned.set(path, code.value)
    }
  }
  return assigned
}

/** Declares what a statement of the top level declares; it is read as code only when one of its names is asked for. */
function declareTop(program: Program, file: SourceFile, top: TopLevel): void {
  if (top.setsPart) return
  let done = false
  const initialize = () => {
    if (done) return
    done = true
    for (const statement of top.statements()) run(program, file, statement, file.scope)
  }
  for (const name of top.declares) declareName(program, file, name, file.scope, top.fixed, initialize)
}

/** Declares what statements declare, in a scope that outlives the functions in it. */
export function declareAll(program: Program, file: SourceFile, statements: readonly Statement[], scope: Scope): void {
  for (const statement of statements) {
    let done = false
    const initialize = () => {
      if (done) return
      done = true
      run(program, file, statement, scope)
    }
    const fixed = statement.kind !== 'let' || statement.fixed
    for (const name of declaredNames(statement)) declareName(program, file, name, scope, fixed, initialize)
  }
}

function declareName(
  program: Program,
  file: SourceFile,
  name: string,
  scope: Scope,
  fixed: boolean,
  initialize: () => void,
): void {
  const changing = !fixed && file.changing.has(name)
  const isInner = scope !== file.scope
  const mutated = file.mutating.outer.has(name) || (isInner && file.mutating.own.has(name))
  const variable = { cell: program.nextCell++, name, file, changing, mutated, counter: false }
  scope.variables.set(name, variable)
  file.pending.set(variable.cell, initialize)
}

/** Runs a declaration of a module. */
function run(program: Program, file: SourceFile, statement: Statement, scope: Scope): void {
  const machine = newMachine(program, file, null, 'drop')
  const put = (name: string, value: Value) => {
    const variable = lookUp(scope, name)
    if (variable) program.root.own.set(variable.cell, value)
  }
  switch (statement.kind) {
    case 'let':
      initialize(machine, statement, scope)
      return
    case 'function': {
      const { code } = statement
      const name = code.name ?? ''
      put(name, { kind: 'closure', code, file, scope, name, self: null })
      return
    }
    case 'class':
      classValue(machine, statement.code, scope)
      return
    case 'import':
      importNames(program, file, statement, put)
      return
    default:
      for (const name of declaredNames(statement)) put(name, opaque('not supported'))
  }
}

const initialize = (machine: Machine, statement: LetStatement, scope: Scope) =>
  declare(machine, statement, { scope, self: null })

function importNames(
  program: Program,
  file: SourceFile,
  { source, names }: ImportStatement,
  put: (name: string, value: Value) => void,
): void {
  const target = source === '' ? null : file.resolve(source)
  for (const { local, exported } of names) {
    const known = file.language.imported(source, exported, { start: 0, end: 0 })
    put(local, known ?? importedValue(program, file, source, target, exported) ?? opaque(OF_ANOTHER_FILE))
  }
}

const OF_ANOTHER_FILE = 'function of another file'

function importedValue(
  program: Program,
  file: SourceFile,
  source: string,
  target: SourceFile | null,
  exported: string | null,
): Value | null {
  if (exported === null) return target && moduleValue(program, target)
  if (target && (lookUp(target.scope, exported) || !file.language.brings))
    return exportedValue(program, target, exported)
  // `from package import module`
  const module = file.language.brings ? file.resolve(`${source.replace(/([^.])$/, '$1.')}${exported}`) : null
  return module && moduleValue(program, module)
}

/** A module under a name, `import * as act`: an object with what it declares. */
function moduleValue(program: Program, file: SourceFile): Value {
  const fields = new Map<string, Value>()
  for (const name of file.scope.variables.keys()) fields.set(name, exportedValue(program, file, name))
  return allocate(newMachine(program, file, null, 'drop'), { kind: 'record', fields, label: null, open: false })
}

/** What a name means that only `from m import *` can have brought; `null`: nothing that is known. */
function starredValue(program: Program, file: SourceFile, name: string, seen = new Set<SourceFile>()): Value | null {
  seen.add(file)
  for (const source of file.stars.toReversed()) {
    const own = file.language.starred(source, name)
    if (own) return own
    const target = file.resolve(source)
    if (!target || seen.has(target)) continue
    const value = lookUp(target.scope, name) && exportedValue(program, target, name)
    // A variable of a cell above may have got another value since.
    if (value && (!source.startsWith(EARLIER) || /^(closure|class|builtin)$/.test(value.kind))) return value
    const further = starredValue(program, target, name, seen)
    if (further) return further
  }
  return null
}

function exportedValue(program: Program, file: SourceFile, name: string): Value {
  const variable = lookUp(file.scope, name)
  if (!variable || variable.changing) return opaque(OF_ANOTHER_FILE)
  file.pending.get(variable.cell)?.()
  const content = program.root.own.get(variable.cell)
  if (!content || content.kind === 'list' || content.kind === 'record' || content.kind === 'unknown') return NOTHING
  return content
}
