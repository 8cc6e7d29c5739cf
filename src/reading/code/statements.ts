/** Runs the statements of a function: declarations, branches, loops with known bounds. */
import { bindPattern, storeVariable } from './assignment'
import { classValue } from './classes'
import type { Expression, FunctionCode, IfStatement, LetStatement, Span, Statement, SwitchStatement } from './core'
import { forgetCode } from './effects'
import { conditionOf, evaluate, numberOf, type Place, truthOf } from './expression'
import { andThen, caught, choose, type Flow, returned, undecided } from './flow'
import type { Choice } from './join'
import { runLoop } from './loops'
import { type Machine, rangeOf } from './machine'
import { combine } from './operators'
import { childScope, declaredNames, declareIn, lookUp, namesBound, type Scope } from './scope'
import { fork, write } from './state'
import { NOTHING, opaque, type Value } from './value'
import { walkCode } from './walk'

export const goesOn = (machine: Machine): Flow => ({ kind: 'normal', state: machine.state })

/** Runs the body of a function. */
export function runBody(machine: Machine, code: FunctionCode, place: Place): Flow {
  hoistVariables(machine, code.body, place.scope)
  return runBlock(machine, code.body, place)
}

/** The value of a body that has been run. */
export const bodyValue = (machine: Machine, flow: Flow, older: number): Value => returned(machine, flow, older)

/** `var` belongs to the whole function. */
function hoistVariables(machine: Machine, body: readonly Statement[], scope: Scope): void {
  for (const name of wholeNames(body))
    if (!scope.variables.has(name)) {
      const variable = declareIn(scope, name, machine.program)
      write(machine.state, variable.cell, NOTHING)
    }
}

const wholeOf = new WeakMap<readonly Statement[], readonly string[]>()

function wholeNames(body: readonly Statement[]): readonly string[] {
  const known = wholeOf.get(body)
  if (known) return known
  const names: string[] = []
  walkCode(body, (part) => {
    if (part.kind === 'let' && part.whole) names.push(...namesBound(part.pattern).map(({ name }) => name))
    return part.kind !== 'lambda' && part.kind !== 'function' && part.kind !== 'class'
  })
  wholeOf.set(body, names)
  return names
}

export const runBlock = (machine: Machine, body: readonly Statement[], place: Place): Flow =>
  runStatements(machine, body, { ...place, scope: childScope(place.scope) })

function runStatements(machine: Machine, statements: readonly Statement[], place: Place): Flow {
  hoist(machine, statements, place)
  return runFrom(machine, statements, 0, place)
}

function runFrom(machine: Machine, statements: readonly Statement[], start: number, place: Place): Flow {
  for (let index = start; index < statements.length; index++) {
    const flow = runStatement(machine, statements[index] as Statement, place)
    if (flow.kind === 'normal') continue
    return flow.kind === 'choice' ? andThen(machine, flow, () => runFrom(machine, statements, index + 1, place)) : flow
  }
  return goesOn(machine)
}

function hoist(machine: Machine, statements: readonly Statement[], place: Place): void {
  for (const statement of statements) {
    if (statement.kind === 'let' && statement.whole) continue
    for (const name of declaredNames(statement)) declareIn(place.scope, name, machine.program)
    if (statement.kind !== 'function') continue
    const { code } = statement
    const variable = code.name === null ? null : lookUp(place.scope, code.name)
    if (variable)
      machine.state.own.set(variable.cell, {
        kind: 'closure',
        code,
        file: machine.file,
        scope: place.scope,
        name: variable.name,
        self: null,
      })
  }
}

export function runStatement(machine: Machine, statement: Statement, place: Place): Flow {
  switch (statement.kind) {
    case 'let':
      return declare(machine, statement, place)
    case 'expression':
      evaluate(machine, statement.value, place)
      return goesOn(machine)
    case 'class':
      declareClass(machine, statement.code, place)
      return goesOn(machine)
    case 'return':
      return runReturn(machine, statement.value, place)
    case 'block':
      return runBlock(machine, statement.body, place)
    case 'if':
      return runIf(machine, statement, place)
    case 'switch':
      return runSwitch(machine, statement, place)
    case 'throw':
      return { kind: 'throw', state: machine.state }
    case 'break':
    case 'continue':
      return { kind: statement.kind, label: statement.label, state: machine.state }
    case 'try':
      return runTry(machine, statement, place)
    case 'label':
      return runLabeled(machine, statement, place)
    case 'while':
    case 'each':
      return runLoop(machine, statement, place, null)
    case 'function':
    case 'import':
      return goesOn(machine)
  }
}

/** `const a = 1`, `const { b } = c`. */
export function declare(machine: Machine, statement: LetStatement, place: Place, counter = false): Flow {
  const { pattern, value: source } = statement
  if (pattern.kind !== 'name') {
    if (source) bindPattern(machine, pattern, evaluate(machine, source, place), place)
    return goesOn(machine)
  }
  const variable = lookUp(place.scope, pattern.name)
  if (!variable) return goesOn(machine)
  variable.counter = counter
  if (source) storeVariable(machine, variable, evaluate(machine, source, place), rangeOf(machine, pattern))
  else if (!statement.whole) write(machine.state, variable.cell, NOTHING)
  return goesOn(machine)
}

