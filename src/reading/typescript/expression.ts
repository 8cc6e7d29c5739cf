/** Reads an expression of code as a value. */
import type { SyntaxNode } from '@lezer/common'
import type { Expr, Range } from '../statement'
import { member, readName } from './access'
import { applied, asNumber, chosen, operatorNamed } from './arithmetic'
import { assign, update } from './assignment'
import { call, construct } from './calls'
import { joinStates, joinValues } from './join'
import { arrayLiteral, objectLiteral } from './literals'
import { known, MAX_DEPTH, type Machine, numberExpr, numberText, objectOf, rangeOf, textOf } from './machine'
import type { Scope } from './scope'
import { fork } from './state'
import { childNamed, partsOf } from './tree'
import { NOTHING, type NumberValue, opaque, type Value } from './value'

/** Where an expression stands: which names it sees, and what `this` is. */
export interface Place {
  readonly scope: Scope
  readonly self: Value | null
}

export function evaluate(machine: Machine, node: SyntaxNode, place: Place): Value {
  if (machine.depth >= MAX_DEPTH) return opaque('nested too deeply')
  if (machine.steps-- <= 0 || machine.program.budget-- <= 0) return opaque('too long')
  machine.depth++
  const value = evaluateHere(machine, node, place)
  machine.depth--
  return value
}

/** Reads an expression that has to be a number; what isn't becomes opaque, with `reason`. */
export function evaluateNumber(machine: Machine, node: SyntaxNode, place: Place, reason = 'not a number'): NumberValue {
  return numberOf(machine, evaluate(machine, node, place), node, reason)
}

export function numberOf(machine: Machine, value: Value, node: SyntaxNode, reason = 'not a number'): NumberValue {
  const range = rangeOf(machine, node)
  const text = textOf(machine, node)
  return asNumber(machine, value, range, text) ?? (asNumber(machine, opaque(reason), range, text) as NumberValue)
}

function evaluateHere(machine: Machine, node: SyntaxNode, place: Place): Value {
  switch (node.name) {
    case 'Number':
      return numberLiteral(machine, node)
    case 'BooleanLiteral':
      return known(textOf(machine, node) === 'true' ? 1 : 0, rangeOf(machine, node), true)
    case 'String':
      return { kind: 'text', text: textOf(machine, node).slice(1, -1) }
    case 'TemplateString':
      return { kind: 'text', text: childNamed(node, 'Interpolation') ? undefined : textOf(machine, node).slice(1, -1) }
    case 'null':
      return NOTHING
    case 'this':
      return place.self ?? opaque('this')
    case 'VariableName':
      return readName(machine, node, place)
    case 'ParenthesizedExpression':
    case 'InstantiationExpression':
      return inner(machine, node, place)
    case 'SequenceExpression':
      return partsOf(node).reduce<Value>(
        (last, part) => (part.name === ',' ? last : evaluate(machine, part, place)),
        NOTHING,
      )
    case 'BinaryExpression':
      return binary(machine, node, place)
    case 'UnaryExpression':
      return unary(machine, node, place)
    case 'PostfixExpression':
      return childNamed(node, 'LogicOp') ? inner(machine, node, place) : update(machine, node, place)
    case 'ConditionalExpression':
      return conditional(machine, node, place)
    case 'AssignmentExpression':
      return assign(machine, node, place)
    case 'MemberExpression':
      return member(machine, node, place)
    case 'CallExpression':
      return call(machine, node, place)
    case 'NewExpression':
      return construct(machine, node, place)
    case 'ArrayExpression':
      return arrayLiteral(machine, node, place)
    case 'ObjectExpression':
      return objectLiteral(machine, node, place)
    case 'ArrowFunction':
    case 'FunctionExpression':
      return { kind: 'closure', node, file: machine.file, scope: place.scope, name: '', self: place.self }
    case 'AwaitExpression':
      return opaque('async')
    case 'YieldExpression':
      return opaque('generator')
    case 'JSXElement':
    case 'JSXSelfClosingTag':
    case 'RegExp':
    case 'ClassExpression':
      return { kind: 'text', text: undefined }
    default:
      return opaque(node.type.isError ? 'unfinished code' : 'not supported')
  }
}

function inner(machine: Machine, node: SyntaxNode, place: Place): Value {
  const part = partsOf(node).find((child) => child.name !== '(')
  return part && part.name !== ')' ? evaluate(machine, part, place) : opaque('unfinished code')
}

