/** Runs the statements of a function: declarations, branches, loops with known bounds. */
import type { SyntaxNode } from '@lezer/common'
import { bindPattern, storeVariable } from './assignment'
import { combine, conditionOf, evaluate, numberOf, type Place, truthOf } from './expression'
import { andThen, caught, choose, type Flow, returned } from './flow'
import type { Choice } from './join'
import { LOOPS, runLoop } from './loops'
import { type Machine, rangeOf, textOf } from './machine'
import { boundNames, childScope, declaredNames, declareIn, lookUp } from './scope'
import { fork } from './state'
import { childNamed, childrenOf, partsOf, walk } from './tree'
import { NOTHING, opaque, type Value } from './value'

export const goesOn = (machine: Machine): Flow => ({ kind: 'normal', state: machine.state })

/** Runs the body of a function, a block or the expression of an arrow. */
export function runBody(machine: Machine, node: SyntaxNode, place: Place): Flow {
  const block = childNamed(node, 'Block')
  if (block) {
    hoistVariables(machine, block, place)
    return runBlock(machine, block, place)
  }
  const parts = partsOf(node)
  const expression = parts[parts.findIndex((part) => part.name === 'Arrow') + 1]
  const value =
    node.name === 'ArrowFunction' && expression ? evaluate(machine, expression, place) : opaque('unfinished code')
  if (expression) noteReturn(machine, expression)
  return { kind: 'return', value, state: machine.state }
}

function noteReturn(machine: Machine, expression: SyntaxNode): void {
  if (machine.calls.length === 1 && !machine.returns.includes(expression)) machine.returns.push(expression)
}

/** The value of a body that has been run. */
export const bodyValue = (machine: Machine, flow: Flow, older: number): Value => returned(machine, flow, older)

/** `var` belongs to the whole function. */
function hoistVariables(machine: Machine, block: SyntaxNode, place: Place): void {
  walk(block, (node) => {
    if (/Function|Method|Class/.test(node.name)) return false
    if (node.name !== 'VariableDeclaration' || node.firstChild?.name !== 'var') return true
    for (const child of childrenOf(node))
      for (const name of boundNames(child, machine.file.text))
        if (!place.scope.variables.has(name)) declareIn(place.scope, name, machine.program)
    return true
  })
}

export function runBlock(machine: Machine, block: SyntaxNode, place: Place): Flow {
  const statements = partsOf(block).filter((part) => part.name !== '{' && part.name !== '}')
  return runStatements(machine, statements, { ...place, scope: childScope(place.scope) })
}

export function runStatements(machine: Machine, statements: readonly SyntaxNode[], place: Place): Flow {
  hoist(machine, statements, place)
  return runFrom(machine, statements, 0, place)
}

function runFrom(machine: Machine, statements: readonly SyntaxNode[], start: number, place: Place): Flow {
  for (let index = start; index < statements.length; index++) {
    const flow = runStatement(machine, statements[index] as SyntaxNode, place)
    if (flow.kind === 'normal') continue
    return flow.kind === 'choice' ? andThen(machine, flow, () => runFrom(machine, statements, index + 1, place)) : flow
  }
  return goesOn(machine)
}

function hoist(machine: Machine, statements: readonly SyntaxNode[], place: Place): void {
  for (const statement of statements) {
    const isVar = statement.name === 'VariableDeclaration' && statement.firstChild?.name === 'var'
    if (isVar) continue
    for (const name of declaredNames(statement, machine.file.text)) declareIn(place.scope, name, machine.program)
    if (statement.name !== 'FunctionDeclaration') continue
    const [name] = declaredNames(statement, machine.file.text)
    const variable = name === undefined ? null : lookUp(place.scope, name)
    if (variable && name !== undefined)
      machine.state.own.set(variable.cell, {
        kind: 'closure',
        node: statement,
        file: machine.file,
        scope: place.scope,
        name,
        self: place.self,
      })
  }
}

