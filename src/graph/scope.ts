/** Which name means what: definitions, values, shapes and functions of a note, and how a use finds its own. */
import type {
  Binding,
  CallExpr,
  Declaration,
  Definition,
  DerivativeExpr,
  Expr,
  Name,
  NameExpr,
  Passage,
  Statement,
} from '../reading/statement'
import { literalNumber } from './literals'

/** A passage with what was read in it; `key` stays the same while its text does. */
export interface ScopedPassage {
  readonly key: number
  readonly passage: Passage
  readonly statements: readonly Statement[]
}

/** Where a name is used: scopes go by block and section, order by position. */
export interface UsePlace {
  readonly passage: number
  readonly block: number
  readonly section: readonly number[]
  /** Position among all statements of the note. */
  readonly order: number
}
export interface Defined extends UsePlace {
  readonly definition: Definition
}
export interface Bound extends UsePlace {
  readonly binding: Binding
}
export interface Declared extends UsePlace {
  readonly declaration: Declaration
}
export interface Placed<T> extends UsePlace {
  readonly statement: T
}

export interface Scope {
  /** Every statement with its place, in document order. */
  readonly statements: readonly Placed<Statement>[]
  readonly definitions: readonly Defined[]
  /** The definition that a name means when it is used at `place`; `null` for an input. */
  definitionOf(name: Name, place: UsePlace): Defined | null
  bindingOf(name: Name, place: UsePlace): Bound | null
  declarationOf(name: Name, place: UsePlace): Declared | null
  /** The value that the note gives to `∂L/∂z`, where z is the name with this key. */
  upstreamBindingOf(loss: string, wrt: string, place: UsePlace): Bound | null
  /** One spelling for a name that is written in several ways (`Z` for `z`, `x1` for `x_1`), where that is unique. */
  canonical(name: Name): Name
  /** Written transposed or with a literal matrix somewhere: an array, even where no shape is declared. */
  isArray(name: Name): boolean
}

/** Reads the scopes of a note from its passages. */
export function scopeOf(passages: readonly ScopedPassage[]): Scope {
  const statements: Placed<Statement>[] = []
  const plain = new Set<string>()
  const isDefined = definedNames(passages)
  for (const { key, passage, statements: own } of passages) {
    const { block, section } = passage
    for (const written of own) {
      const statement = upstreamValue(written, isDefined) ?? written
      statements.push({ statement, passage: key, block, section, order: statements.length })
      if (statement.kind === 'definition' && !statement.chain) plain.add(inSection(statement.target.key, section))
    }
  }
  const definitions: Defined[] = []
  const bindings: Bound[] = []
  const declarations: Declared[] = []
  for (const { statement, passage, block, section, order } of statements) {
    const place = { passage, block, section, order }
    if (statement.kind === 'binding') bindings.push({ ...place, binding: statement })
    else if (statement.kind === 'declaration') declarations.push({ ...place, declaration: statement })
    else if (statement.kind === 'definition' && !restates(statement, section, plain)) {
      definitions.push({ ...place, definition: statement })
    }
  }
  const known = new Map<string, Name>()
  for (const { definition } of definitions) known.set(definition.target.key, definition.target)
  for (const { binding } of bindings)
    if (binding.target.kind === 'name') known.set(binding.target.name.key, binding.target.name)
  for (const { declaration } of declarations) known.set(declaration.target.name.key, declaration.target.name)
  const canonical = canonicalNames(known, namesApart(statements))

  const byDefinition = groupBy(definitions, ({ definition }) => definition.target.key)
  const byBinding = groupBy(bindings, ({ binding }) =>
    binding.target.kind === 'name' ? canonical(binding.target.name).key : derivativeKey(binding.target, canonical),
  )
  const bound = (key: string, place: UsePlace) => {
    const candidates = byBinding.get(key) ?? []
    return nearest(candidates, place) ?? onlyBelow(candidates, place)
  }
  const byDeclaration = groupBy(declarations, ({ declaration }) => canonical(declaration.target.name).key)
  const arrays = arrayNames(statements, canonical)

  return {
    statements,
    definitions,
    definitionOf: (name, place) => nearest(byDefinition.get(canonical(name).key) ?? [], place),
    bindingOf: (name, place) => bound(canonical(name).key, place),
    declarationOf: (name, place) => nearest(byDeclaration.get(canonical(name).key) ?? [], place),
    upstreamBindingOf: (loss, wrt, place) => bound(`d${loss}/d${wrt}`, place),
    canonical,
    isArray: (name) => arrays.has(canonical(name).key),
  }
}