function declareClass(machine: Machine, code: Parameters<typeof classValue>[1], place: Place): void {
  const variable = code.name === null ? null : lookUp(place.scope, code.name)
  const value = classValue(machine, code, place.scope)
  if (variable) write(machine.state, variable.cell, value)
}

function runReturn(machine: Machine, expression: Expression | null, place: Place): Flow {
  const value = expression ? evaluate(machine, expression, place) : NOTHING
  if (expression) noteReturn(machine, expression)
  return { kind: 'return', value, state: machine.state }
}

function noteReturn(machine: Machine, { from, to }: Span): void {
  if (machine.calls.length !== 1 || machine.returns.some((span) => span.from === from && span.to === to)) return
  machine.returns.push({ from, to })
}

function runIf(machine: Machine, statement: IfStatement, place: Place): Flow {
  const decided = conditionOf(machine, statement.condition, place)
  const run = (branch: readonly Statement[] | null) => (branch ? runBlock(machine, branch, place) : goesOn(machine))
  if (typeof decided === 'boolean') return run(decided ? statement.consequent : statement.otherwise)
  const choice = {
    condition: decided,
    range: rangeOf(machine, statement.header),
    operator: rangeOf(machine, statement.operator),
  }
  return branches(
    machine,
    choice,
    () => run(statement.consequent),
    () => run(statement.otherwise),
    () => forgetCode(machine, statement, place.scope, place.self, TOO_MANY),
  )
}

const TOO_MANY = 'too many branches'

/** Runs two branches, each in a memory of its own; `giveUp` forgets what they change where there are too many. */
function branches(
  machine: Machine,
  choice: Choice,
  runThen: () => Flow,
  runOther: () => Flow,
  giveUp: () => void,
): Flow {
  if (machine.choices-- <= 0 || machine.steps <= 0) {
    giveUp()
    return { kind: 'return', value: opaque(TOO_MANY), state: machine.state }
  }
  const base = machine.state
  machine.state = fork(base)
  const taken = undecided(machine, runThen)
  machine.state = fork(base)
  const otherwise = undecided(machine, runOther)
  const flow = choose(machine, { kind: 'choice', choice, taken, otherwise, base })
  if (flow.kind === 'normal') machine.state = flow.state
  return flow
}

function runSwitch(machine: Machine, statement: SwitchStatement, place: Place): Flow {
  const { subject, cases } = statement
  const value = evaluate(machine, subject, place)
  const inside = { ...place, scope: childScope(place.scope) }
  hoist(
    machine,
    cases.flatMap((entry) => entry.body),
    inside,
  )
  const flow = runCases({ machine, statement, value, place: inside }, 0)
  const settled = caught(machine, flow, 'break', null)
  if (settled.kind === 'normal') machine.state = settled.state
  return settled
}

interface Switch {
  readonly machine: Machine
  readonly statement: SwitchStatement
  readonly value: Value
  readonly place: Place
}

/** Tries the cases from `index` on; the default comes last, wherever it stands. */
function runCases(run: Switch, index: number): Flow {
  const { machine, statement, value, place } = run
  const { cases, subject } = statement
  const entry = cases[index]
  if (!entry) {
    const fallback = cases.findIndex((candidate) => candidate.test === null)
    return fallback < 0 ? goesOn(machine) : runFrom(machine, bodiesFrom(cases, fallback), 0, place)
  }
  if (!entry.test) return runCases(run, index + 1)
  const written = { op: '==', operator: entry, spanned: entry }
  const test = combine(machine, written, [value, subject], [evaluate(machine, entry.test, place), entry.test])
  const truth = truthOf(test)
  const matches = () => runFrom(machine, bodiesFrom(cases, index), 0, place)
  if (truth !== null) return truth ? matches() : runCases(run, index + 1)
  const condition = numberOf(machine, test, entry).expr
  const choice = { condition, range: rangeOf(machine, entry) }
  const giveUp = () => forgetCode(machine, statement, place.scope, place.self, TOO_MANY)
  return branches(machine, choice, matches, () => runCases(run, index + 1), giveUp)
}

/** A case without `break` falls through to the next. */
const bodiesFrom = (cases: SwitchStatement['cases'], index: number): Statement[] =>
  cases.slice(index).flatMap((entry) => entry.body)

/** What may throw is taken not to: what a handler would change is left as it is. */
function runTry(machine: Machine, statement: Statement & { kind: 'try' }, place: Place): Flow {
  const flow = runBlock(machine, statement.body, place)
  if (statement.handler && throwsIn(flow)) {
    forgetCode(machine, statement, place.scope, place.self, 'throws')
    return { kind: 'return', value: opaque('throws'), state: machine.state }
  }
  return statement.last.length > 0 ? andThen(machine, flow, () => runBlock(machine, statement.last, place)) : flow
}

function throwsIn(flow: Flow): boolean {
  if (flow.kind === 'choice') return throwsIn(flow.taken) || throwsIn(flow.otherwise)
  return flow.kind === 'throw'
}

function runLabeled(machine: Machine, { label, body }: Statement & { kind: 'label' }, place: Place): Flow {
  const isLoop = body.kind === 'while' || body.kind === 'each'
  const flow = isLoop ? runLoop(machine, body, place, label) : runStatement(machine, body, place)
  const settled = caught(machine, flow, 'break', label)
  if (settled.kind === 'normal') machine.state = settled.state
  return settled
}
