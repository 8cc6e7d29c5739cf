/** Statements → derivations: one for each output of a note, with and without the losses that it speaks of; one for each function. */
import { derivation } from '../calculus/derivation'
import { scalar } from '../calculus/evaluate'
import type { Derivation, ReadPassage } from '../derivation'
import type { NodeId } from '../graph/graph'
import { meaningOf, SHOWN } from '../meaning/build'
import { buildFunction } from '../meaning/code'
import { literalNumber, matrixNumbers } from '../meaning/literals'
import { type Root, rootsOf } from '../meaning/roots'
import type { Defined, Scope } from '../meaning/scope'
import type { Shape, Tensor } from '../operations/operation'
import type { CodeFunction, Expr, Name } from '../reading/statement'

export interface DerivationSet {
  /** Those that the contract lists, in document order. Made when first asked for. */
  outputs(): readonly Derivation[]
  /** Every derivation in which a definition or an input (by canonical key) takes part. */
  around(what: { definition: Defined | null; input: string }): readonly Derivation[]
  /** That of any definition; with a loss, starting from `∂loss/∂…`. */
  of(defined: Defined, loss?: Name | null): Derivation | null
  named(name: string): Derivation | null
  /** What was made, by what it stands on: the next analysis takes it over. */
  readonly memory: Map<string, Derivation>
}

const LOSS: Name = { key: 'L', latex: 'L', plain: 'L' }

/** The derivations of a note. @param old those of the text before the last edit, by what they stand on */
export function noteDerivations(scope: Scope, old: ReadonlyMap<string, Derivation> = new Map()): DerivationSet {
  const { roots, rootOf, around } = rootsOf(scope)
  const memory = new Map<string, Derivation>()

  let keys: ReadonlyMap<Defined, string> | null = null

  const make = (root: Root, loss: Name | null): Derivation | null => {
    keys ??= distinctKeys(scope.definitions, ({ definition }) => definition.target.key)
    const key = keys.get(root.defined) as string
    const signature = `${key}|${signatureOf(scope, root, loss)}`
    const known = memory.get(signature) ?? old.get(signature)
    const made = known ?? noteDerivation(scope, root, key, loss)
    if (made) memory.set(signature, made)
    return made
  }
  const variants = (root: Root): Derivation[] => {
    const plain = root.plain ? [null] : []
    return [...plain, ...root.losses].flatMap((loss) => make(root, loss) ?? [])
  }
  let all: Derivation[] | null = null
  const outputs = () => {
    all ??= roots().flatMap(variants)
    return all
  }
  const of = (defined: Defined, loss: Name | null = null): Derivation | null => {
    const root = rootOf(defined)
    return root && make(root, loss)
  }
  return {
    outputs,
    around: (what) => around(what).flatMap(variants),
    of,
    named: (name) => {
      const matches = scope.definitions.filter(
        ({ definition: { target } }) => target.key === name || target.plain === name || target.latex === name,
      )
      const last = matches[matches.length - 1]
      return last ? of(last) : null
    },
    memory,
  }
}

/** `z` for the first of that name, `z#1` for the next. */
function distinctKeys<T>(all: readonly T[], nameOf: (each: T) => string): Map<T, string> {
  const counts = new Map<string, number>()
  const keys = new Map<T, string>()
  for (const each of all) {
    const name = nameOf(each)
    const count = counts.get(name) ?? 0
    counts.set(name, count + 1)
    keys.set(each, count === 0 ? name : `${name}#${count}`)
  }
  return keys
}

/** Everything that a derivation stands on, as text: passages keep their key while their text stays the same. */
function signatureOf(scope: Scope, root: Root, loss: Name | null): string {
  const definitions = [...root.closure].map(({ passage, definition }) => `${passage}:${definition.range.start}`)
  const names = [...root.inputs].map((key) => {
    const name = { key, latex: key, plain: key }
    const bound = scope.bindingOf(name, root.defined)
    const declared = scope.declarationOf(name, root.defined)
    return `${key}=${bound?.passage}:${bound?.binding.range.start},${declared?.passage}:${declared?.declaration.range.start},${scope.isArray(name)}`
  })
  const upstream = loss && scope.upstreamBindingOf(loss.key, root.defined.definition.target.key, root.defined)
  return `${definitions.join()}|${names.sort().join()}|${loss?.key}|${upstream?.passage}:${upstream?.binding.range.start}`
}

