/** Loops: unrolled where the number of rounds is known, else everything that they change is opaque. */
import type { SyntaxNode } from '@lezer/common'
import { bindPattern, store } from './assignment'
import { collectionOf } from './collections'
import { conditionOf, evaluate, type Place } from './expression'
import { andThen, caught, type Flow } from './flow'
import { type Machine, objectOf, textOf } from './machine'
import { boundNames, childScope, declaredNames, declareIn, lookUp } from './scope'
import { type Content, changedSince, fork, read, write } from './state'
import { goesOn, runDeclaration, runStatement } from './statements'
import { childNamed, partsOf, walk } from './tree'
import { opaque, type Value } from './value'

export const LOOPS: ReadonlySet<string> = new Set(['ForStatement', 'WhileStatement', 'DoStatement'])

interface Loop {
  readonly machine: Machine
  readonly node: SyntaxNode
  readonly place: Place
  readonly label: string | null
  readonly body: SyntaxNode
  /** Why the loop can't be followed. */
  failed: string | null
}

export function runLoop(machine: Machine, node: SyntaxNode, place: Place, label: string | null): Flow {
  const body = bodyOf(node)
  if (!body) return goesOn(machine)
  const older = machine.program.nextCell
  const definitions = machine.definitions.length
  const base = machine.state
  machine.state = fork(base)
  const inside = { ...place, scope: childScope(place.scope) }
  const loop: Loop = { machine, node, place: inside, label, body, failed: null }
  const spec = childNamed(node, 'ForSpec', 'ForOfSpec', 'ForInSpec')
  const flow = spec && spec.name !== 'ForSpec' ? runForOf(loop, spec) : runCounted(loop, spec)
  if (loop.failed !== null && flow.kind !== 'choice') {
    // The rounds that were run before a loop was given up leave nothing behind.
    machine.state = base
    machine.definitions.length = definitions
    return givenUp(loop, loop.failed)
  }
  const settled = caught(machine, flow, 'break', label, older)
  if (settled.kind !== 'normal') return settled
  for (const cell of changedSince(base, settled.state)) write(base, cell, read(settled.state, cell) as Content)
  machine.state = base
  return goesOn(machine)
}

function bodyOf(node: SyntaxNode): SyntaxNode | null {
  const parts = partsOf(node)
  if (node.name === 'DoStatement') return parts[1] ?? null
  const last = parts.at(-1)
  return last && parts.length > 2 ? last : null
}

function runForOf(loop: Loop, spec: SyntaxNode): Flow {
  const { machine, place } = loop
  const pattern = partsOf(spec).find((part) => /^Variable|Pattern$/.test(part.name))
  const keyword = childNamed(spec, 'of', 'in')
  const source = partsOf(spec).find((part) => keyword && part.from >= keyword.to && part.name !== ')')
  if (!pattern || !source || !keyword) return goesOn(machine)
  for (const name of boundNames(pattern, machine.file.text)) declareIn(place.scope, name, machine.program)
  const value = evaluate(machine, source, place)
  const items = keyword.name === 'of' ? collectionOf(machine, value) : keysOf(machine, value)
  if (!items) return givenUp(loop, 'loop with unknown bounds')
  if (items.length > machine.program.unrollLimit) return givenUp(loop, 'loop with many rounds')
  return forEachItem(loop, pattern, items, 0)
}

function keysOf(machine: Machine, value: Value): Value[] | null {
  const object = value.kind === 'reference' ? objectOf(machine, value) : null
  if (!object || (object.kind === 'record' && object.open)) return null
  const keys = object.kind === 'record' ? [...object.fields.keys()] : [...object.items.keys()].map(String)
  return keys.map((text) => ({ kind: 'text', text }))
}

function forEachItem(loop: Loop, pattern: SyntaxNode, items: readonly Value[], index: number): Flow {
  const { machine, place } = loop
  for (let round = index; round < items.length; round++) {
    bindPattern(machine, pattern, items[round] as Value, place)
    const flow = caught(machine, runStatement(machine, loop.body, place), 'continue', loop.label)
    if (flow.kind === 'choice') return andThen(machine, flow, () => forEachItem(loop, pattern, items, round + 1))
    if (flow.kind !== 'normal') return flow
    machine.state = flow.state
  }
  return goesOn(machine)
}

interface Counting {
  readonly condition: SyntaxNode | null
  readonly step: SyntaxNode | null
}

