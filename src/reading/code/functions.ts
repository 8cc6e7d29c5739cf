/** Reads one function of a file as definitions and a result. */
import { operation } from '../../operations/index'
import type { Shape } from '../../operations/operation'
import type { Binding, CodeFunction, Expr, Name, NameExpr, Range, Signature } from '../statement'
import { asNumber } from './arithmetic'
import { inputList } from './arrays'
import type { ParameterCode, Span } from './core'
import { evaluate, type Place } from './expression'
import type { SourceFile } from './file'
import {
  allocate,
  freshKey,
  inputOf,
  type Machine,
  newMachine,
  numberText,
  type Parameter,
  type Program,
  type Region,
  rangeOf,
  textOf,
} from './machine'
import { nameOf, partName } from './names'
import { childScope, declareIn, namesBound } from './scope'
import type { Holder, Site } from './site'
import { assumedShapes } from './sizes'
import { bodyValue, runBody } from './statements'
import { type AtTag, atTags, shapesGiven } from './tags'
import { type FreeValue, type NumberValue, opaque, type Value } from './value'

/** A parameter that stands for an input, under a key of its own. */
interface Symbol {
  readonly identifier: string
  readonly key: string
  readonly span: Span
}

/** A function that has been run with symbols for its parameters. */
export interface Run {
  readonly machine: Machine
  readonly value: Value
  readonly parameters: readonly ParameterCode[]
  readonly symbols: readonly Symbol[]
  /** The expressions that it returned. */
  readonly returns: readonly Span[]
}

/** What is run: a function of a file. */
export type Runnable = Pick<Site, 'code' | 'scope' | 'self'>

/** What is said of parameters, by their names. */
export interface Given {
  /** Values of parameters that are no inputs: a flag. */
  readonly fixed?: ReadonlyMap<string, Value> | undefined
  /** Sizes of those that are lists. */
  readonly shapes?: ReadonlyMap<string, Shape> | undefined
  /** Whether a list of known size is one input, an array; else each of its numbers is an input of its own. */
  readonly asArrays?: boolean
}

/** Runs a function with a symbol for each of its parameters. */
export function runSite(program: Program, file: SourceFile, site: Site, region: Region): Run {
  const comment = site.comment ? file.text.slice(site.comment.from, site.comment.to) : ''
  // Where any input may be an array, a number is an array of known size too.
  const ofAll = () => new Map(atTags(comment).map(({ name, shape }) => [name, shape]))
  const shapes = file.language.brings ? ofAll() : shapesGiven(comment)
  return runOn(newMachine(program, file, region, 'drop'), site, { shapes })
}

/**
 * Runs a function on a machine, which may have run another one before: then it sees what that one left in `this`.
 */
export function runOn(machine: Machine, site: Runnable, given: Given = {}): Run {
  const place: Place = { scope: childScope(site.scope), self: site.self() ?? ownObject(machine) }
  const { parameters } = site.code
  const symbols = parameters.flatMap((parameter, index) =>
    index === 0 && site.code.takesSelf
      ? bindSelf(machine, parameter, place)
      : bindSymbol(machine, parameter, place, given),
  )
  machine.returns.length = 0
  const value = resultOn(machine, site, place)
  return { machine, parameters, symbols, value, returns: [...machine.returns] }
}

function resultOn(machine: Machine, { code }: Runnable, place: Place): Value {
  if (code.unfollowed !== null) return opaque(code.unfollowed, usesOf(machine, code.parameters))
  machine.calls.push({ code, undecided: machine.undecided })
  const value = bodyValue(machine, runBody(machine, code, place), 0)
  machine.calls.pop()
  return value
}

/** `this` of a function that nothing says more about: its fields are inputs. */
const ownObject = (machine: Machine): Value =>
  allocate(machine, { kind: 'record', fields: new Map(), label: null, open: true })

function usesOf(machine: Machine, parameters: readonly ParameterCode[]): NameExpr[] {
  return parameters.flatMap(({ pattern }) =>
    namesBound(pattern).map(({ name }) => ({
      kind: 'name' as const,
      name: nameOf(name),
      range: rangeOf(machine, pattern),
    })),
  )
}

/** The object on which a method is called is its first parameter. */
function bindSelf(machine: Machine, { pattern }: ParameterCode, place: Place): Symbol[] {
  for (const { name } of namesBound(pattern)) {
    const { cell } = declareIn(place.scope, name, machine.program)
    if (place.self) machine.state.own.set(cell, place.self)
  }
  return []
}

