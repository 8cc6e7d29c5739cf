/**
 * Pairs that work on arrays: a class with `forward` and `backward`, a function and its gradient. They are run with arrays of
 * given sizes, as often as sizes are tried: the candidate holds how.
 */
import { asNumber } from '../code/arithmetic'
import { invoke } from '../code/calls'
import { instantiate, methodOf } from '../code/classes'
import type { FunctionCode, ParameterCode, Span } from '../code/core'
import { evaluate } from '../code/expression'
import type { SourceFile } from '../code/file'
import { allocate, freshKey, inputOf, type Machine, objectOf, type Program } from '../code/machine'
import { nameOf, partName } from '../code/names'
import type { Scope } from '../code/scope'
import { type ClassValue, NOTHING, type NumberValue, type ReferenceValue, type Value } from '../code/value'
import type { Binding, Definition, Expr, Name, Range } from '../statement'
import { pairMachine } from './formulas'
import type { Member } from './members'

export type Shape = readonly number[]

/** An input, and the names of the graph's leaves that stand for it: one for an array, or one for each entry, row by row. */
export interface Slot {
  readonly name: string
  readonly leaves: readonly Name[]
  readonly shape: Shape
}

/** What is written as the gradient by one input: an array, or its entries. */
export interface WrittenGradient {
  readonly of: string
  readonly exprs: readonly Expr[]
}

/** A pair that has been run with arrays of some sizes. */
export interface ArrayRun {
  readonly definitions: readonly Definition[]
  readonly bindings: readonly Binding[]
  readonly inputs: readonly Slot[]
  readonly outputs: readonly Expr[]
  /** The gradient that arrives at each output; `null`: it is 1. */
  readonly arriving: readonly Slot[] | null
  readonly written: readonly WrittenGradient[]
  /** Other leaves: random numbers. */
  readonly random: readonly Slot[]
}

/** An input whose sizes are to be found. */
export interface Sized {
  readonly name: string
  /** Numbers of axes that its type allows; `null`: any. */
  readonly axes: readonly number[] | null
  /** Set once, as weights are: it has no axis for the samples of a batch. */
  readonly isParameter: boolean
}

export interface ArrayCandidate {
  readonly function: { readonly name: string; readonly title: string; readonly range: Range }
  readonly derivative: { readonly name: string; readonly title: string; readonly range: Range }
  readonly inputs: readonly Sized[]
  /** `null` where these sizes don't fit, or the code can't be followed. */
  readonly run: (sizes: ReadonlyMap<string, Shape>) => ArrayRun | null
}

const rangeOf = ({ from, to }: Span): Range => ({ start: from, end: to })

/** Numbers of axes that a type of TypeScript or Python allows; `null`: any number; an empty list: no number at all. */
function axesOf(type: string | null): readonly number[] | null {
  const text = type?.replace(/\breadonly\s+|\s*\|\s*(undefined|null)\b|\s/g, '') ?? ''
  if (text === '' || text === 'array') return null
  if (text === 'number') return [0]
  if (/^(number\[\]|(Readonly)?Array<number>|Float(32|64)Array|[Ll]ist\[(float|int)\])$/.test(text)) return [1]
  if (
    /^(number\[\]\[\]|(Readonly)?Array<(number\[\]|Array<number>)>|Float(32|64)Array\[\]|[Ll]ist\[[Ll]ist\[\w+\]\])$/.test(
      text,
    )
  )
    return [2]
  return []
}

/** Parameters that a caller must give; `null` where one of them can't be numbers. */
function wanted(code: FunctionCode, isParameter: boolean): Sized[] | null {
  const parameters = code.takesSelf ? code.parameters.slice(1) : code.parameters
  const sized: Sized[] = []
  for (const { pattern, type, fallback, rest } of parameters) {
    if (fallback || rest) continue
    const axes = axesOf(type)
    if (pattern.kind !== 'name' || axes?.length === 0) return null
    sized.push({ name: pattern.name, axes, isParameter })
  }
  return sized
}

