/**
 * What is at hand while one function is read: its memory, the definitions found so far, names that are taken, and how
 * much work is left before reading gives up.
 */
import type { Shape } from '../../operations/operation'
import type { Binding, Definition, Expr, Name, NameExpr, Range } from '../statement'
import type { FunctionCode, Span } from './core'
import type { SourceFile } from './file'
import { nameOf } from './names'
import { type Content, emptyState, fork, read, type State, write } from './state'
import { type HeapObject, isAtom, isShort, type NumberValue, type ReferenceValue, type Value } from './value'

/** What all files that are read together share. */
export interface Program {
  /** The modules' own variables and objects. */
  readonly root: State
  nextCell: number
  /** Files that are imported, by what the file that is read calls them; `null`: they can't be had. */
  readonly modules: Map<string, SourceFile | null>
  /** How much more work all functions of the files together may be. */
  budget: number
  /** What the variables of the cells are called. */
  readonly names: Map<number, string>
  readonly unrollLimit: number
}

export const newProgram = (unrollLimit: number): Program => ({
  root: emptyState(),
  nextCell: 1,
  modules: new Map(),
  budget: MAX_WORK,
  names: new Map(),
  unrollLimit,
})

/** The part of a file that the ranges of a function are relative to. */
export interface Region {
  readonly file: SourceFile
  readonly from: number
  readonly to: number
}

export interface Parameter {
  readonly name: Name
  readonly range: Range
  /** The parameter of the function that it is a part of; `null`: from outside. */
  readonly root: string | null
}

export interface Machine {
  readonly program: Program
  state: State
  /** `null` at the top level of a module. */
  readonly region: Region | null
  readonly definitions: Definition[]
  readonly bindings: Binding[]
  /** Inputs in the order in which they are met, by key. */
  readonly inputs: Map<string, Parameter>
  readonly keys: Set<string>
  /** The next number to try, for a key that is taken. */
  readonly versions: Map<string, number>
  /** Names of the module's constants, by cell. */
  readonly constants: Map<number, Name>
  /** Shapes of the inputs that are arrays, by key. */
  readonly shapes: Map<string, Shape>
  /** Names of entries of these that have been used, by the key of the entry. */
  readonly entries: Map<string, Name>
  /** Where a function outside the region is called: what stands inside it is told to be here. */
  site: Range
  /** The file whose code is being read now. */
  file: SourceFile
  /** Put before the keys of an inlined function's names. */
  prefix: string
  /** Expressions that the outermost function has returned. */
  readonly returns: Span[]
  /** Functions that are being read, and how many undecided ways were open when each was called. */
  readonly calls: { readonly code: FunctionCode; readonly undecided: number }[]
  /** How many choices by the inputs the code that is being read stands in. */
  undecided: number
  /** Variables that something which can't be followed may change at any time, and why. */
  readonly escaped: Map<number, string>
  /** Inputs whose parts something which can't be followed may have changed, by key, and why. */
  readonly changedInputs: Map<string, string>
  /** The objects that stand for inputs of which a part was set, by key. */
  readonly inputObjects: Map<string, number>
  /** Objects that may be one and the same: what changes one leaves the other unknown. */
  readonly aliases: Map<number, Set<number>>
  steps: number
  /** How many more times inputs may decide between two ways. */
  choices: number
  depth: number
  /** What becomes of a branch that throws: it is left out, or its value is NaN. */
  readonly guards: 'drop' | 'nan'
}

const MAX_STEPS = 20_000
const MAX_WORK = 1_500_000
/** Each choice holds a memory of its own: more make neither a formula that anyone reads nor one that is quick to join. */
const MAX_CHOICES = 120
export const MAX_DEPTH = 250

export function newMachine(program: Program, file: SourceFile, region: Region | null, guards: 'drop' | 'nan'): Machine {
  return {
    program,
    state: region ? fork(program.root) : program.root,
    region,
    definitions: [],
    bindings: [],
    inputs: new Map(),
    shapes: new Map(),
    keys: new Set(),
    versions: new Map(),
    constants: new Map(),
    entries: new Map(),
    site: { start: 0, end: 0 },
    file,
    prefix: '',
    returns: [],
    calls: [],
    undecided: 0,
    escaped: new Map(),
    changedInputs: new Map(),
    inputObjects: new Map(),
    aliases: new Map(),
    steps: MAX_STEPS,
    choices: MAX_CHOICES,
    depth: 0,
    guards,
  }
}

/** How much work a function has taken so far. */
export const stepsDone = ({ steps }: Machine): number => MAX_STEPS - steps

export const textOf = (machine: Machine, node: Span): string => machine.file.text.slice(node.from, node.to)

/** The range of a node relative to the region; empty, at the call, for code that stands elsewhere. */
export function rangeOf(machine: Machine, node: Span): Range {
  const { region } = machine
  if (!region) return machine.site
  const inside = region.file === machine.file && node.from >= region.from && node.to <= region.to
  return inside ? { start: node.from - region.from, end: node.to - region.from } : machine.site
}