export function runStatement(machine: Machine, node: SyntaxNode, place: Place): Flow {
  switch (node.name) {
    case 'VariableDeclaration':
      return runDeclaration(machine, node, place)
    case 'ExpressionStatement': {
      const expression = partsOf(node)[0]
      if (expression) evaluate(machine, expression, place)
      return goesOn(machine)
    }
    case 'ReturnStatement':
      return runReturn(machine, node, place)
    case 'Block':
      return runBlock(machine, node, place)
    case 'IfStatement':
      return runIf(machine, node, place)
    case 'SwitchStatement':
      return runSwitch(machine, node, place)
    case 'ThrowStatement':
      return { kind: 'throw', state: machine.state }
    case 'BreakStatement':
    case 'ContinueStatement': {
      const label = childNamed(node, 'Label')
      const kind = node.name === 'BreakStatement' ? 'break' : 'continue'
      return { kind, label: label && textOf(machine, label), state: machine.state }
    }
    case 'TryStatement':
      return runTry(machine, node, place)
    case 'LabeledStatement':
      return runLabeled(machine, node, place)
    default:
      return LOOPS.has(node.name) ? runLoop(machine, node, place, null) : goesOn(machine)
  }
}

/** `const a = 1, { b } = c`: pairs of a pattern and its value. */
export function runDeclaration(machine: Machine, node: SyntaxNode, place: Place, counter = false): Flow {
  const parts = partsOf(node)
  parts.forEach((part, index) => {
    if (!/^(VariableDefinition|ObjectPattern|ArrayPattern)$/.test(part.name)) return
    const equals = parts.slice(index + 1, index + 3).find((next) => next.name === 'Equals')
    const source = equals ? parts[parts.indexOf(equals) + 1] : undefined
    if (part.name === 'VariableDefinition') declareValue(machine, part, source, place, counter)
    else if (source) bindPattern(machine, part, evaluate(machine, source, place), place)
  })
  return goesOn(machine)
}

function declareValue(
  machine: Machine,
  part: SyntaxNode,
  source: SyntaxNode | undefined,
  place: Place,
  counter: boolean,
): void {
  const variable = lookUp(place.scope, textOf(machine, part))
  if (!variable) return
  variable.counter = counter
  if (!source) {
    if (!machine.state.own.has(variable.cell)) machine.state.own.set(variable.cell, NOTHING)
    return
  }
  storeVariable(machine, variable, evaluate(machine, source, place), rangeOf(machine, part))
}

function runReturn(machine: Machine, node: SyntaxNode, place: Place): Flow {
  const expression = partsOf(node).find((part) => part.name !== 'return' && part.name !== ';')
  const value = expression ? evaluate(machine, expression, place) : NOTHING
  if (expression) noteReturn(machine, expression)
  return { kind: 'return', value, state: machine.state }
}

function runIf(machine: Machine, node: SyntaxNode, place: Place): Flow {
  const parts = partsOf(node)
  const [keyword, condition, then] = parts
  if (!keyword || !condition || !then) return goesOn(machine)
  const otherwise = parts[parts.findIndex((part) => part.name === 'else') + 1]
  const other = childNamed(node, 'else') && otherwise ? otherwise : null
  const decided = conditionOf(machine, condition, place)
  const run = (branch: SyntaxNode | null) => (branch ? runBranch(machine, branch, place) : goesOn(machine))
  if (typeof decided === 'boolean') return run(decided ? then : other)
  const header = rangeOf(machine, { from: keyword.from, to: condition.to })
  const choice = { condition: decided, range: header, operator: rangeOf(machine, keyword) }
  return branches(
    machine,
    choice,
    () => run(then),
    () => run(other),
  )
}

const runBranch = (machine: Machine, branch: SyntaxNode, place: Place): Flow =>
  branch.name === 'Block' ? runBlock(machine, branch, place) : runStatements(machine, [branch], place)