function bindSymbol(machine: Machine, parameter: ParameterCode, place: Place, given: Given): Symbol[] {
  return namesBound(parameter.pattern).flatMap((node) => {
    const identifier = node.name
    const variable = declareIn(place.scope, identifier, machine.program)
    const fixed = given.fixed?.get(identifier)
    if (fixed) {
      machine.state.own.set(variable.cell, fixed)
      return []
    }
    const key = freshKey(machine, identifier)
    const plain = node === parameter.pattern
    const name = nameOf(identifier, key)
    const free: FreeValue = { kind: 'free', name, root: key }
    const shape = given.shapes?.get(identifier)
    if (shape && machine.file.language.brings) machine.shapes.set(key, shape)
    const list = shape && !machine.file.language.brings ? inputList(machine, free, shape, given.asArrays ?? true) : null
    const value = list ?? (plain ? symbolOf(machine, parameter, name, place) : free)
    machine.state.own.set(variable.cell, value)
    return [{ identifier, key, span: node }]
  })
}

function symbolOf(machine: Machine, parameter: ParameterCode, name: Name, place: Place): Value {
  const { pattern, type, fallback, rest } = parameter
  const free: FreeValue = { kind: 'free', name, root: name.key }
  if (rest) return opaque('list of unknown length', [{ kind: 'name', name, range: rangeOf(machine, pattern) }])
  const given = fallback ? evaluate(machine, fallback, place) : null
  if (given && given.kind !== 'number' && given.kind !== 'opaque' && given.kind !== 'nothing') return given
  const number = (): Value => ({ kind: 'number', expr: inputOf(machine, name, rangeOf(machine, pattern), name.key) })
  switch (type === null ? 'unknown' : kindOfType(type)) {
    case 'number':
      return number()
    case 'truth':
      return { ...(number() as NumberValue), truth: true }
    case 'text':
      return { kind: 'text', text: undefined }
    case 'list':
      return { ...free, elements: 'number' }
    case 'tuple':
      return tupleOf(machine, free, type ?? '')
    default:
      return given?.kind === 'number' && !given.truth ? number() : free
  }
}

type TypeKind = 'number' | 'truth' | 'text' | 'list' | 'tuple' | 'unknown'

