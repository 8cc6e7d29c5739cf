/** Loops: unrolled where the number of rounds is known, else everything that they change is opaque. */

import { bindPattern } from './assignment'
import { collectionOf } from './collections'
import type { EachStatement, Pattern, Statement, WhileStatement } from './core'
import { forgetCode } from './effects'
import { conditionOf, evaluate, type Place } from './expression'
import { andThen, caught, type Flow } from './flow'
import { type Machine, objectOf, rangeOf, takeBack } from './machine'
import { entriesOf } from './ndarray'
import { childScope, declareIn, lookUp, namesBound, type Scope } from './scope'
import { type Content, changedSince, fork, read, write } from './state'
import { declare, goesOn, runBlock, runStatement } from './statements'
import { opaque, type Value } from './value'
import { mentionsOf } from './walk'

interface Loop<Kind extends WhileStatement | EachStatement> {
  readonly machine: Machine
  readonly code: Kind
  readonly place: Place
  readonly label: string | null
  /** Rounds after which the inputs decided whether there is another one. */
  stops: number
  /** Why the loop can't be followed. */
  failed: string | null
}

export function runLoop(
  machine: Machine,
  code: WhileStatement | EachStatement,
  place: Place,
  label: string | null,
): Flow {
  const older = machine.program.nextCell
  const definitions = machine.definitions.length
  const base = machine.state
  machine.state = fork(base)
  const inside = { ...place, scope: childScope(place.scope) }
  const common = { machine, place: inside, label, stops: 0, failed: null }
  const loop: Loop<WhileStatement | EachStatement> = { ...common, code }
  const flow = code.kind === 'each' ? runEach(loop as Loop<EachStatement>) : runWhile(loop as Loop<WhileStatement>)
  if (loop.failed !== null) {
    // The rounds that were run before a loop was given up leave nothing behind.
    machine.state = base
    takeBack(machine, definitions)
    return givenUp(loop, loop.failed)
  }
  const settled = caught(machine, flow, 'break', label, older)
  if (settled.kind !== 'normal') return settled
  for (const cell of changedSince(base, settled.state)) write(base, cell, read(settled.state, cell) as Content)
  machine.state = base
  return goesOn(machine)
}

/** A loop that can't be followed: what it assigns isn't known after it. */
function givenUp({ machine, code, place }: Loop<WhileStatement | EachStatement>, reason: string): Flow {
  forgetCode(machine, code, place.scope, place.self, reason)
  return mentionsOf(code).leaves ? { kind: 'return', value: opaque(reason), state: machine.state } : goesOn(machine)
}

function fail(loop: Loop<WhileStatement | EachStatement>, reason: string): Flow {
  loop.failed ??= reason
  return goesOn(loop.machine)
}

function runEach(loop: Loop<EachStatement>): Flow {
  const { machine, code, place } = loop
  const value = evaluate(machine, code.source, place)
  const range = rangeOf(machine, code.source)
  const items =
    code.over === 'items' ? (collectionOf(machine, value) ?? entriesOf(machine, value, range)) : keysOf(machine, value)
  if (!items) return fail(loop, 'loop with unknown bounds')
  if (items.length > machine.program.unrollLimit) return fail(loop, 'loop with many rounds')
  return eachFrom(loop, items, 0)
}

function keysOf(machine: Machine, value: Value): Value[] | null {
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  if (!object || object.kind === 'unknown' || (object.kind === 'record' && object.open)) return null
  const keys = object.kind === 'record' ? [...object.fields.keys()] : [...object.items.keys()].map(String)
  return keys.map((text) => ({ kind: 'text', text }))
}

/** Iterations that stop as soon as a number is good enough make a formula that nobody reads: some rounds, no more. */
const MOST_STOPS = 16
const STOPS_EARLY = 'iteration that stops early'

/** After a round: goes on with the next, in whatever way the inputs decide. */
function nextRound(loop: Loop<WhileStatement | EachStatement>, flow: Flow, next: () => Flow): Flow {
  if (flow.kind !== 'choice') return flow
  if (++loop.stops > MOST_STOPS) return fail(loop, STOPS_EARLY)
  return andThen(loop.machine, flow, next)
}

function eachFrom(loop: Loop<EachStatement>, items: readonly Value[], index: number): Flow {
  const { machine, code, place } = loop
  for (let round = index; round < items.length; round++) {
    const scope = code.declares ? ownScope(machine, code.pattern, place.scope) : place.scope
    const inside = { ...place, scope }
    // A variable of the function around counts the rounds: its uses are numbers.
    if (!code.declares)
      for (const { name } of namesBound(code.pattern)) {
        const variable = lookUp(scope, name)
        if (variable) variable.counter = true
      }
    bindPattern(machine, code.pattern, items[round] as Value, inside)
    const flow = caught(machine, runBlock(machine, code.body, inside), 'continue', loop.label)
    if (flow.kind !== 'normal') return nextRound(loop, flow, () => eachFrom(loop, items, round + 1))
    machine.state = flow.state
  }
  return code.otherwise ? runBlock(machine, code.otherwise, place) : goesOn(machine)
}

/** Variables of one round: a function that is made in it keeps them. */
function ownScope(machine: Machine, pattern: Pattern, around: Scope): Scope {
  const scope = childScope(around)
  for (const { name } of namesBound(pattern)) declareIn(scope, name, machine.program)
  return scope
}

function runWhile(loop: Loop<WhileStatement>): Flow {
  const { machine, code, place } = loop
  for (const statement of code.first) {
    if (statement.kind !== 'let') {
      runStatement(machine, statement, place)
      continue
    }
    if (!statement.whole)
      for (const { name } of namesBound(statement.pattern)) declareIn(place.scope, name, machine.program)
    declare(machine, statement, place, true)
  }
  return rounds(loop, place, 0)
}

function rounds(loop: Loop<WhileStatement>, around: Place, start: number): Flow {
  const { machine, code } = loop
  let place = around
  for (let round = start; ; round++) {
    if (loop.failed !== null) return goesOn(machine)
    if (!(code.bodyFirst && round === 0)) {
      const more = code.condition ? conditionOf(machine, code.condition, place) : true
      if (more === false) return goesOn(machine)
      if (more !== true) return fail(loop, 'loop with unknown bounds')
    }
    if (round >= machine.program.unrollLimit) return fail(loop, 'loop with many rounds')
    const flow = caught(machine, runBlock(machine, code.body, place), 'continue', loop.label)
    const { first } = code
    const step = () => {
      place = nextScope(machine, first, place)
      if (code.step) evaluate(machine, code.step, place)
    }
    if (flow.kind !== 'normal')
      return nextRound(loop, flow, () => {
        step()
        return rounds(loop, place, round + 1)
      })
    machine.state = flow.state
    step()
  }
}

/** Each round has its own copy of what the head of the loop declares: a function that was made in it keeps its own. */
function nextScope(machine: Machine, first: readonly Statement[], place: Place): Place {
  const own = first.flatMap((statement) =>
    statement.kind === 'let' && !statement.whole ? namesBound(statement.pattern) : [],
  )
  if (own.length === 0) return place
  const { parent, variables } = place.scope
  const scope = childScope(parent)
  for (const { name } of own) {
    const before = variables.get(name)
    const variable = declareIn(scope, name, machine.program)
    const content = before && read(machine.state, before.cell)
    if (before) variable.counter = before.counter
    if (content) write(machine.state, variable.cell, content)
  }
  return { ...place, scope }
}