interface Reader {
  readonly program: Program
  readonly file: SourceFile
}

/** The layer that a class is; `null` where it has no `forward` and `backward` that arrays could go through. */
export function layerOf(
  { program, file }: Reader,
  group: { readonly name: string | null; readonly members: readonly Member[] },
  scope: Scope,
): ArrayCandidate | null {
  const member = (name: string) => group.members.find((each) => each.name === name && each.value.kind === 'closure')
  const [forward, backward] = [member('forward'), member('backward')]
  if (!forward || !backward || group.name === null || forward.value.kind !== 'closure') return null
  const machine = pairMachine(program, file)
  const made = evaluate(machine, { kind: 'name', name: group.name, from: 0, to: 0 }, { scope, self: null })
  if (made.kind !== 'class') return null
  const maker = constructorOf(made)
  const weights = maker ? wanted(maker, true) : []
  const inputs = wanted(forward.value.code, false)
  if (!weights || !inputs) return null
  // Numbers alone are compared number by number.
  if (!file.language.brings && ![...weights, ...inputs].some(({ axes }) => axes?.some((count) => count > 0)))
    return null
  const names = new Set(inputs.map(({ name }) => name))
  const sized = [...inputs, ...weights.filter(({ name }) => !names.has(name))]
  return {
    function: { name: `${group.name}.forward`, title: `${group.name}.forward`, range: rangeOf(forward.nameSpan) },
    derivative: { name: `${group.name}.backward`, title: `${group.name}.backward`, range: rangeOf(backward.nameSpan) },
    inputs: sized,
    run: (sizes) => runLayer(pairMachine(program, file), made, sizes),
  }
}

function constructorOf(made: ClassValue): FunctionCode | null {
  let at: Value | null = made
  for (let depth = 0; at?.kind === 'class' && depth < 10; depth++) {
    const found = at.code.members.find(({ key, method }) => key === 'constructor' && method)
    if (found) return found.method
    at = at.base
  }
  return null
}

const SITE: Range = { start: 0, end: 0 }

/** Arguments for the parameters that have no default, each an input of these sizes. */
function argumentsFor(
  machine: Machine,
  code: FunctionCode,
  sizes: ReadonlyMap<string, Shape>,
  slots: Map<string, Slot>,
) {
  const parameters = code.takesSelf ? code.parameters.slice(1) : code.parameters
  return parameters.flatMap((parameter) => {
    const value = argumentFor(machine, parameter, sizes, slots)
    return value
      ? [
          {
            value,
            code,
            keyword: parameter.pattern.kind === 'name' && machine.file.language.brings ? parameter.pattern.name : null,
          },
        ]
      : []
  })
}

function argumentFor(
  machine: Machine,
  { pattern, fallback, rest }: ParameterCode,
  sizes: ReadonlyMap<string, Shape>,
  slots: Map<string, Slot>,
): Value | null {
  if (pattern.kind !== 'name' || fallback || rest) return null
  return inputOfSize(machine, pattern.name, sizes.get(pattern.name) ?? [], slots)
}

/** An input as the language holds arrays: one value, or lists of its entries. */
function inputOfSize(machine: Machine, name: string, shape: Shape, slots: Map<string, Slot>): Value {
  const key = freshKey(machine, name)
  const whole = nameOf(name, key)
  if (shape.length === 0 || machine.file.language.brings) {
    slots.set(name, { name, leaves: [whole], shape })
    return { kind: 'number', expr: inputOf(machine, whole, SITE, key), shape }
  }
  const leaves: Name[] = []
  const value = listOf(machine, whole, shape, key, leaves)
  slots.set(name, { name, leaves, shape })
  return value
}

function listOf(machine: Machine, name: Name, [size = 0, ...inner]: Shape, root: string, leaves: Name[]): Value {
  const items = Array.from({ length: size }, (_item, index): Value => {
    const part = partName(name, index, `${name.key}[${index}]`)
    if (inner.length > 0) return listOf(machine, part, inner, root, leaves)
    leaves.push(part)
    return { kind: 'number', expr: inputOf(machine, part, SITE, root) }
  })
  return allocate(machine, { kind: 'list', items, label: name })
}