function kindOfType(type: string): TypeKind {
  const text = type.replace(/\breadonly\s+|\s*\|\s*(undefined|null)\b/g, '').trim()
  if (text === 'number') return 'number'
  if (text === 'boolean') return 'truth'
  if (text === 'string' || /^['"`]/.test(text)) return 'text'
  if (/^(number\[\]|(Readonly)?Array<number>|Float(32|64)Array)$/.test(text)) return 'list'
  return /^\[[^[\]{}]*\]$/.test(text) ? 'tuple' : 'unknown'
}

function tupleOf(machine: Machine, free: FreeValue, text: string): Value {
  const count = text
    .slice(text.indexOf('['))
    .split(',')
    .filter((part) => /\w/.test(part)).length
  const items = Array.from(
    { length: count },
    (_item, index): Value => ({ kind: 'free', name: partName(free.name, index), root: free.root, of: free }),
  )
  return allocate(machine, { kind: 'list', items, label: free.name })
}

function outsideOf(run: Run, result: Expr): Pick<CodeFunction, 'outside'> {
  const { machine } = run
  if (!machine.file.language.brings || !usesArrays(machine, result)) return {}
  const others = [...machine.inputs.values()].filter(({ root }) => root === null)
  return { outside: others.map(({ name }) => ({ name, shape: machine.shapes.get(name.key) ?? null })) }
}

/** The shape of a parameter that is an array, or may be one because the function does what only arrays need. */
function shapeOf({ machine }: Run, { key }: Name, result: Expr): { shape?: Shape | null } {
  const shape = machine.shapes.get(key)
  if (shape) return { shape }
  return machine.file.language.brings && usesArrays(machine, result) ? { shape: null } : {}
}

function usesArrays({ definitions }: Machine, result: Expr): boolean {
  const queue = [...definitions.map(({ expr }) => expr), result]
  for (let expr = queue.pop(); expr; expr = queue.pop()) {
    if (expr.kind === 'matrix') return true
    if (expr.kind !== 'apply') continue
    if (operation(expr.op)?.elementwise === false) return true
    queue.push(...expr.args)
  }
  return false
}

/** The function as a statement; `null` where it returns no number. */
export function codeFunction(run: Run, site: Site): CodeFunction | null {
  const { machine } = run
  const result = resultOf(run, site)
  if (!result) return null
  return {
    kind: 'function',
    name: nameOf(site.name),
    nameRange: rangeOf(machine, site.nameSpan),
    exported: site.exported,
    parameters: parametersOf(run).map(({ name, range }) => ({ name, range, ...shapeOf(run, name, result) })),
    ...outsideOf(run, result),
    definitions: machine.definitions,
    result,
    signature: signatureOf(machine, site),
    bindings: bindingsOf(run, site),
    range: rangeOf(machine, site.code),
  }
}

function signatureOf(machine: Machine, { code, group }: Site): Signature {
  const isMethod = 'kind' in group && (group as Holder).kind === 'class'
  return {
    parameters: code.parameters.map((parameter) => ({
      name: parameter.pattern.kind === 'name' ? parameter.pattern.name : null,
      text: `${parameter.rest ? '...' : ''}${textOf(machine, parameter)}`,
    })),
    receiver: isMethod ? (group as Holder).name : null,
    anyLength: assumedShapes(code).size > 0,
  }
}

function resultOf({ machine, value, parameters }: Run, site: Site): Expr | null {
  const comment = site.comment ? textOf(machine, site.comment) : ''
  const { code } = site
  const promised =
    /@(at|gradientOf)\b/.test(comment) ||
    (code.returns === null ? takesNumbers(parameters) : /\bnumber\b/.test(code.returns))
  if (value.kind === 'number' && value.truth) return null
  const number = asNumber(machine, value, rangeOf(machine, code.bodySpan), textOf(machine, code).slice(0, 80))
  if (!number) return null
  if (promised) return number.expr
  return isFormula(machine, number.expr) ? number.expr : null
}

const takesNumbers = (parameters: readonly ParameterCode[]): boolean =>
  parameters.length > 0 &&
  parameters.every(({ type }) => type !== null && ['number', 'list'].includes(kindOfType(type)))

/** Without a type that says so, a function counts as one of numbers where it computes something from an input. */
function isFormula(machine: Machine, result: Expr): boolean {
  const definitions = new Map(machine.definitions.map((definition) => [definition.target.key, definition.expr]))
  const queue: Expr[] = [result]
  const seen = new Set<string>()
  let computes = false
  let depends = false
  for (let expr = queue.pop(); expr; expr = queue.pop()) {
    if (expr.kind === 'apply') {
      computes = true
      queue.push(...expr.args)
    } else if (expr.kind === 'name') {
      const { key } = expr.name
      const definition = definitions.get(key)
      if (!definition) depends ||= machine.inputs.has(key)
      else if (!seen.has(key)) queue.push(definition)
      seen.add(key)
    }
  }
  return computes && depends
}

/** Parameters in the order of the function; of one that is a record or a list, the parts that are used. */
export function parametersOf({ machine, symbols }: Run): Parameter[] {
  const inputs = [...machine.inputs.values()]
  return symbols.flatMap(({ identifier, key, span }): Parameter[] => {
    const range = rangeOf(machine, span)
    const used = inputs.filter((input) => input.root === key)
    if (used.length === 0) return [{ name: nameOf(identifier, key), range, root: key }]
    return used.map((input) => (input.name.key === key ? { ...input, range } : input))
  })
}

function bindingsOf(run: Run, site: Site): Binding[] {
  const { machine } = run
  const given = site.comment ? tagBindings(machine, site.comment) : []
  const keys = new Set(given.map((binding) => (binding.target as NameExpr).name.key))
  const defaults = run.parameters.flatMap((parameter) => defaultBinding(machine, parameter))
  const others = [...defaults, ...machine.bindings].filter(
    (binding) => !keys.has((binding.target as NameExpr).name.key),
  )
  return [...given, ...others]
}

function tagBindings(machine: Machine, comment: Span): Binding[] {
  const { start } = rangeOf(machine, comment)
  const moved = (range: Range): Range => ({ start: range.start + start, end: range.end + start })
  return atTags(textOf(machine, comment)).map((tag) => {
    const input = [...machine.inputs.values()].find(({ name }) => name.plain === tag.name || name.key === tag.name)
    const constant = [...machine.constants.values()].find((name) => name.plain === tag.name)
    const name = input?.name ?? constant ?? nameOf(tag.name)
    const target = { kind: 'name', name, range: moved(tag.nameRange) } as const
    const value = literalOf(tag, moved(tag.valueRange))
    return { kind: 'binding', target, value, range: { start: target.range.start, end: value.range.end } }
  })
}

/** What a tag gives: a number, or an array as rows. */
function literalOf({ numbers, shape, text }: AtTag, range: Range): Expr {
  const number = (value: number, written: string): Expr => ({ kind: 'number', value, text: written, range })
  const [value = Number.NaN] = numbers
  if (shape.length === 0) return number(value, /e/i.test(text) ? numberText(value) : text)
  const width = shape.at(-1) as number
  const rows = Array.from({ length: numbers.length / width }, (_row, row) =>
    numbers.slice(row * width, (row + 1) * width).map((entry) => number(entry, numberText(entry))),
  )
  return { kind: 'matrix', rows, ...(shape.length === 2 ? {} : { shape }), range }
}

function defaultBinding(machine: Machine, { pattern, fallback }: ParameterCode): Binding[] {
  if (!fallback || pattern.kind !== 'name') return []
  const value = evaluate(machine, fallback, { scope: machine.file.scope, self: null })
  if (value.kind !== 'number' || value.known === undefined) return []
  const range = rangeOf(machine, fallback)
  const target = { kind: 'name', name: nameOf(pattern.name), range: rangeOf(machine, pattern) } as const
  const number = { kind: 'number', value: value.known, text: numberText(value.known), range } as const
  return [{ kind: 'binding', target, value: number, range: { start: target.range.start, end: range.end } }]
}
