/** How a stretch of code ends: it goes on, returns, leaves a loop, throws, or does one or the other as inputs decide. */

import { type Choice, joinStates, joinValues } from './join'
import type { Machine } from './machine'
import type { State } from './state'
import { NOTHING, opaque, type Value } from './value'

export type Flow =
  | { readonly kind: 'normal'; readonly state: State }
  | { readonly kind: 'return'; readonly value: Value; readonly state: State }
  | { readonly kind: 'break' | 'continue'; readonly label: string | null; readonly state: State }
  | { readonly kind: 'throw'; readonly state: State }
  | ChoiceFlow

export interface ChoiceFlow {
  readonly kind: 'choice'
  readonly choice: Choice
  readonly taken: Flow
  readonly otherwise: Flow
  /** The memory before the choice. */
  readonly base: State
}

/** Goes on where a flow goes on, in each of its branches. */
export function andThen(machine: Machine, flow: Flow, next: () => Flow): Flow {
  if (flow.kind === 'normal') {
    machine.state = flow.state
    return next()
  }
  if (flow.kind !== 'choice') return flow
  return choose(machine, {
    ...flow,
    taken: andThen(machine, flow.taken, next),
    otherwise: andThen(machine, flow.otherwise, next),
  })
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
    joinStates(machine, base, choice, [taken.state, otherwise.state], older)
    return { kind: 'normal', state: base }
  }
  return flow
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
      joinStates(machine, flow.base, flow.choice, [inA, inB], older)
      return joinValues(machine, flow.choice, a, inA, b, inB)
    }
    case 'return':
      machine.state = flow.state
      return flow.value
    case 'throw':
      machine.state = flow.state
      return machine.guards === 'nan'
        ? {
            kind: 'number',
            expr: { kind: 'number', value: Number.NaN, text: '\\mathrm{NaN}', range: machine.site },
            known: Number.NaN,
          }
        : opaque('throws')
    default:
      machine.state = 'state' in flow ? flow.state : machine.state
      return NOTHING
  }
}
