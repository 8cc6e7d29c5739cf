/** How a stretch of code ends: it goes on, returns, leaves a loop, throws, or does one or the other as inputs decide. */
import type { Expr } from '../statement'
import { chosen, operated } from './arithmetic'
import { type Choice, joinStates, joinValues } from './join'
import { known, type Machine } from './machine'
import { fork, type State } from './state'
import { NOTHING, type NumberValue, opaque, type Value } from './value'

export type Flow =
  | { readonly kind: 'normal'; readonly state: State }
  | { readonly kind: 'return'; readonly value: Value; readonly state: State }
  | { readonly kind: 'break' | 'continue'; readonly label: string | null; readonly state: State }
  | { readonly kind: 'throw'; readonly state: State }
  /** A way that isn't taken: it has been joined with another one. */
  | { readonly kind: 'never' }
  | ChoiceFlow

export interface ChoiceFlow {
  readonly kind: 'choice'
  readonly choice: Choice
  readonly taken: Flow
  readonly otherwise: Flow
  /** The memory before the choice. */
  readonly base: State
  /** Other ways begin in the same memory: it has to stay as it was. */
  readonly shared?: boolean
}

/** Runs code that is reached only as the inputs decide. */
export function undecided<T>(machine: Machine, run: () => T): T {
  machine.undecided++
  const result = run()
  machine.undecided--
  return result
}

/** Goes on where a flow goes on: once, however many ways lead there. */
export function andThen(machine: Machine, flow: Flow, next: () => Flow): Flow {
  if (flow.kind === 'normal') {
    machine.state = flow.state
    return next()
  }
  if (flow.kind !== 'choice') return flow
  return undecided(machine, () => onward(machine, gathered(machine, flow), next))
}

function onward(machine: Machine, flow: Flow, next: () => Flow): Flow {
  if (flow.kind === 'normal') {
    machine.state = flow.state
    return next()
  }
  if (flow.kind !== 'choice') return flow
  const taken = onward(machine, flow.taken, next)
  const otherwise = onward(machine, flow.otherwise, next)
  return choose(machine, { ...flow, taken, otherwise })
}

/** Several ways on become one, so that what follows is run once: ten conditions take ten times the work of one, not a thousand. */
function gathered(machine: Machine, flow: ChoiceFlow): Flow {
  if (waysOn(flow) < 2) return flow
  const range = flow.choice.range
  const condition = conditionOfGoingOn(flow, range)
  const state = joinedWaysOn(machine, flow)
  if (!state) return flow
  const choice: Choice = { condition: condition.expr, range }
  return {
    kind: 'choice',
    choice,
    taken: { kind: 'normal', state },
    otherwise: withoutWaysOn(flow),
    base: flow.base,
    shared: true,
  }
}

function waysOn(flow: Flow): number {
  if (flow.kind === 'choice') return waysOn(flow.taken) + waysOn(flow.otherwise)
  return flow.kind === 'normal' ? 1 : 0
}

function conditionOfGoingOn(flow: Flow, range: Choice['range']): NumberValue {
  if (flow.kind !== 'choice') return known(flow.kind === 'normal' ? 1 : 0, range, true)
  const taken = conditionOfGoingOn(flow.taken, range)
  const otherwise = conditionOfGoingOn(flow.otherwise, range)
  const condition: NumberValue = { kind: 'number', expr: flow.choice.condition, truth: true }
  const not = () => operated('!', [condition], range)
  if (taken.known === 1 && otherwise.known === 1) return taken
  if (taken.known === 0 && otherwise.known === 0) return taken
  if (taken.known === 1) return otherwise.known === 0 ? condition : operated('||', [condition, otherwise], range)
  if (taken.known === 0) return otherwise.known === 1 ? not() : operated('&&', [not(), otherwise], range)
  if (otherwise.known === 0) return operated('&&', [condition, taken], range)
  if (otherwise.known === 1) return operated('||', [not(), taken], range)
  return chosen(flow.choice.condition, taken, otherwise, range)
}

/** The memory of all ways on together. */
function joinedWaysOn(machine: Machine, flow: Flow): State | null {
  if (flow.kind === 'normal') return flow.state
  if (flow.kind !== 'choice') return null
  const a = joinedWaysOn(machine, flow.taken)
  const b = joinedWaysOn(machine, flow.otherwise)
  if (!a || !b) return a ?? b
  const joined = fork(flow.base)
  joinStates(machine, joined, flow.choice, [a, b], undefined, flow.base)
  return joined
}

function withoutWaysOn(flow: Flow): Flow {
  if (flow.kind === 'normal') return { kind: 'never' }
  if (flow.kind !== 'choice') return flow
  return either({ ...flow, shared: true }, withoutWaysOn(flow.taken), withoutWaysOn(flow.otherwise))
}

/** Of two ways the one that is left, or the choice. */
function either(flow: ChoiceFlow, taken: Flow, otherwise: Flow): Flow {
  if (taken.kind === 'never') return otherwise
  return otherwise.kind === 'never' ? taken : { ...flow, taken, otherwise }
}

/** Two branches as one flow: joined where both go on. */
export function choose(machine: Machine, flow: ChoiceFlow, older?: number): Flow {
  const { taken, otherwise, choice, base } = flow
  // A guard: what it throws at is outside the function's domain.
  if (machine.guards === 'drop') {
    if (taken.kind === 'throw') return otherwise
    if (otherwise.kind === 'throw') return taken
  }
  if (taken.kind === 'normal' && otherwise.kind === 'normal') {
    const joined = flow.shared ? fork(base) : base
    joinStates(machine, joined, choice, [taken.state, otherwise.state], older, base)
    return { kind: 'normal', state: joined }
  }
  return either(flow, taken, otherwise)
}

/** Turns `break` or `continue` of this loop into going on. */
export function caught(
  machine: Machine,
  flow: Flow,
  kind: 'break' | 'continue',
  label: string | null,
  older?: number,
): Flow {
  if (flow.kind === kind && (flow.label === null || flow.label === label)) return { kind: 'normal', state: flow.state }
  if (flow.kind !== 'choice') return flow
  const taken = caught(machine, flow.taken, kind, label, older)
  const otherwise = caught(machine, flow.otherwise, kind, label, older)
  return choose(machine, { ...flow, taken, otherwise }, older)
}

/**
 * What a function returns that ends so. What it did to memory that was there before it, to cells below `older`, is
 * joined too; its own locals are out of reach.
 */
export function returned(machine: Machine, flow: Flow, older: number): Value {
  switch (flow.kind) {
    case 'choice': {
      const a = returned(machine, flow.taken, older)
      const inA = machine.state
      const b = returned(machine, flow.otherwise, older)
      const inB = machine.state
      // The memory before the choice stays as it was: other ways begin there too.
      const joined = fork(flow.base)
      joinStates(machine, joined, flow.choice, [inA, inB], older, flow.base)
      return joinValues(machine, flow.choice, a, inA, b, inB)
    }
    case 'return':
      machine.state = flow.state
      return flow.value
    case 'throw':
      machine.state = flow.state
      return machine.guards === 'nan' ? notANumber(machine) : opaque('throws')
    case 'never':
      return NOTHING
    default:
      machine.state = flow.state
      return NOTHING
  }
}

function notANumber(machine: Machine): NumberValue {
  const expr: Expr = { kind: 'number', value: Number.NaN, text: '\\mathrm{NaN}', range: machine.site }
  return { kind: 'number', expr, known: Number.NaN }
}
