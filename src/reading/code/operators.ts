/** The operators of code: those of the table of operations become formulas, the others compute what is known. */
import type { Expr, Range } from '../statement'
import { isOperation, operated } from './arithmetic'
import { collectionOf } from './collections'
import type { Expression, OperationTerm, Span } from './core'
import { evaluate, numberOf, type Place, truthOf } from './expression'
import { allocate, known, type Machine, objectOf, rangeOf } from './machine'
import { removePart } from './objects'
import { NOTHING, type NumberValue, opaque, spelled, type Value } from './value'

export function operate(machine: Machine, code: OperationTerm, place: Place): Value {
  const [first, second] = code.args
  if (!first) return opaque('unfinished code')
  if (second) {
    const a = evaluate(machine, first, place)
    return combine(machine, { ...code, spanned: code }, [a, first], [evaluate(machine, second, place), second])
  }
  if (code.op === 'delete') return removed(machine, first, place)
  return unary(machine, code, first, evaluate(machine, first, place))
}

/** `delete o.k`. */
function removed(machine: Machine, code: Expression, place: Place): Value {
  if (code.kind === 'member' || code.kind === 'index') removePart(machine, code, place)
  return known(1, rangeOf(machine, code), true)
}

function unary(machine: Machine, code: OperationTerm, operand: Expression, value: Value): Value {
  const range = rangeOf(machine, code)
  const number = () => numberOf(machine, value, operand)
  switch (code.op) {
    case 'typeof':
      return typeName(value)
    case 'void':
      return NOTHING
    case '+':
      return number()
    case '!': {
      const truth = truthOf(value)
      if (truth !== null) return known(truth ? 0 : 1, range, true)
      return operated(code.op, [number()], range, rangeOf(machine, code.operator))
    }
    case '~':
      // Of a condition, or of an array of them.
      if (value.kind === 'number' && value.truth) return operated('!', [value], range, rangeOf(machine, code.operator))
      return unsupported('~', number(), known(0, range), range)
    default:
      return operated(code.op, [number()], range, rangeOf(machine, code.operator))
  }
}

function typeName(value: Value): Value {
  const names = {
    number: 'number',
    free: 'number',
    text: 'string',
    closure: 'function',
    class: 'function',
    reference: 'object',
  } as const
  if (value.kind === 'number' && value.truth) return { kind: 'text', text: 'boolean' }
  if (value.kind === 'nothing') return { kind: 'text', text: 'undefined' }
  return { kind: 'text', text: value.kind in names ? names[value.kind as keyof typeof names] : undefined }
}

type Operand = readonly [value: Value, code: Span]
interface Operator {
  readonly op: string
  readonly operator: Span
  /** The whole expression. */
  readonly spanned: Span
}

/** The value of `a operator b`. */
export function combine(machine: Machine, written: Operator, [a, aCode]: Operand, [b, bCode]: Operand): Value {
  const { op } = written
  const range = rangeOf(machine, written.spanned)
  if (op === 'in' || op === 'instanceof' || op === 'notIn') return holds(machine, op, a, b, range)
  if (op === '+' && (isText(a) || isText(b))) return { kind: 'text', text: joinedText(a, b) }
  if (op === '==' || op === '!=') {
    const same = alike(a, b)
    if (same !== null) return known(same === (op === '==') ? 1 : 0, range, true)
    const truth = sameTruth(op, a, b) ?? sameTruth(op, b, a)
    if (truth) return truth
  }
  const list = ofLists(machine, op, a, b)
  if (list) return list
  const left = numberOf(machine, a, aCode)
  const right = numberOf(machine, b, bCode)
  // A condition for each entry of an array: `(x > 0) & (y > 0)`.
  if (left.truth && right.truth && (op === '&' || op === '|'))
    return operated(op + op, [left, right], range, rangeOf(machine, written.operator))
  if (!isOperation(op, 2)) return unsupported(op, left, right, range)
  return operated(op, [left, right], range, rangeOf(machine, written.operator))
}

const MOST_ITEMS = 10_000

/** Lists of Python put together, `a + b`, and repeated, `[0] * 3`; `null` where it is no such operation. */
function ofLists(machine: Machine, op: string, a: Value, b: Value): Value | null {
  if (!machine.file.language.brings) return null
  const [left, right] = [collectionOf(machine, a), collectionOf(machine, b)]
  if (op === '+' && left && right) return allocate(machine, { kind: 'list', items: [...left, ...right], label: null })
  const [items, count] = left ? [left, b] : [right, a]
  if (op !== '*' || !items || count.kind !== 'number' || count.known === undefined) return null
  if (count.known * items.length > MOST_ITEMS) return opaque('too long')
  const repeated = Array.from({ length: Math.max(0, count.known) }, () => items).flat()
  return allocate(machine, { kind: 'list', items: repeated, label: null })
}

const isText = (value: Value): boolean => value.kind === 'text'

/** Texts put together, where both are known. */
function joinedText(a: Value, b: Value): string | undefined {
  const [left, right] = [spelled(a), spelled(b)]
  return left === undefined || right === undefined ? undefined : left + right
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
const sameTruth = (op: string, a: Value, b: Value): Value | null =>
  op === '==' && a.kind === 'number' && b.kind === 'number' && a.truth && b.truth && a.known === 1 ? b : null

/** `key in record`. */
function holds(machine: Machine, op: string, a: Value, b: Value, range: Range): Value {
  const object = b.kind === 'reference' ? objectOf(machine, b) : null
  const key = a.kind === 'text' ? a.text : a.kind === 'number' ? a.known : undefined
  if (op === 'instanceof' || object?.kind !== 'record' || object.open || object.made || key === undefined)
    return opaque('not a number')
  return known(object.fields.has(String(key)) === (op === 'in') ? 1 : 0, range, true)
}

const UNSUPPORTED: Readonly<Record<string, string>> = { '%': 'remainder', mod: 'remainder' }

/** Operators on known numbers; each language has its own remainder. */
const COMPUTED: Readonly<Record<string, (a: number, b: number) => number>> = {
  '%': (a, b) => a % b,
  mod: (a, b) => a - b * Math.floor(a / b),
  '//': (a, b) => Math.floor(a / b),
  '|': (a, b) => a | b,
  '&': (a, b) => a & b,
  '^': (a, b) => a ^ b,
  '~': (a) => ~a,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '>>>': (a, b) => a >>> b,
}

function unsupported(op: string, a: NumberValue, b: NumberValue, range: Range): Value {
  const compute = Object.hasOwn(COMPUTED, op) ? COMPUTED[op] : undefined
  if (compute && a.known !== undefined && b.known !== undefined) return known(compute(a.known, b.known), range)
  return opaque(UNSUPPORTED[op] ?? 'bit operation', [a.expr, b.expr].flatMap(usesOf))
}

const usesOf = (expr: Expr) => (expr.kind === 'name' ? [expr] : expr.kind === 'opaque' ? expr.uses : [])
