/** Calls: functions of the file are read where they are called, functions of the language looked up in the table. */
import type { SyntaxNode } from '@lezer/common'
import type { Expr, NameExpr, Range } from '../statement'
import { partOf } from './access'
import { mathFunction, usesTwice } from './arithmetic'
import { bindPattern } from './assignment'
import { collectionMethod, collectionOf } from './collections'
import { evaluate, numberOf, type Place } from './expression'
import { allocate, known, type Machine, rangeOf, reusable, stepsDone, textOf } from './machine'
import { boundNames, childScope, declareIn } from './scope'
import { bodyValue, runBody } from './statements'
import { childNamed, partsOf } from './tree'
import { type ClosureValue, NOTHING, type NumberValue, namesIn, opaque, type Value } from './value'

export interface Argument {
  readonly value: Value
  readonly node: SyntaxNode
}

export function call(machine: Machine, node: SyntaxNode, place: Place): Value {
  const [callee] = partsOf(node)
  const list = childNamed(node, 'ArgList')
  if (!callee || !list) return opaque('unfinished code')
  if (callee.name === 'super') return NOTHING
  if (callee.name === 'VariableName' && textOf(machine, callee) === 'require') return opaque('function of another file')
  const receiver = callee.name === 'MemberExpression' ? receiverOf(machine, callee, place) : null
  const target = receiver ? receiver.target : evaluate(machine, callee, place)
  const args = argumentsOf(machine, list, place)
  if (!args) return opaque('list of unknown length')
  return apply(machine, { target, args, node, callee, self: receiver?.self ?? null })
}

interface Call {
  readonly target: Value
  readonly args: readonly Argument[]
  readonly node: SyntaxNode
  readonly callee: SyntaxNode
  readonly self: Value | null
}

function receiverOf(machine: Machine, callee: SyntaxNode, place: Place): { target: Value; self: Value } {
  const [object] = partsOf(callee)
  const self = object && object.name !== 'super' ? evaluate(machine, object, place) : (place.self ?? NOTHING)
  const property = childNamed(callee, 'PropertyName', 'PrivatePropertyName')
  if (property) return { target: partOf(machine, self, textOf(machine, property), callee), self }
  return { target: evaluate(machine, callee, place), self }
}

/** The arguments; `null` where a list of unknown length is spread into them. */
function argumentsOf(machine: Machine, list: SyntaxNode, place: Place): Argument[] | null {
  const args: Argument[] = []
  let spread = false
  for (const part of partsOf(list)) {
    if (part.name === 'Spread') spread = true
    if (['(', ')', ',', 'Spread'].includes(part.name)) continue
    const value = evaluate(machine, part, place)
    if (!spread) args.push({ value, node: part })
    else {
      const items = collectionOf(machine, value)
      if (!items) return null
      args.push(...items.map((item) => ({ value: item, node: part })))
    }
    spread = false
  }
  return args
}

function apply(machine: Machine, written: Call): Value {
  const { target, args, node, callee, self } = written
  if (target.kind === 'closure') {
    const receiver = target.node.name === 'ArrowFunction' ? target.self : (target.self ?? self)
    return placedAt(machine, invoke(machine, target, args, rangeOf(machine, callee), receiver), node, callee)
  }
  if (target.kind === 'builtin') return builtin(machine, target.name, target.of, written)
  if (target.kind === 'opaque') return opaque(target.reason, usesOf(args))
  if (target.kind === 'free' && self?.kind === 'free' && target.root) return opaque('method of an input', usesOf(args))
  return opaque(target.kind === 'free' ? 'function that is not known' : 'not a function', usesOf(args))
}

function usesOf(args: readonly Argument[]): NameExpr[] {
  return args.flatMap(({ value }) => {
    if (value.kind === 'number') return namesIn(value.expr)
    return value.kind === 'free' ? [{ kind: 'name' as const, name: value.name, range: { start: 0, end: 0 } }] : []
  })
}

/** The result of an inlined function stands where the call is written. */
function placedAt(machine: Machine, value: Value, node: SyntaxNode, callee: SyntaxNode): Value {
  if (value.kind !== 'number') return value
  const range = rangeOf(machine, node)
  const expr: Expr =
    value.expr.kind === 'apply'
      ? { ...value.expr, range, operator: rangeOf(machine, callee) }
      : { ...value.expr, range }
  return { ...value, expr }
}

/** After so much work in one function, calls aren't followed any more. */
const MAX_INLINED = 6_000

/** Reads the body of a function with these arguments. */
export function invoke(
  machine: Machine,
  target: ClosureValue,
  args: readonly Argument[],
  site: Range,
  self: Value | null,
): Value {
  const { node, file } = target
  if (childNamed(node, 'async')) return opaque('async', usesOf(args))
  if (childNamed(node, 'Star')) return opaque('generator', usesOf(args))
  if (machine.calls.includes(node)) return opaque('recursion', usesOf(args))
  if (machine.calls.length > 60) return opaque('nested too deeply', usesOf(args))
  if (stepsDone(machine) > MAX_INLINED) return opaque('too long', usesOf(args))
  const saved = { site: machine.site, file: machine.file, prefix: machine.prefix }
  machine.calls.push(node)
  if (!isInside(machine, node)) machine.site = { start: site.start, end: site.start }
  machine.file = file
  machine.prefix = `${target.name || 'function'}.`
  const scope = childScope(target.scope)
  const place = { scope, self: node.name === 'ArrowFunction' ? target.self : (self ?? target.self) }
  bindParameters(machine, node, args, place)
  const older = machine.program.nextCell
  const value = bodyValue(machine, runBody(machine, node, place), older)
  machine.calls.pop()
  Object.assign(machine, saved)
  return value
}