/** Whether anything in the note defines a name, in any spelling. */
function definedNames(passages: readonly ScopedPassage[]): (name: Name) => boolean {
  let keys: Set<string> | null = null
  return (name) => {
    keys ??= new Set(
      passages.flatMap(({ statements }) =>
        statements.flatMap((each) => (each.kind === 'definition' ? [looseKeys(each.target)[1]] : [])),
      ),
    )
    return keys.has(looseKeys(name)[1])
  }
}

/** `∂L/∂z = 1.3` claims nothing where no one says what L is: it gives the upstream gradient its value. */
function upstreamValue(statement: Statement, isDefined: (name: Name) => boolean): Binding | null {
  if (statement.kind !== 'claim' || statement.sides.length !== 2) return null
  const [left, right] = statement.sides
  if (left?.expr.kind !== 'derivative' || left.expr.of.kind !== 'name' || !right || right.relation !== '=') return null
  if (literalNumber(right.expr) === null || isDefined(left.expr.of.name)) return null
  return { kind: 'binding', target: left.expr, value: right.expr, range: statement.range }
}

/** A chain restates a name that its section defines; elsewhere, and with arguments, it defines it anew. */
const restates = (
  { chain, target, parameters }: Definition,
  section: readonly number[],
  plain: ReadonlySet<string>,
): boolean => chain && parameters === null && plain.has(inSection(target.key, section))

const inSection = (key: string, section: readonly number[]): string => `${key} ${section.join()}`

/** `dL/dz` for a derivative whose parts are names. */
function derivativeKey(target: DerivativeExpr, canonical: (name: Name) => Name): string {
  const [variable] = target.wrt
  if (target.of.kind !== 'name' || target.wrt.length !== 1 || variable?.variable.kind !== 'name') return ''
  return `d${canonical(target.of.name).key}/d${canonical(variable.variable.name).key}`
}

/**
 * Same block, else same section, else the enclosing ones from the inside out, else the nearest section before; within
 * a place the nearest one before, else the nearest one after.
 */
function nearest<T extends UsePlace>(candidates: readonly T[], place: UsePlace): T | null {
  if (candidates.length === 0) return null
  const among = (inside: (candidate: T) => boolean): T | null => {
    let before: T | null = null
    for (const candidate of candidates) {
      if (!inside(candidate)) continue
      if (candidate.order < place.order) before = candidate
      else if (candidate.order > place.order) return before ?? candidate
    }
    return before
  }
  const inBlock = among(({ block }) => block === place.block)
  if (inBlock) return inBlock
  for (let depth = place.section.length; depth >= 0; depth--) {
    const found = among(({ section }) => section.length === depth && begins(place.section, section))
    if (found) return found
  }
  return among(({ order }) => order < place.order)
}

/** Whether the first path begins with the whole second one. */
function begins(path: readonly number[], start: readonly number[]): boolean {
  for (let k = 0; k < start.length; k++) if (path[k] !== start[k]) return false
  return true
}