function numberLiteral(machine: Machine, node: SyntaxNode): Value {
  const written = textOf(machine, node).replaceAll('_', '')
  const value = Number(written)
  if (Number.isNaN(value)) return opaque('not a number')
  const plain = /^\d+(\.\d*)?$|^\.\d+$/.test(written)
  const range = rangeOf(machine, node)
  return { kind: 'number', expr: numberExpr(value, range, plain ? written : numberText(value)), known: value }
}

function binary(machine: Machine, node: SyntaxNode, place: Place): Value {
  const [left, operator, right] = partsOf(node)
  if (!left || !operator) return opaque('unfinished code')
  if (operator.name === 'as' || operator.name === 'satisfies') return evaluate(machine, left, place)
  const spelling = textOf(machine, operator)
  if (!right)
    return combine(
      machine,
      { node, operator, spelling },
      [evaluate(machine, left, place), left],
      [UNFINISHED, operator],
    )
  if (spelling === '&&' || spelling === '||' || spelling === '??')
    return logical(machine, node, spelling, [left, right], place)
  const a = evaluate(machine, left, place)
  const b = evaluate(machine, right, place)
  return combine(machine, { node, operator, spelling }, [a, left], [b, right])
}

const UNFINISHED = opaque('unfinished code')

type Operand = readonly [value: Value, node: SyntaxNode]
interface Operator {
  readonly node: SyntaxNode
  readonly operator: SyntaxNode
  /** `+`, also of `+=`. */
  readonly spelling: string
}

/** The value of `a operator b`. */
export function combine(machine: Machine, written: Operator, [a, aNode]: Operand, [b, bNode]: Operand): Value {
  const { spelling } = written
  const range = rangeOf(machine, written.node)
  if (spelling === '+' && (a.kind === 'text' || b.kind === 'text')) return { kind: 'text', text: undefined }
  if (/^[!=]==?$/.test(spelling)) {
    const same = alike(a, b)
    if (same !== null) return known(same === spelling.startsWith('=') ? 1 : 0, range, true)
  }
  const truth = sameTruth(spelling, a, b) ?? sameTruth(spelling, b, a)
  if (truth) return truth
  const op = operatorNamed(spelling)
  const left = numberOf(machine, a, aNode)
  const right = numberOf(machine, b, bNode)
  if (!op) return unsupported(machine, spelling, left, right, range)
  return applied(op, [left, right], range, rangeOf(machine, written.operator))
}

/** Whether two values that aren't both numbers are the same; `null` where that isn't known, or arithmetic. */
function alike(a: Value, b: Value): boolean | null {
  if (a.kind === 'text' && b.kind === 'text')
    return a.text === undefined || b.text === undefined ? null : a.text === b.text
  // An input is taken to be given: `x === undefined` is false.
  if (a.kind === 'nothing' || b.kind === 'nothing')
    return a.kind === 'opaque' || b.kind === 'opaque' ? null : a.kind === b.kind
  return null
}

/** `true === (x < 0)`, as `switch (true)` has it, is the condition itself. */
const sameTruth = (spelling: string, a: Value, b: Value): Value | null =>
  /^===?$/.test(spelling) && a.kind === 'number' && b.kind === 'number' && a.truth && b.truth && a.known === 1
    ? b
    : null

const UNSUPPORTED: Readonly<Record<string, string>> = {
  '%': 'remainder',
  in: 'not a number',
  instanceof: 'not a number',
}
const INTEGER_OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '%': (a, b) => a % b,
  '|': (a, b) => a | b,
  '&': (a, b) => a & b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '>>>': (a, b) => a >>> b,
}

function unsupported(machine: Machine, spelling: string, a: NumberValue, b: NumberValue, range: Range): Value {
  const compute = INTEGER_OPERATORS[spelling]
  if (compute && a.known !== undefined && b.known !== undefined) return known(compute(a.known, b.known), range)
  const uses = [a.expr, b.expr].flatMap((expr) => usesOf(expr))
  void machine
  return opaque(UNSUPPORTED[spelling] ?? 'bit operation', uses)
}

const usesOf = (expr: Expr) => (expr.kind === 'name' ? [expr] : expr.kind === 'opaque' ? expr.uses : [])