function isInside(machine: Machine, node: SyntaxNode): boolean {
  const { region } = machine
  return region !== null && region.file === machine.file && node.from >= region.from && node.to <= region.to
}

/** A parameter as it is written: its pattern, the expression of its default, whether it takes the rest. */
export interface WrittenParameter {
  readonly pattern: SyntaxNode
  readonly type: SyntaxNode | null
  readonly fallback: SyntaxNode | null
  readonly rest: boolean
}

export function writtenParameters(node: SyntaxNode): WrittenParameter[] {
  const list = childNamed(node, 'ParamList')
  if (!list) return []
  const found: WrittenParameter[] = []
  let draft: { -readonly [K in keyof WrittenParameter]: WrittenParameter[K] | null } | null = null
  let rest = false
  let afterEquals = false
  for (const part of partsOf(list)) {
    if (part.name === ',' || part.name === ')') {
      if (draft?.pattern) found.push(draft as WrittenParameter)
      draft = null
      rest = false
      afterEquals = false
    } else if (part.name === 'Spread') rest = true
    else if (part.name === 'Equals') afterEquals = true
    else if (part.name === 'TypeAnnotation' && draft) draft.type = part
    else if (afterEquals && draft) draft.fallback = part
    else if (/^(VariableDefinition|ObjectPattern|ArrayPattern)$/.test(part.name))
      draft = { pattern: part, type: null, fallback: null, rest }
  }
  if (draft?.pattern) found.push(draft as WrittenParameter)
  return found
}

function bindParameters(machine: Machine, node: SyntaxNode, args: readonly Argument[], place: Place): void {
  writtenParameters(node).forEach((parameter, index) => {
    for (const name of boundNames(parameter.pattern, machine.file.text)) declareIn(place.scope, name, machine.program)
    const given = args[index]?.value ?? NOTHING
    let value = given
    if (parameter.rest)
      value = allocate(machine, { kind: 'list', items: args.slice(index).map((arg) => arg.value), label: null })
    else if (given.kind === 'nothing' && parameter.fallback) value = evaluate(machine, parameter.fallback, place)
    bindArgument(machine, parameter.pattern, value, place)
  })
}

/** A formula that is passed on gets the parameter's name; names and numbers go as they are. */
function bindArgument(machine: Machine, pattern: SyntaxNode, value: Value, place: Place): void {
  if (pattern.name !== 'VariableDefinition' || value.kind === 'reference') {
    bindPattern(machine, pattern, value, place)
    return
  }
  const name = textOf(machine, pattern)
  const range = rangeOf(machine, pattern)
  bindPlain(machine, name, reusable(machine, name, value, range), place)
}

function bindPlain(machine: Machine, name: string, value: Value, place: Place): void {
  const variable = declareIn(place.scope, name, machine.program)
  machine.state.own.set(variable.cell, value)
}

function builtin(machine: Machine, name: string, of: Value | undefined, written: Call): Value {
  const { args, node, callee } = written
  const range = rangeOf(machine, node)
  if (name === 'Math.random') return opaque('randomness')
  const collection = collectionMethod(machine, name, of, args, range)
  if (collection) return collection
  if (name === 'isNaN' || name === 'Number.isNaN' || name === 'Array.isArray') return known(0, range, true)
  if (name === 'isFinite' || name === 'Number.isFinite') return known(1, range, true)
  if (name === 'String' || name === 'value.toString' || name === 'value.toFixed')
    return { kind: 'text', text: undefined }
  if (name.startsWith('function.') && of?.kind === 'closure') return functionMethod(machine, name, of, written)
  if (!name.startsWith('Math.') && !/^(Number|parse)/.test(name))
    return opaque('function that is not known', usesOf(args))
  const inputs = args.map((arg) => mathArgument(machine, arg, name))
  return mathFunction(name, inputs, range, rangeOf(machine, callee)) ?? opaque(`${name} is not supported`, usesOf(args))
}

function mathArgument(machine: Machine, { value, node }: Argument, name: string): NumberValue {
  const number = numberOf(machine, value, node)
  return usesTwice(name) ? (reusable(machine, 'argument', number, rangeOf(machine, node)) as NumberValue) : number
}

function functionMethod(machine: Machine, name: string, target: ClosureValue, { args, callee }: Call): Value {
  const site = rangeOf(machine, callee)
  const [self, ...rest] = args
  if (name === 'function.call') return invoke(machine, target, rest, site, self?.value ?? null)
  if (name === 'function.bind') return { ...target, self: self?.value ?? null }
  const items = name === 'function.apply' && rest[0] ? collectionOf(machine, rest[0].value) : null
  const node = rest[0]?.node
  if (items && node)
    return invoke(
      machine,
      target,
      items.map((value) => ({ value, node })),
      site,
      self?.value ?? null,
    )
  return opaque('function that is not known')
}

/** `new Array(3)`; all else that is made is no number. */
export function construct(machine: Machine, node: SyntaxNode, place: Place): Value {
  const callee = partsOf(node)[1]
  const list = childNamed(node, 'ArgList')
  const args = list ? argumentsOf(machine, list, place) : []
  const name = callee ? textOf(machine, callee) : ''
  if (args && /^(Array|Float32Array|Float64Array)$/.test(name))
    return collectionMethod(machine, name, undefined, args, rangeOf(machine, node)) ?? opaque('list of unknown length')
  return opaque('object that is made')
}