/** The numbers of a value, row by row; `null` where it holds something else. */
function numbersOf(machine: Machine, value: Value): NumberValue[] | null {
  if (value.kind !== 'reference') {
    const number = value.kind === 'nothing' ? null : asNumber(machine, value, SITE, '')
    return number && number.expr.kind !== 'opaque' ? [number] : null
  }
  const object = objectOf(machine, value)
  if (object.kind !== 'list') return null
  const parts = object.items.map((item) => numbersOf(machine, item))
  return parts.includes(null) ? null : (parts as NumberValue[][]).flat()
}

/** A value of the same form, with an input for each of its numbers: what arrives at it. */
function mirrored(machine: Machine, value: Value, name: string, slots: Slot[]): Value {
  const leaves: { readonly name: Name; readonly shape: Shape }[] = []
  const mirror = mirrorOf(machine, value, name, leaves)
  const sizes = sizesOf(machine, value)
  if (sizes && leaves.length > 1 && leaves.every(({ shape }) => shape.length === 0))
    slots.push({ name, leaves: leaves.map((leaf) => leaf.name), shape: sizes })
  else
    leaves.forEach((leaf, index) => {
      slots.push({ name: index === 0 ? name : `${name}_${index + 1}`, leaves: [leaf.name], shape: leaf.shape })
    })
  return mirror
}

function mirrorOf(machine: Machine, value: Value, name: string, leaves: { name: Name; shape: Shape }[]): Value {
  if (value.kind === 'reference') {
    const object = objectOf(machine, value)
    const items = object.kind === 'list' ? object.items.map((item) => mirrorOf(machine, item, name, leaves)) : []
    return allocate(machine, { kind: 'list', items, label: null })
  }
  const own = nameOf(name, freshKey(machine, name))
  const shape = value.kind === 'number' ? value.shape : undefined
  leaves.push({ name: own, shape: shape ?? [] })
  return { kind: 'number', expr: inputOf(machine, own, SITE, null), ...(shape ? { shape } : {}) }
}

/** The sizes of nested lists of numbers, all of one length at each depth. */
function sizesOf(machine: Machine, value: Value): Shape | null {
  if (value.kind !== 'reference') return []
  const object = objectOf(machine, value)
  if (object.kind !== 'list') return null
  const inner = object.items.map((item) => sizesOf(machine, item))
  const [first] = inner
  return first && inner.every((each) => each?.join() === first.join()) ? [object.items.length, ...first] : null
}

function runLayer(machine: Machine, made: ClassValue, sizes: ReadonlyMap<string, Shape>): ArrayRun | null {
  machine.file = made.file
  const slots = new Map<string, Slot>()
  const maker = constructorOf(made)
  const self = instantiate(machine, made, maker ? argumentsFor(machine, maker, sizes, slots) : [], SITE)
  const [forward, backward] = [methodOf(made, 'forward'), methodOf(made, 'backward')]
  if (self?.kind !== 'reference' || !forward || !backward) return null
  const output = invoke(machine, forward, argumentsFor(machine, forward.code, sizes, slots), SITE, self)
  const outputs = numbersOf(machine, output)
  if (!outputs) return null
  const before = fieldsOf(machine, self)
  const arriving: Slot[] = []
  const given = arrivingFor(machine, backward.code, output, arriving)
  if (!given) return null
  const returned = invoke(machine, backward, given, SITE, self)
  const inputs = wanted(forward.code, false)?.map(({ name }) => name) ?? []
  const byReturn = gradientsReturned(machine, returned, inputs)
  const byField = gradientsKept(machine, self, before, slots)
  if (!byReturn || byReturn.length + byField.length === 0) return null
  return {
    definitions: machine.definitions,
    bindings: machine.bindings,
    inputs: [...slots.values()],
    outputs: outputs.map(({ expr }) => expr),
    arriving: arriving.length > 0 ? arriving : null,
    written: [...byReturn, ...byField],
    random: randomOf(machine),
  }
}