function runCounted(loop: Loop, spec: SyntaxNode | null): Flow {
  const { machine, node, place } = loop
  if (!spec) {
    const condition = childNamed(node, 'ParenthesizedExpression')
    return rounds(loop, { condition, step: null }, 0, node.name === 'DoStatement')
  }
  const { first, condition, step } = partsOfSpec(spec)
  if (first?.name === 'VariableDeclaration') {
    for (const name of declaredNames(first, machine.file.text))
      if (first.firstChild?.name !== 'var') declareIn(place.scope, name, machine.program)
    runDeclaration(machine, first, place, true)
  } else if (first) evaluate(machine, first, place)
  return rounds(loop, { condition, step }, 0, false)
}

/** The three parts of `for (first; condition; step)`. */
function partsOfSpec(spec: SyntaxNode): {
  first: SyntaxNode | null
  condition: SyntaxNode | null
  step: SyntaxNode | null
} {
  const parts = partsOf(spec)
  const first = parts[1] && parts[1].name !== ';' ? parts[1] : null
  const rest = parts.slice(first ? 2 : 1).filter((part) => part.name !== ')')
  // A declaration holds its semicolon itself.
  const semicolons = rest.filter((part) => part.name === ';')
  const last = semicolons.at(-1)
  const condition = rest.find((part) => part.name !== ';' && (!last || part.to <= last.from)) ?? null
  const step = rest.find((part) => part.name !== ';' && last !== undefined && part.from >= last.to) ?? null
  return { first, condition, step }
}

function rounds(loop: Loop, counting: Counting, start: number, bodyFirst: boolean): Flow {
  const { machine, place } = loop
  for (let round = start; ; round++) {
    if (!(bodyFirst && round === 0)) {
      const more = counting.condition ? conditionOf(machine, counting.condition, place) : true
      if (more === false) return goesOn(machine)
      if (more !== true) return givenUp(loop, 'loop with unknown bounds')
    }
    if (round >= machine.program.unrollLimit) return givenUp(loop, 'loop with many rounds')
    const flow = caught(machine, runStatement(machine, loop.body, place), 'continue', loop.label)
    const step = (): Flow => {
      if (counting.step) evaluate(machine, counting.step, place)
      return goesOn(machine)
    }
    if (flow.kind === 'choice')
      return andThen(machine, flow, () => {
        step()
        return rounds(loop, counting, round + 1, false)
      })
    if (flow.kind !== 'normal') return flow
    machine.state = flow.state
    step()
  }
}

/** A loop that can't be followed: what it assigns isn't known after it. */
function givenUp(loop: Loop, reason: string): Flow {
  const { machine, node } = loop
  loop.failed = reason
  let returns = false
  walk(node, (part) => {
    if (part.name === 'ReturnStatement') returns = true
    const target = assignedIn(machine, part)
    if (target) forget(loop, target, reason)
    else if (part.name === 'VariableName') forgetObject(loop, part, reason)
    return !/Function/.test(part.name)
  })
  return returns ? { kind: 'return', value: opaque(reason), state: machine.state } : goesOn(machine)
}

/** The variable or object that an expression changes. */
function assignedIn(machine: Machine, node: SyntaxNode): SyntaxNode | null {
  if (node.name === 'CallExpression' && node.firstChild?.name === 'MemberExpression') return node.firstChild
  const operator = childNamed(node, 'ArithOp')
  const steps = operator !== null && /^(\+\+|--)$/.test(textOf(machine, operator))
  if (node.name !== 'AssignmentExpression' && !steps) return null
  return partsOf(node).find((part) => /^VariableName$|^MemberExpression$/.test(part.name)) ?? null
}

function forget(loop: Loop, target: SyntaxNode, reason: string): void {
  const { machine, place } = loop
  let root = target
  while (root.name === 'MemberExpression' && root.firstChild) root = root.firstChild
  if (root.name === 'this' && target.parent?.name !== 'CallExpression') store(machine, target, opaque(reason), place)
  const variable = root.name === 'VariableName' ? lookUp(place.scope, textOf(machine, root)) : null
  if (!variable || variable.file) return
  const isCall = target.parent?.name === 'CallExpression' && target.parent.firstChild?.from === target.from
  const content = read(machine.state, variable.cell)
  if (!isCall || content?.kind === 'reference') write(machine.state, variable.cell, opaque(reason))
}

/** A list or record that a loop names may be changed by what it is passed to. */
function forgetObject({ machine, place }: Loop, name: SyntaxNode, reason: string): void {
  const variable = lookUp(place.scope, textOf(machine, name))
  if (!variable || variable.file || read(machine.state, variable.cell)?.kind !== 'reference') return
  write(machine.state, variable.cell, opaque(reason))
}
