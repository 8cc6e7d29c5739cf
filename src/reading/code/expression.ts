/** Reads an expression of the core language as a value. */
import type { Expr } from '../statement'
import { member, readName } from './access'
import { asNumber, chosen, operated } from './arithmetic'
import { assign } from './assignment'
import { call } from './calls'
import { classValue } from './classes'
import { comprehension } from './comprehension'
import type { ChooseTerm, Expression, LogicTerm, NumberTerm, Span, TextTerm } from './core'
import { forgetCode } from './effects'
import { undecided } from './flow'
import { joinStates, joinValues } from './join'
import { listLiteral, recordLiteral } from './literals'
import { known, MAX_DEPTH, type Machine, numberExpr, numberText, objectOf, rangeOf, textOf } from './machine'
import { operate } from './operators'
import type { Scope } from './scope'
import { fork } from './state'
import { type ClassValue, NOTHING, type NumberValue, opaque, spelled, type Value } from './value'

/** Where an expression stands: which names it sees, and what `this` is. */
export interface Place {
  readonly scope: Scope
  readonly self: Value | null
  /** The class whose method is being run. */
  readonly home?: ClassValue | undefined
}

export function evaluate(machine: Machine, code: Expression, place: Place): Value {
  if (machine.depth >= MAX_DEPTH) return opaque('nested too deeply')
  if (machine.steps-- <= 0 || machine.program.budget-- <= 0) return opaque('too long')
  machine.depth++
  const value = evaluateHere(machine, code, place)
  machine.depth--
  return value
}

export function numberOf(machine: Machine, value: Value, code: Span, reason = 'not a number'): NumberValue {
  const range = rangeOf(machine, code)
  const text = textOf(machine, code)
  return asNumber(machine, value, range, text) ?? (asNumber(machine, opaque(reason), range, text) as NumberValue)
}

function evaluateHere(machine: Machine, code: Expression, place: Place): Value {
  switch (code.kind) {
    case 'number':
      return numberLiteral(machine, code)
    case 'truth':
      return known(code.value ? 1 : 0, rangeOf(machine, code), true)
    case 'text':
      return textValue(machine, code, place)
    case 'nothing':
      return NOTHING
    case 'self':
      return place.self ?? opaque('this')
    case 'name':
      return readName(machine, code, place)
    case 'sequence':
      return code.items.reduce<Value>((_last, item) => evaluate(machine, item, place), NOTHING)
    case 'operation':
      return operate(machine, code, place)
    case 'logic':
      return logical(machine, code, place)
    case 'choose':
      return conditional(machine, code, place)
    case 'assign':
      return assign(machine, code, place)
    case 'member':
    case 'index':
      return member(machine, code, place)
    case 'slice':
      return opaque('index that is not known')
    case 'call':
      return call(machine, code, place)
    case 'list':
      return listLiteral(machine, code, place)
    case 'record':
      return recordLiteral(machine, code, place)
    case 'comprehension':
      return comprehension(machine, code, place)
    case 'lambda': {
      const isArrow = code.code.form === 'arrow'
      const closure = { kind: 'closure', code: code.code, file: machine.file, scope: place.scope, name: '' } as const
      return { ...closure, self: isArrow ? place.self : null, ...(isArrow && place.home ? { home: place.home } : {}) }
    }
    case 'class':
      return classValue(machine, code.code, place.scope)
    case 'unread':
      forgetCode(machine, code, place.scope, place.self, code.reason)
      return opaque(code.reason)
  }
}

function numberLiteral(machine: Machine, { value, text, from, to }: NumberTerm): Value {
  const written = text.replaceAll('_', '')
  const plain = /^\d+(\.\d*)?$|^\.\d+$/.test(written)
  const range = rangeOf(machine, { from, to })
  return { kind: 'number', expr: numberExpr(value, range, plain ? written : numberText(value)), known: value }
}