function unary(machine: Machine, node: SyntaxNode, place: Place): Value {
  const [operator, operand] = partsOf(node)
  if (!operator || !operand) return opaque('unfinished code')
  const spelling = textOf(machine, operator)
  if (spelling === '++' || spelling === '--') return update(machine, node, place)
  const value = evaluate(machine, operand, place)
  const range = rangeOf(machine, node)
  if (spelling === 'typeof') return typeName(value)
  if (spelling === 'void') return NOTHING
  if (spelling === '!') {
    const truth = truthOf(value)
    if (truth !== null) return known(truth ? 0 : 1, range, true)
    return applied('not', [numberOf(machine, value, operand)], range, rangeOf(machine, operator))
  }
  if (spelling === '-') return negative(machine, value, operand, range, rangeOf(machine, operator))
  if (spelling === '+') return numberOf(machine, value, operand)
  return unsupported(machine, spelling, numberOf(machine, value, operand), known(0, range), range)
}

function negative(machine: Machine, value: Value, operand: SyntaxNode, range: Range, operator: Range): Value {
  return applied('negate', [numberOf(machine, value, operand)], range, operator)
}

function typeName(value: Value): Value {
  const names = { number: 'number', free: 'number', text: 'string', closure: 'function', reference: 'object' } as const
  if (value.kind === 'number' && value.truth) return { kind: 'text', text: 'boolean' }
  if (value.kind === 'nothing') return { kind: 'text', text: 'undefined' }
  return { kind: 'text', text: value.kind in names ? names[value.kind as keyof typeof names] : undefined }
}

/** Whether a value counts as true, where it depends on no input. */
export function truthOf(value: Value): boolean | null {
  switch (value.kind) {
    case 'number':
      return value.known === undefined ? null : Boolean(value.known)
    case 'text':
      return value.text === undefined ? null : value.text !== ''
    case 'nothing':
      return false
    case 'free':
    case 'opaque':
      return null
    default:
      return true
  }
}

/** A condition, as a number that is 1 or 0, or as the truth that it is known to have. */
export function conditionOf(machine: Machine, node: SyntaxNode, place: Place): Expr | boolean {
  const value = evaluate(machine, node, place)
  return truthOf(value) ?? numberOf(machine, value, node).expr
}

function conditional(machine: Machine, node: SyntaxNode, place: Place): Value {
  const [condition, question, then, , otherwise] = partsOf(node)
  if (!condition || !question || !then || !otherwise) return opaque('unfinished code')
  const decided = conditionOf(machine, condition, place)
  if (typeof decided === 'boolean') return evaluate(machine, decided ? then : otherwise, place)
  if (machine.choices-- <= 0) return opaque('too many branches')
  const base = machine.state
  const inThen = fork(base)
  machine.state = inThen
  const a = evaluate(machine, then, place)
  const inOther = fork(base)
  machine.state = inOther
  const b = evaluate(machine, otherwise, place)
  const choice = { condition: decided, range: rangeOf(machine, node), operator: rangeOf(machine, question) }
  joinStates(machine, base, choice, [inThen, inOther])
  return joinValues(machine, choice, a, inThen, b, inOther)
}

function logical(
  machine: Machine,
  node: SyntaxNode,
  spelling: string,
  [left, right]: [SyntaxNode, SyntaxNode],
  place: Place,
): Value {
  const a = evaluate(machine, left, place)
  if (spelling === '??') return a.kind === 'nothing' ? evaluate(machine, right, place) : a
  const truth = truthOf(a)
  if (truth !== null) return truth === (spelling === '||') ? a : evaluate(machine, right, place)
  const b = evaluate(machine, right, place)
  const range = rangeOf(machine, node)
  if (spelling === '||' && a.kind === 'free' && b.kind === 'reference' && objectOf(machine, b).kind === 'list') return b
  // `options || {}`: an input is taken to be given.
  if (b.kind !== 'number' && b.kind !== 'free' && b.kind !== 'opaque') return a
  const condition = numberOf(machine, a, left)
  const other = numberOf(machine, b, right)
  if (condition.truth && other.truth) return applied(spelling === '&&' ? 'and' : 'or', [condition, other], range)
  if (spelling === '||') return other.known === 0 ? condition : chosen(condition.expr, condition, other, range)
  return { ...chosen(condition.expr, other, known(0, range), range), ...(other.truth ? { truth: true } : {}) }
}
