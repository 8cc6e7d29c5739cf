/** Which name means what: definitions, values, shapes and functions of a note, and how a use finds its own. */
import { operation } from '../operations/index'
import {
  type Binding,
  type Declaration,
  type Definition,
  type DerivativeExpr,
  type Expr,
  type Name,
  type Passage,
  type Statement,
  UNSAID,
} from '../reading/statement'
import { type ArrayKeys, arrayNames, arraysByUse } from './arrayNames'
import { type Families, familiesOf } from './families'
import { isRecurrence, layeredStem, layersOf, sharedKey } from './layers'
import { literalNumber } from './literals'
import { childrenOf, expressionsOf, groupBy, looseKeys, namesOf, partsIn } from './parts'

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
  /** Written transposed, in a norm, with a literal matrix, or beside such a name: an array, even where no shape is declared. */
  isArray(name: Name): boolean
  /** Of an array whose entries at so many places are arrays themselves, `w^\top x^{(i)}`: how many; else `null`. */
  placesOfArrays(name: Name): number | null
  /** An array only because it is added to one: it may be a number. */
  isBeside(name: Name): boolean
  /** An array only by the company it keeps: nothing says so, neither a declaration nor its font. */
  isInferred(name: Name): boolean
  /** Is a name transposed or multiplied entry by entry somewhere in the note, in whatever layer? */
  isUsedAsArray(name: Name): boolean
  /** Are there such names? */
  readonly hasBeside: boolean
  /** The name without places is an array, too. */
  isArrayItself(name: Name): boolean
  /** Which names are entries of arrays. */
  readonly families: Families
  /** Does this say of a layer what another layer's is, where another definition says what it is in every layer? */
  isRestated(expr: Expr): boolean
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
  const { written, bindings, declarations } = parted(statements, plain)
  const families = familiesIn(statements, declarations)
  /** The name itself, or the array of which it is an entry. */
  const wholeOf = (name: Name): Name => families.entryOf(name)?.base ?? name
  const stated = statedLayers(written, wholeOf)
  const definitions = written.filter((each) => !isMeeting(families, each) && !stated.restates(each))
  const inLayer = layerFinder(statements, definitions, wholeOf)
  const known = new Map<string, Name>()
  const learn = (name: Name) => known.set(wholeOf(name).key, wholeOf(name))
  for (const { definition } of definitions) learn(definition.target)
  for (const { binding } of bindings) if (binding.target.kind === 'name') learn(binding.target.name)
  for (const { declaration } of declarations) learn(declaration.target.name)
  const spelled = canonicalNames(known, namesApart(statements), sectionSharing(statements))
  const canonical = (name: Name): Name => spelled(wholeOf(name))

  const byDefinition = groupBy(definitions, ({ definition }) => wholeOf(definition.target).key)
  const byBinding = groupBy(bindings, ({ binding }) =>
    binding.target.kind === 'name' ? canonical(binding.target.name).key : derivativeKey(binding.target, canonical),
  )
  const bound = (key: string, place: UsePlace) => {
    const candidates = byBinding.get(key) ?? []
    return nearest(candidates, place) ?? onlyBelow(candidates, place)
  }
  const byDeclaration = groupBy(declarations, ({ declaration }) => canonical(declaration.target.name).key)
  const arrayKey = (name: Name): string => sharedKey(canonical(name).key)
  const {
    arrays,
    beside,
    known: said,
  } = arraysIn(statements, declarations, (name) => {
    const places = families.entryOf(name)?.at.length ?? 0
    return places === 0 ? arrayKey(name) : entryKey(arrayKey(name), places)
  })
  const placesOfArrays = (name: Name): number | null =>
    [1, 2, 3].find((places) => arrays.has(entryKey(arrayKey(name), places))) ?? null

  return {
    statements,
    definitions,
    definitionOf: (name, place) => {
      const own = byDefinition.get(canonical(name).key)
      return own ? nearest(own, place) : inLayer(wholeOf(name), place)
    },
    bindingOf: (name, place) => bound(canonical(name).key, place),
    declarationOf: (name, place) =>
      nearest(
        (byDeclaration.get(canonical(name).key) ?? []).filter(
          (each) => !isPassing(each) || begins(place.section, each.section),
        ),
        place,
      ),
    upstreamBindingOf: (loss, wrt, place) => bound(`d${loss}/d${wrt}`, place),
    canonical,
    isArray: (name) => arrays.has(arrayKey(name)) || placesOfArrays(name) !== null,
    placesOfArrays,
    isBeside: (name) => beside.has(arrayKey(name)),
    isInferred: (name) => arrays.has(arrayKey(name)) && !said.has(arrayKey(name)),
    isUsedAsArray: usedAsArray(statements, arrayKey),
    hasBeside: arrays.size > said.size,
    isRestated: (expr) => written.some((each) => each.definition.expr === expr && stated.restates(each)),
    isArrayItself: (name) => arrays.has(arrayKey(name)),
    families,
  }
}