/** Runs two branches, each in a memory of its own. */
export function branches(machine: Machine, choice: Choice, runThen: () => Flow, runOther: () => Flow): Flow {
  if (machine.choices-- <= 0 || machine.steps <= 0)
    return { kind: 'return', value: opaque('too many branches'), state: machine.state }
  const base = machine.state
  machine.state = fork(base)
  const taken = runThen()
  machine.state = fork(base)
  const otherwise = runOther()
  const flow = choose(machine, { kind: 'choice', choice, taken, otherwise, base })
  if (flow.kind === 'normal') machine.state = flow.state
  return flow
}

interface Case {
  /** `null`: default. */
  readonly test: SyntaxNode | null
  readonly label: SyntaxNode
  readonly body: readonly SyntaxNode[]
}

function casesOf(body: SyntaxNode): Case[] {
  const cases: { test: SyntaxNode | null; label: SyntaxNode; body: SyntaxNode[] }[] = []
  for (const part of partsOf(body)) {
    if (part.name === 'CaseLabel') cases.push({ test: partsOf(part)[1] ?? null, label: part, body: [] })
    else if (part.name === 'DefaultLabel') cases.push({ test: null, label: part, body: [] })
    else if (part.name !== '{' && part.name !== '}') cases.at(-1)?.body.push(part)
  }
  return cases
}

function runSwitch(machine: Machine, node: SyntaxNode, place: Place): Flow {
  const [, subject, body] = partsOf(node)
  if (!subject || body?.name !== 'SwitchBody') return goesOn(machine)
  const value = evaluate(machine, subject, place)
  const cases = casesOf(body)
  const inside = { ...place, scope: childScope(place.scope) }
  hoist(
    machine,
    cases.flatMap((entry) => entry.body),
    inside,
  )
  const flow = runCases({ machine, cases, value, subject, place: inside }, 0)
  const settled = caught(machine, flow, 'break', null)
  if (settled.kind === 'normal') machine.state = settled.state
  return settled
}

interface Switch {
  readonly machine: Machine
  readonly cases: readonly Case[]
  readonly value: Value
  readonly subject: SyntaxNode
  readonly place: Place
}

/** Tries the cases from `index` on; the default comes last, wherever it stands. */
function runCases(run: Switch, index: number): Flow {
  const { machine, cases, value, subject, place } = run
  const entry = cases[index]
  if (!entry) {
    const fallback = cases.findIndex((candidate) => candidate.test === null)
    return fallback < 0 ? goesOn(machine) : runFrom(machine, bodiesFrom(cases, fallback), 0, place)
  }
  if (!entry.test) return runCases(run, index + 1)
  const written = { node: entry.label, operator: entry.label, spelling: '===' }
  const test = combine(machine, written, [value, subject], [evaluate(machine, entry.test, place), entry.test])
  const truth = truthOf(test)
  const matches = () => runFrom(machine, bodiesFrom(cases, index), 0, place)
  if (truth !== null) return truth ? matches() : runCases(run, index + 1)
  const condition = numberOf(machine, test, entry.label).expr
  const choice = { condition, range: rangeOf(machine, entry.label) }
  return branches(machine, choice, matches, () => runCases(run, index + 1))
}

/** A case without `break` falls through to the next. */
const bodiesFrom = (cases: readonly Case[], index: number): SyntaxNode[] =>
  cases.slice(index).flatMap((entry) => entry.body)

function runTry(machine: Machine, node: SyntaxNode, place: Place): Flow {
  const block = childNamed(node, 'Block')
  const last = childNamed(node, 'FinallyClause')
  const flow = block ? runBlock(machine, block, place) : goesOn(machine)
  const ending = last ? childNamed(last, 'Block') : null
  return ending ? andThen(machine, flow, () => runBlock(machine, ending, place)) : flow
}

function runLabeled(machine: Machine, node: SyntaxNode, place: Place): Flow {
  const label = childNamed(node, 'Label')
  const statement = partsOf(node).at(-1)
  if (!label || !statement) return goesOn(machine)
  const name = textOf(machine, label)
  const flow = LOOPS.has(statement.name)
    ? runLoop(machine, statement, place, name)
    : runStatement(machine, statement, place)
  const settled = caught(machine, flow, 'break', name)
  if (settled.kind === 'normal') machine.state = settled.state
  return settled
}