/** A text, with what is put into it where that is known. */
function textValue(machine: Machine, { text, parts, between }: TextTerm, place: Place): Value {
  const words = parts.map((part) => spelled(evaluate(machine, part, place)))
  if (text !== undefined || !between || words.includes(undefined)) return { kind: 'text', text }
  return { kind: 'text', text: between.map((own, index) => own + (words[index] ?? '')).join('') }
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
export function conditionOf(machine: Machine, code: Expression, place: Place): Expr | boolean {
  const value = evaluate(machine, code, place)
  return truthOf(value) ?? numberOf(machine, value, code).expr
}

function conditional(machine: Machine, code: ChooseTerm, place: Place): Value {
  const decided = conditionOf(machine, code.condition, place)
  if (typeof decided === 'boolean') return evaluate(machine, decided ? code.consequent : code.otherwise, place)
  return eitherWay(
    machine,
    { condition: decided, range: rangeOf(machine, code), operator: rangeOf(machine, code.operator) },
    () => evaluate(machine, code.consequent, place),
    () => evaluate(machine, code.otherwise, place),
  )
}

/** The value of one expression or the other, as the inputs decide, and what both may have changed. */
function eitherWay(
  machine: Machine,
  choice: Parameters<typeof joinStates>[2],
  then: () => Value,
  otherwise: () => Value,
): Value {
  if (machine.choices-- <= 0) return opaque('too many branches')
  const base = machine.state
  return undecided(machine, () => {
    machine.state = fork(base)
    const a = then()
    const inThen = machine.state
    machine.state = fork(base)
    const b = otherwise()
    const inOther = machine.state
    joinStates(machine, base, choice, [inThen, inOther])
    return joinValues(machine, choice, a, inThen, b, inOther)
  })
}

function logical(machine: Machine, code: LogicTerm, place: Place): Value {
  const a = evaluate(machine, code.left, place)
  const right = () => evaluate(machine, code.right, place)
  if (code.op === '??') return coalesced(machine, a, right)
  return connected(machine, code, a, right)
}

/** `a ?? b`: an input is taken to be given. */
function coalesced(machine: Machine, a: Value, right: () => Value): Value {
  if (a.kind === 'nothing') return right()
  if (a.kind !== 'opaque') return a
  aside(machine, right)
  return a
}

/** Runs what may or may not be run: what it changes is joined with what was. */
function aside(machine: Machine, run: () => Value): Value {
  const base = machine.state
  machine.state = fork(base)
  const value = undecided(machine, run)
  const after = machine.state
  machine.state = base
  const range = machine.site
  const condition: Expr = { kind: 'opaque', reason: 'condition that is not known', text: '', uses: [], range }
  joinStates(machine, base, { condition, range }, [after, fork(base)])
  return value
}

/** `a && b`, `a || b`, also of `a ||= b`. */
export function connected(
  machine: Machine,
  code: Span & { readonly op: string | null; readonly left?: Expression; readonly right?: Expression },
  a: Value,
  right: () => Value,
): Value {
  const isOr = code.op === '||'
  const truth = truthOf(a)
  if (truth !== null) return truth === isOr ? a : right()
  const base = machine.state
  machine.state = fork(base)
  const b = undecided(machine, right)
  const after = machine.state
  const range = rangeOf(machine, code)
  machine.state = base
  const settle = (condition: Expr) =>
    joinStates(machine, base, { condition, range }, isOr ? [fork(base), after] : [after, fork(base)])
  if (isOr && a.kind === 'free' && b.kind === 'reference' && objectOf(machine, b).kind === 'list') {
    settle(numberOf(machine, a, code.left ?? code).expr)
    return b
  }
  const condition = numberOf(machine, a, code.left ?? code)
  settle(condition.expr)
  // `options || {}`: an input is taken to be given.
  if (b.kind !== 'number' && b.kind !== 'free' && b.kind !== 'opaque') return a
  const other = numberOf(machine, b, code.right ?? code)
  if (condition.truth && other.truth) return operated(isOr ? '||' : '&&', [condition, other], range)
  if (isOr) return other.known === 0 ? condition : chosen(condition.expr, condition, other, range)
  return { ...chosen(condition.expr, other, known(0, range), range), ...(other.truth ? { truth: true } : {}) }
}