/** Whether a name is used as only arrays are; found when it is first asked. */
function usedAsArray(statements: readonly Placed<Statement>[], keyOf: (name: Name) => string): (name: Name) => boolean {
  let keys: ReadonlySet<string> | null = null
  return (name) => {
    keys ??= arraysByUse(
      statements.map(({ statement }) => statement),
      keyOf,
    )
    return keys.has(keyOf(name))
  }
}

/** Statements by what they say of a name: what it is, its value, its shape. */
function parted(statements: readonly Placed<Statement>[], plain: ReadonlySet<string>) {
  const written: Defined[] = []
  const bindings: Bound[] = []
  const declarations: Declared[] = []
  for (const { statement, passage, block, section, order } of statements) {
    const place = { passage, block, section, order }
    if (statement.kind === 'binding') bindings.push({ ...place, binding: statement })
    else if (statement.kind === 'declaration') declarations.push({ ...place, declaration: statement })
    else if (statement.kind === 'definition' && !restates(statement, section, plain)) {
      written.push({ ...place, definition: statement })
    }
  }
  return { written, bindings, declarations }
}

/** What a definition for all layers says of one that has none of its own. */
function layerFinder(
  statements: readonly Placed<Statement>[],
  definitions: readonly Defined[],
  wholeOf: (name: Name) => Name,
): (name: Name, place: UsePlace) => Defined | null {
  const filledIn = layersOf(
    statements.map(({ statement }) => statement),
    wholeOf,
  )
  const byStem = groupBy(definitions, ({ definition }) => layeredStem(wholeOf(definition.target)) ?? '')
  const known = new Map<Definition, Defined>()
  return (name, place) => {
    const stem = layeredStem(name)
    const general = stem === null ? [] : (byStem.get(stem) ?? [])
    const fitting = general.filter(({ definition }) => filledIn(name, definition) !== null)
    const template = nearest(fitting, place)
    const filled = template && filledIn(name, template.definition)
    if (!template || !filled) return null
    const made = known.get(filled) ?? { ...template, definition: filled }
    known.set(filled, made)
    return made
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

/** Recurrences of a name of which another definition says what it is in every layer: they follow from that one. */
function statedLayers(definitions: readonly Defined[], wholeOf: (name: Name) => Name) {
  const keyOf = ({ definition }: Defined): string => wholeOf(definition.target).key
  const isFollowing = ({ definition }: Defined): boolean => isRecurrence(definition, wholeOf)
  const known = new Set(
    definitions
      .filter((each) => layeredStem(wholeOf(each.definition.target)) !== null && !isFollowing(each))
      .map(keyOf),
  )
  return { restates: (each: Defined): boolean => known.has(keyOf(each)) && isFollowing(each) }
}

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

/**
 * Exact first; then `x1` for `x_1`; then the other case in the same section; only where that names one thing. A single
 * letter and its capital are two names, unless the note does nothing but differentiate the one: `Z = t^2` and `∂z/∂x`.
 */
function canonicalNames(
  known: ReadonlyMap<string, Name>,
  apart: ReadonlySet<string>,
  share: (name: Name, other: Name) => boolean,
): (name: Name) => Name {
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
    const only = (level: number): Name | null => {
      const [first, second] = loose?.[level]?.get(keys[level] as string) ?? []
      return first && !second ? first : null
    }
    const otherCase = only(1)
    const found = only(0) ?? (otherCase && share(name, otherCase) ? otherCase : name)
    memo.set(name.key, found)
    return found
  }
}

/** `q`, `\rho`, with or without an index or an accent. */
const isLetter = ({ plain }: Name): boolean => /^\p{L}\P{L}*(_.*)?$/u.test(plain)

/** Is a name used only in sections that use the other one as well? */
function sectionSharing(statements: readonly Placed<Statement>[]): (name: Name, other: Name) => boolean {
  let sections: Map<string, Set<string>> | null = null
  let operands: Set<string> | null = null
  return (name, other) => {
    operands ??= operandsIn(statements)
    if (isLetter(name) && operands.has(name.key)) return false
    sections ??= sectionsByName(statements)
    const others = sections.get(other.key)
    return [...(sections.get(name.key) ?? [])].every((section) => others?.has(section))
  }
}

/** Names that stand anywhere but above in a derivative. */
function operandsIn(statements: readonly Placed<Statement>[]): Set<string> {
  const operands = new Set<string>()
  const stack: Expr[] = statements.flatMap(({ statement }) => [...expressionsOf(statement)])
  for (let expr = stack.pop(); expr; expr = stack.pop()) {
    if (expr.kind === 'name') operands.add(expr.name.key)
    const above = expr.kind === 'derivative' && expr.of.kind === 'name' ? expr.of : null
    stack.push(...childrenOf(expr).filter((part) => part !== above))
  }
  return operands
}

function sectionsByName(statements: readonly Placed<Statement>[]): Map<string, Set<string>> {
  const sections = new Map<string, Set<string>>()
  for (const { statement, section } of statements) {
    for (const { key } of namesOf(statement)) {
      const own = sections.get(key) ?? new Set()
      if (own.size === 0) sections.set(key, own)
      own.add(section.join())
    }
  }
  return sections
}

/** Names that stand beside another spelling in one statement, `T = T_0 e^{-kt}`: there they mean two things. */
function namesApart(statements: readonly Placed<Statement>[]): Set<string> {
  const apart = new Set<string>()
  for (const { statement } of statements) for (const key of partsIn(statement).apart) apart.add(key)
  return apart
}

/** `i = k` says where two indices meet, and defines neither. */
const isMeeting = ({ indices }: Families, { definition: { target, expr } }: Defined): boolean =>
  indices.has(target.key) && expr.kind === 'name' && indices.has(expr.name.key)

const entryKey = (key: string, places: number): string => `${key}@${places}`

function familiesIn(statements: readonly Placed<Statement>[], declarations: readonly Declared[]): Families {
  // What is only beside an array is no reason to take a mark below it for a place.
  const arrays = certainArrays(statements, declarations, ({ key }) => key)
  const sizes = new Set<string>()
  for (const { declaration } of declarations) {
    for (const size of declaration.shape) if (typeof size === 'string' && size !== UNSAID) sizes.add(size)
  }
  for (const { statement } of statements) {
    for (const { key } of partsIn(statement).transposed) arrays.add(key)
    if (statement.kind !== 'definition' || !isVectorOfWhole(statement.expr)) continue
    // Entries that each have a definition are names of their own.
    const { key } = statement.target
    const isEntry = (each: Statement) => each.kind === 'definition' && each.target.indexed?.base.key === key
    if (!statements.some((each) => isEntry(each.statement))) arrays.add(key)
  }
  return familiesOf(
    statements.map(({ statement }) => statement),
    arrays,
    sizes,
  )
}

/** `softmax(z)`: a vector, whatever is said of z. */
const isVectorOfWhole = (expr: Expr): boolean => {
  const entry = expr.kind === 'apply' ? operation(expr.op) : undefined
  const shape = entry?.isAlongRows ? entry.shape([[2]], { axis: -1 }) : null
  return Array.isArray(shape) && shape.length === 1
}

/** Names that are arrays by what is said of them or by how they are used. */
function arraysIn(
  statements: readonly Placed<Statement>[],
  declarations: readonly Declared[],
  keyOf: (name: Name) => string,
): ArrayKeys {
  const known = certainArrays(statements, declarations, keyOf)
  for (const { statement } of statements) {
    for (const name of namesOf(statement)) if (isWrittenAsArray(name) && !/_bb/.test(name.key)) known.add(keyOf(name))
  }
  return arrayNames(
    statements.map(({ statement }) => statement),
    known,
    keyOf,
  )
}

/** "The vector x" holds where it is said; elsewhere another x may be meant. */
const isPassing = ({ declaration }: Declared): boolean => declaration.shape.includes(UNSAID)

/** Names with a declared shape or a literal matrix. */
function certainArrays(
  statements: readonly Placed<Statement>[],
  declarations: readonly Declared[],
  keyOf: (name: Name) => string,
): Set<string> {
  const known = new Set<string>()
  for (const each of declarations) {
    if (each.declaration.shape.length > 0 && !isPassing(each)) known.add(keyOf(each.declaration.target.name))
  }
  for (const { statement } of statements) {
    if (statement.kind === 'binding' && statement.value.kind === 'matrix' && statement.target.kind === 'name')
      known.add(keyOf(statement.target.name))
  }
  return known
}

/** Bold, or with an arrow, its letter and not what stands below it. */
export const isWrittenAsArray = ({ latex }: Name): boolean =>
  /^(?:\\(?:hat|bar|tilde|dot|ddot|check|widehat|overline)\{)*\\(?:mathbf|boldsymbol|bm|vec|bold|mathbb)\b/.test(latex)