/** Random numbers that the function drew: inputs of their own. */
const randomOf = (machine: Machine): Slot[] =>
  [...machine.inputs.values()]
    .filter(({ name, root }) => root === null && name.plain === 'random')
    .map(({ name }) => ({ name: 'random', leaves: [name], shape: (machine.shapes.get(name.key) ?? []) as Shape }))

/** The gradient that arrives, where `backward` takes one that has no value by default; `null` where it takes more. */
function arrivingFor(machine: Machine, code: FunctionCode, output: Value, arriving: Slot[]) {
  const parameters = (code.takesSelf ? code.parameters.slice(1) : code.parameters).filter(({ fallback }) => !fallback)
  const [first, ...others] = parameters
  if (others.length > 0) return null
  if (first?.pattern.kind !== 'name') return first ? null : []
  return [{ value: mirrored(machine, output, first.pattern.name, arriving), code, keyword: null }]
}

/** What `backward` returns: a gradient by the first input, or one by each, in order. */
function gradientsReturned(machine: Machine, returned: Value, inputs: readonly string[]): WrittenGradient[] | null {
  if (returned.kind === 'nothing') return []
  const object = returned.kind === 'reference' ? objectOf(machine, returned) : null
  const items = object?.kind === 'list' ? object.items : []
  // A list of numbers is one gradient where lists are what arrays are.
  const isTuple = machine.file.language.brings || items.some(({ kind }) => kind === 'reference')
  const isOfEach = inputs.length > 1 && items.length > 0 && items.length <= inputs.length
  const values = isOfEach && isTuple ? items : [returned]
  const gradients: WrittenGradient[] = []
  for (const [index, value] of values.entries()) {
    if (value.kind === 'nothing') continue
    const numbers = numbersOf(machine, value)
    const of = inputs[index]
    if (!numbers || of === undefined) return null
    gradients.push({ of, exprs: numbers.map(({ expr }) => expr) })
  }
  return gradients
}

const fieldsOf = (machine: Machine, self: ReferenceValue): ReadonlyMap<string, Value> => {
  const object = objectOf(machine, self)
  return object.kind === 'record' ? object.fields : new Map()
}

const BY = /^(?:d_?|grad_?|g_)(\w+)$|^(\w+?)_?[gG]rads?$|^(?:grad)([A-Z]\w*)$/

/** Gradients that `backward` leaves in fields: `dW` by `W`, `grads[0]` by `params[0]`, `grads['W']` by `params['W']`. */
function gradientsKept(
  machine: Machine,
  self: ReferenceValue,
  before: ReadonlyMap<string, Value>,
  slots: ReadonlyMap<string, Slot>,
): WrittenGradient[] {
  const fields = fieldsOf(machine, self)
  return [...fields].flatMap(([key, value]): WrittenGradient[] => {
    const list = /^grad(ient)?s$/.test(key) ? (before.get('params') ?? before.get('parameters')) : undefined
    if (list) return gradientsInList(machine, value, list, slots)
    if (before.get(key) === value) return []
    const match = BY.exec(key)
    const name = match?.[1] ?? match?.[2] ?? match?.[3]
    const of = name === undefined ? null : slotNamed(machine, before, slots, name)
    const numbers = of === null ? null : numbersOf(machine, value)
    return of !== null && numbers ? [{ of, exprs: numbers.map(({ expr }) => expr) }] : []
  })
}

function gradientsInList(
  machine: Machine,
  gradients: Value,
  parameters: Value,
  slots: ReadonlyMap<string, Slot>,
): WrittenGradient[] {
  const [a, b] = [gradients, parameters].map((value) => (value.kind === 'reference' ? objectOf(machine, value) : null))
  const entries = (object: typeof a): [string, Value][] =>
    object?.kind === 'list'
      ? object.items.map((item, index) => [String(index), item])
      : object?.kind === 'record'
        ? [...object.fields]
        : []
  const names = new Map(entries(b).map(([key, value]) => [key, slotOf(machine, value, slots)]))
  return entries(a).flatMap(([key, value]): WrittenGradient[] => {
    const of = names.get(key)
    const numbers = of ? numbersOf(machine, value) : null
    return of && numbers ? [{ of, exprs: numbers.map(({ expr }) => expr) }] : []
  })
}