function noteDerivation(scope: Scope, root: Root, key: string, asked: Name | null): Derivation | null {
  const { builder, define } = meaningOf(scope, SHOWN)
  const output = define(root.defined)
  if (output === null) return null
  const target = scope.families.entryOf(root.defined.definition.target)?.base ?? root.defined.definition.target
  const shape = builder.shapeOf(output)
  // An array has no gradient of its own: its backward pass starts from a later loss, named L where the note names none.
  const loss = asked ?? (shape === null || shape.length > 0 ? LOSS : null)
  const bound = loss && scope.upstreamBindingOf(loss.key, target.key, root.defined)
  return derivation({
    key: loss ? `${key}|${loss.key}` : key,
    builder,
    output,
    name: target,
    loss,
    bindings: (id) => {
      const name = builder.node(id).name
      const binding = name && scope.bindingOf(name, root.defined)
      if (binding) return tensorOf(binding.binding.value, builder.shapeOf(id))
      return name && builder.shapeOf(id)?.length === 1 ? entriesBound(scope, name) : null
    },
    upstreamValue: bound ? tensorOf(bound.binding.value, shape) : null,
  })
}

/** A vector of which each entry has a value of its own: `x_1 = 0.3`, `x_2 = 2.9`. */
function entriesBound(scope: Scope, name: Name): Tensor | null {
  const values = new Map<number, number>()
  for (const { statement } of scope.statements) {
    if (statement.kind !== 'binding' || statement.target.kind !== 'name') continue
    const entry = scope.families.entryOf(statement.target.name)
    const [place, second] = entry?.at ?? []
    const value = literalNumber(statement.value)
    if (entry?.base.key === name.key && place && !second && place.letters.length === 0 && value !== null)
      values.set(place.offset, value)
  }
  const data = Array.from({ length: values.size }, (_x, k) => values.get(k + 1))
  if (data.length === 0 || data.some((value) => value === undefined)) return null
  return { shape: [data.length], data: Float64Array.from(data as number[]) }
}

/** A literal as a tensor; a single row or column is a vector where one is declared. */
function tensorOf(expr: Expr, shape: Shape | null): Tensor | null {
  const number = literalNumber(expr)
  if (number !== null) return scalar(number)
  if (expr.kind !== 'matrix') return null
  const numbers = matrixNumbers(expr)
  if (!numbers) return null
  if (expr.shape) return { shape: expr.shape, data: Float64Array.from(numbers) }
  const [rows, columns] = [expr.rows.length, expr.rows[0]?.length ?? 0]
  const flat = shape?.length === 1 && (rows === 1 || columns === 1)
  return { shape: flat ? [numbers.length] : [rows, columns], data: Float64Array.from(numbers) }
}

/** The derivations of the functions in a file or in code fences, exported ones first. */
export function codeDerivations(read: readonly ReadPassage[], old: ReadonlyMap<string, Derivation> = new Map()) {
  const memory = new Map<string, Derivation>()
  const functions = read.flatMap(({ key, statements }) =>
    statements.flatMap((statement) => (statement.kind === 'function' ? [{ code: statement, passage: key }] : [])),
  )
  const ordered = [...functions.filter(({ code }) => code.exported), ...functions.filter(({ code }) => !code.exported)]
  let keys: ReadonlyMap<(typeof functions)[number], string> | null = null
  const make = (found: (typeof functions)[number]): Derivation => {
    const { code, passage } = found
    keys ??= distinctKeys(ordered, (each) => each.code.name.key)
    const key = keys.get(found) as string
    const signature = `${key}|${passage}:${code.range.start}`
    const made = memory.get(signature) ?? old.get(signature) ?? codeDerivation(code, passage, key)
    memory.set(signature, made)
    return made
  }
  let all: Derivation[] | null = null
  const outputs = (): readonly Derivation[] => {
    all ??= ordered.map(make)
    return all
  }
  return {
    outputs,
    inPassage: (key: number) => functions.filter(({ passage }) => passage === key).map(make),
    named: (name: string) => outputs().find((each) => each.name.key === name || each.name.plain === name) ?? null,
    memory,
  }
}

export type CodeDerivations = ReturnType<typeof codeDerivations>

function codeDerivation(code: CodeFunction, passage: number, key: string): Derivation {
  const { builder, output, inputs } = buildFunction(code, passage)
  const values = new Map<NodeId, Tensor>()
  for (const { target, value } of code.bindings) {
    const id = target.kind === 'name' ? inputs.get(target.name.key) : undefined
    const tensor = id === undefined ? null : tensorOf(value, builder.shapeOf(id))
    if (id !== undefined && tensor) values.set(id, tensor)
  }
  return derivation({
    key,
    builder,
    output,
    name: code.name,
    loss: null,
    bindings: (id) => values.get(id) ?? null,
    upstreamValue: null,
  })
}