/** A key that no other name of the function has. */
export function freshKey(machine: Machine, identifier: string): string {
  const base = machine.prefix + identifier
  let key = base
  let version = machine.versions.get(base) ?? 2
  for (; machine.keys.has(key); version++) key = `${base}#${version}`
  machine.versions.set(base, version)
  machine.keys.add(key)
  return key
}

/** Gives a formula a name; its value is that name from then on. */
export function define(machine: Machine, identifier: string, value: NumberValue, targetRange: Range): NumberValue {
  // At the top level nothing has a name of its own: a formula that is used again and again would grow without end.
  if (!machine.region) return isShort(value.expr) ? value : { kind: 'number', expr: tooLong(value.expr.range) }
  return defineAs(machine, nameOf(identifier, freshKey(machine, identifier)), value, targetRange)
}

const tooLong = (range: Range): Expr => ({ kind: 'opaque', reason: 'too long', text: '', uses: [], range })

/** A formula that an operation uses more than once: it is one thing, without a name that the text doesn't have. */
export function shared(machine: Machine, value: NumberValue, place: Range): NumberValue {
  if (isAtom(value.expr) || !machine.region) return value
  const at = { start: place.start, end: place.start }
  return defineAs(machine, nameOf('argument', freshKey(machine, 'argument')), value, at, true)
}

export function defineAs(
  machine: Machine,
  name: Name,
  value: NumberValue,
  targetRange: Range,
  isUnnamed = false,
): NumberValue {
  const range = { start: targetRange.start, end: Math.max(targetRange.end, value.expr.range.end) }
  machine.definitions.push({
    kind: 'definition',
    target: name,
    targetRange,
    parameters: null,
    expr: value.expr,
    range: range.start <= value.expr.range.start ? range : targetRange,
    chain: false,
    ...(isUnnamed && { unnamed: true }),
  })
  return { ...value, expr: { kind: 'name', name, range: targetRange } }
}

/** Takes back the definitions from the one at `length` on, and whatever stands for them. */
export function takeBack(machine: Machine, length: number): void {
  const gone = new Set(machine.definitions.splice(length).map(({ target }) => target.key))
  for (const [cell, { key }] of machine.constants) if (gone.has(key)) machine.constants.delete(cell)
  for (const [entry, { key }] of machine.entries) if (gone.has(key)) machine.entries.delete(entry)
}

/** A value that can be used any number of times: a formula gets a name. */
export function reusable(machine: Machine, identifier: string, value: Value, range: Range): Value {
  if (value.kind !== 'number' || isAtom(value.expr)) return value
  return define(machine, identifier, value, range)
}

/** The name of an input, made known at its first use. */
export function inputOf(machine: Machine, name: Name, range: Range, root: string | null): NameExpr {
  if (!machine.inputs.has(name.key)) {
    machine.inputs.set(name.key, { name, range, root })
    machine.keys.add(name.key)
  }
  return { kind: 'name', name, range }
}

export const numberExpr = (value: number, range: Range, text = numberText(value)): Expr => ({
  kind: 'number',
  value,
  text,
  range,
})

/** A number as mathematics writes it: never `1e-12`. */
export function numberText(value: number): string {
  const text = String(value)
  const scientific = /^(-?[\d.]+)e([+-]?\d+)$/.exec(text)
  if (!scientific) return text.replace('Infinity', '\\infty').replace('NaN', '\\mathrm{NaN}')
  const power = `10^{${Number(scientific[2])}}`
  return scientific[1] === '1' ? power : `${scientific[1]} \\cdot ${power}`
}

export const known = (value: number, range: Range, truth = false): NumberValue => ({
  kind: 'number',
  expr: numberExpr(value, range),
  known: value,
  truth,
})

/** A new object on the heap. */
export function allocate(machine: Machine, object: HeapObject): ReferenceValue {
  const id = machine.program.nextCell++
  write(machine.state, id, object)
  return { kind: 'reference', id }
}

export function objectOf(machine: Machine, reference: ReferenceValue): HeapObject {
  const content = read(machine.state, reference.id)
  return isObject(content) ? content : { kind: 'record', fields: new Map(), label: null, open: false }
}

export const isObject = (content: Content | undefined): content is HeapObject =>
  content?.kind === 'list' || content?.kind === 'record' || content?.kind === 'unknown'

/** Changes an object. Those that may be the same one aren't known any more. */
export function change(machine: Machine, id: number, object: HeapObject): void {
  write(machine.state, id, object)
  const seen = new Set([id])
  for (const each of seen)
    for (const other of machine.aliases.get(each) ?? []) {
      if (seen.has(other)) continue
      seen.add(other)
      write(machine.state, other, { kind: 'unknown', reason: 'one of two objects' })
    }
}

/** Two objects may be the same from now on. */
export function alias(machine: Machine, a: number, b: number): void {
  machine.aliases.set(a, (machine.aliases.get(a) ?? new Set()).add(b))
  machine.aliases.set(b, (machine.aliases.get(b) ?? new Set()).add(a))
}