/** The input that a field of this name holds, or that has the name itself. */
function slotNamed(
  machine: Machine,
  fields: ReadonlyMap<string, Value>,
  slots: ReadonlyMap<string, Slot>,
  name: string,
): string | null {
  const field =
    fields.get(name) ?? fields.get(name.toLowerCase()) ?? fields.get(name.charAt(0).toLowerCase() + name.slice(1))
  const held = field ? slotOf(machine, field, slots) : null
  if (held !== null) return held
  return [...slots.keys()].find((each) => each.toLowerCase() === name.toLowerCase()) ?? null
}

/** The input that a value is, under whatever names. */
function slotOf(machine: Machine, value: Value, slots: ReadonlyMap<string, Slot>): string | null {
  const numbers = numbersOf(machine, value)
  const definitions = new Map(machine.definitions.map(({ target, expr }) => [target.key, expr]))
  let expr = numbers?.[0]?.expr
  while (expr?.kind === 'name' && definitions.has(expr.name.key)) expr = definitions.get(expr.name.key)
  if (expr?.kind !== 'name') return null
  const { key } = expr.name
  return [...slots.values()].find(({ leaves }) => leaves[0]?.key === key)?.name ?? null
}

/** A function and its gradient function on arrays, by the same names of parameters. */
export function arrayPairOf(
  { program, file }: Reader,
  of: Member,
  derivative: Member,
  wrt: readonly string[],
): ArrayCandidate | null {
  if (of.value.kind !== 'closure' || derivative.value.kind !== 'closure') return null
  const [f, g] = [of.value, derivative.value]
  const inputs = wanted(f.code, false)
  if (!inputs || f.code.unfollowed !== null || g.code.unfollowed !== null) return null
  if (!file.language.brings && !inputs.some(({ axes }) => axes?.some((count) => count > 0))) return null
  return {
    function: { name: of.name, title: of.title, range: rangeOf(of.nameSpan) },
    derivative: { name: derivative.name, title: derivative.title, range: rangeOf(derivative.nameSpan) },
    inputs,
    run: (sizes) => {
      const machine = pairMachine(program, file)
      const slots = new Map<string, Slot>()
      const values = new Map<string, Value>()
      const args = inputs.map(({ name }) => {
        const value = inputOfSize(machine, name, sizes.get(name) ?? [], slots)
        values.set(name, value)
        return { value, code: f.code, keyword: null }
      })
      const output = invoke(machine, f, args, SITE, of.self())
      const outputs = numbersOf(machine, output)
      if (!outputs) return null
      const arriving: Slot[] = []
      const given = (g.code.takesSelf ? g.code.parameters.slice(1) : g.code.parameters).flatMap((parameter, index) => {
        if (parameter.pattern.kind !== 'name') return []
        const { name } = parameter.pattern
        const known = values.get(name) ?? (g.code.parameters.length === inputs.length ? args[index]?.value : undefined)
        if (known) return [{ value: known, code: g.code, keyword: null }]
        return parameter.fallback
          ? []
          : [
              {
                value: arriving.length > 0 ? NOTHING : mirrored(machine, output, name, arriving),
                code: g.code,
                keyword: null,
              },
            ]
      })
      const returned = invoke(machine, g, given, SITE, derivative.self())
      const written = gradientsReturned(machine, returned, wrt.length > 0 ? wrt : inputs.map(({ name }) => name))
      if (!written || written.length === 0) return null
      return {
        definitions: machine.definitions,
        bindings: machine.bindings,
        inputs: [...slots.values()],
        outputs: outputs.map(({ expr }) => expr),
        arriving: arriving.length > 0 ? arriving : null,
        written,
        random: randomOf(machine),
      }
    },
  }
}