/** The only candidate in the subsections of a place: numbers often have a heading of their own. */
function onlyBelow<T extends UsePlace>(candidates: readonly T[], place: UsePlace): T | null {
  const below = candidates.filter(({ section }) => place.section.every((part, k) => part === section[k]))
  return below.length === 1 ? (below[0] ?? null) : null
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/** Exact first; then `x1` for `x_1`; then the other case; only where that names one thing. */
function canonicalNames(known: ReadonlyMap<string, Name>, apart: ReadonlySet<string>): (name: Name) => Name {
  let loose: Map<string, Name[]>[] | null = null
  const memo = new Map<string, Name>()
  return (name) => {
    const exact = known.get(name.key)
    if (exact) return exact
    if (apart.has(name.key)) return name
    const remembered = memo.get(name.key)
    if (remembered) return remembered
    loose ??= [0, 1].map((level) => groupBy([...known.values()], (each) => looseKeys(each)[level] as string))
    const keys = looseKeys(name)
    let found = name
    for (const [level, names] of loose.entries()) {
      const [only, second] = names.get(keys[level] as string) ?? []
      if (only && !second) {
        found = only
        break
      }
    }
    memo.set(name.key, found)
    return found
  }
}

const loosened = new WeakMap<Name, readonly [string, string]>()

/** The key without its underscores, and in small letters too. */
function looseKeys(name: Name): readonly [string, string] {
  const known = loosened.get(name)
  if (known) return known
  const joined = name.key.replaceAll('_', '')
  const keys = [joined, joined.toLowerCase()] as const
  loosened.set(name, keys)
  return keys
}

/** Names that stand beside another spelling in one statement, `T = T_0 e^{-kt}`: there they mean two things. */
function namesApart(statements: readonly Placed<Statement>[]): Set<string> {
  const apart = new Set<string>()
  for (const { statement } of statements) for (const key of partsIn(statement).apart) apart.add(key)
  return apart
}

function apartIn(statement: Statement): string[] {
  const names = new Map<string, Name>()
  for (const expr of expressionsOf(statement)) {
    for (const each of namesIn(expr)) {
      const name = each.kind === 'name' ? each.name : each.callee
      names.set(name.key, name)
    }
  }
  if (statement.kind === 'definition') names.set(statement.target.key, statement.target)
  if (names.size < 2) return []
  const alike = groupBy([...names.values()], (name) => looseKeys(name)[1])
  return [...alike.values()].filter((same) => same.length > 1).flatMap((same) => same.map(({ key }) => key))
}

/** Names that are transposed somewhere, or stand for a literal matrix. */
function arrayNames(statements: readonly Placed<Statement>[], canonical: (name: Name) => Name): Set<string> {
  const arrays = new Set<string>()
  for (const { statement } of statements) {
    for (const name of partsIn(statement).transposed) arrays.add(canonical(name).key)
    if (statement.kind === 'binding' && statement.value.kind === 'matrix' && statement.target.kind === 'name') {
      arrays.add(canonical(statement.target.name).key)
    }
  }
  return arrays
}

/** The expressions that a statement is made of. */
export function expressionsOf(statement: Statement): readonly Expr[] {
  switch (statement.kind) {
    case 'definition':
      return [statement.expr]
    case 'binding':
      return [statement.target, statement.value]
    case 'claim':
    case 'equation':
      return statement.sides.map((side) => side.expr)
    case 'assumption':
      return [statement.left, statement.right]
    case 'mention':
      return [statement.expr]
    case 'function':
      return [...statement.definitions.map((definition) => definition.expr), statement.result]
    case 'declaration':
      return [statement.target]
  }
}

/** The parts of an expression. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'apply':
    case 'call':
      return expr.args
    case 'derivative':
      return [expr.of, ...expr.wrt.map(({ variable }) => variable)]
    case 'matrix':
      return expr.rows.flat()
    case 'opaque':
      return expr.uses
    default:
      return []
  }
}

/** Expressions don't change, and those of a passage stay the same objects while its text does: found once each. */
const namesOf = new WeakMap<Expr, readonly (NameExpr | CallExpr)[]>()

/** The names and calls in an expression, with their places; of `∂z/∂x` too. */
export function namesIn(expr: Expr): readonly (NameExpr | CallExpr)[] {
  const known = namesOf.get(expr)
  if (known) return known
  const found: (NameExpr | CallExpr)[] = []
  const stack: Expr[] = [expr]
  while (stack.length > 0) {
    const next = stack.pop() as Expr
    if (next.kind === 'name' || next.kind === 'call') found.push(next)
    stack.push(...childrenOf(next))
  }
  namesOf.set(expr, found)
  return found
}

interface StatementParts {
  readonly derivatives: readonly DerivativeExpr[]
  readonly transposed: readonly Name[]
  /** Keys of names that stand beside another spelling of themselves. */
  readonly apart: readonly string[]
}
const partsOf = new WeakMap<Statement, StatementParts>()

/** The derivatives that a statement writes and the names that it transposes. */
export function partsIn(statement: Statement): StatementParts {
  const known = partsOf.get(statement)
  if (known) return known
  const derivatives: DerivativeExpr[] = []
  const transposed: Name[] = []
  const stack: Expr[] = [...expressionsOf(statement)].reverse()
  for (let expr = stack.pop(); expr; expr = stack.pop()) {
    if (expr.kind === 'derivative') derivatives.push(expr)
    if (expr.kind === 'apply' && expr.op === 'transpose') {
      for (const arg of expr.args) if (arg.kind === 'name') transposed.push(arg.name)
    }
    stack.push(...[...childrenOf(expr)].reverse())
  }
  const parts = { derivatives, transposed, apart: apartIn(statement) }
  partsOf.set(statement, parts)
  return parts
}
