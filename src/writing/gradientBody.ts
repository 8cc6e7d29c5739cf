/**
 * The gradient of a derivation as statements: reverse mode, the names of the source, shared parts once. What has no counterpart in the
 * language gives no code at all.
 */

import { partialsOf } from '../calculus/partials'
import { simplifier } from '../calculus/simplify'
import type { Derivation } from '../derivation'
import type { GraphBuilder, GraphNode, NodeId } from '../graph/graph'
import { algebra } from '../operations/algebra'
import { operation } from '../operations/index'
import type { Attributes, Operation } from '../operations/operation'
import { type Form, print } from './print'

/** How a language writes what a graph computes. */
export interface Dialect {
  form(names: ReadonlyMap<NodeId, string>): Form
  canWrite(entry: Operation | undefined, attributes: Attributes): boolean
  /** A variable that gets its value once. */
  declare(name: string, value: string): string
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/

export interface Body {
  readonly forward: readonly string[]
  readonly backward: readonly string[]
  readonly results: readonly string[]
}

/** Statements of the forward pass that are needed, those of the backward pass, and an expression for each input. */
export function bodyOf(
  dialect: Dialect,
  derivation: Derivation,
  calls: ReadonlyMap<NodeId, string>,
  inputs: readonly NodeId[],
  taken: Set<string>,
): Body | null {
  const { factors, builder: code } = partialsOf(derivation, [])
  const { simplify } = simplifier(code)
  for (const call of calls.values()) taken.add(call)
  const names = sourceNames(derivation, code, calls, taken)
  const gradients = new Map<NodeId, NodeId>()
  const steps: { name: string; value: NodeId }[] = []
  // From the output on: each named node is a variable of the backward pass, unless it is a mere name or number.
  for (const id of [...derivation.written].reverse()) {
    const node = code.node(id)
    const isInput = derivation.inputs.includes(id)
    if (id === derivation.output || node.name === null || (isInput && !inputs.includes(id))) continue
    const terms: NodeId[] = []
    for (const { through, local } of factors(id)) {
      const arriving = through === derivation.output ? undefined : gradients.get(through)
      if (through !== derivation.output && arriving === undefined) continue
      terms.push(arriving === undefined ? local : algebra(code).product(arriving, local))
    }
    const sum = terms.reduce<NodeId | null>(
      (total, term) => (total === null ? term : algebra(code).sum(total, term)),
      null,
    )
    const value = simplify(sum ?? code.constant(0))
    if (isInput || code.node(value).inputs.length === 0) {
      gradients.set(id, value)
      continue
    }
    const name = freshName(`grad${capital(names.get(id) ?? 'Part')}`, taken)
    taken.add(name)
    const variable = code.add({
      op: 'input',
      name: { key: name, latex: name, plain: name },
      shape: [],
      origin: 'derived',
    })
    names.set(variable, name)
    gradients.set(id, variable)
    steps.push({ name, value })
  }
  const results = inputs.map((id) => gradients.get(id) ?? code.constant(0))
  return written(dialect, derivation, code, names, steps, results, taken)
}

/** A statement of the forward pass: the node that it names, and what it says. */
interface Line {
  readonly node: NodeId
  readonly name: string
  readonly text: string
}

/** Prints everything, the forward pass only as far as the backward pass looks at it. */
function written(
  dialect: Dialect,
  derivation: Derivation,
  code: GraphBuilder,
  names: Map<NodeId, string>,
  steps: readonly { name: string; value: NodeId }[],
  results: readonly NodeId[],
  taken: Set<string>,
): Body | null {
  const roots = [...steps.map(({ value }) => value), ...results]
  if (!roots.every((id) => isPrintable(dialect, code, id, names))) return null
  const form = dialect.form(names)
  const text = (id: NodeId, writeOut: boolean) => print(code.graph, id, form, writeOut).text
  const gradients = new Set(steps.map(({ name }) => name))
  const shared = sharedParts(dialect, code, roots, names, gradients)
  const parts = shared.map((ids): Line => {
    const node = ids[0] as NodeId
    // Written before it has its name, after the smaller parts in it have theirs.
    const value = text(node, false)
    const name = freshName(partName(code.node(node)), taken)
    taken.add(name)
    for (const id of ids) names.set(id, name)
    return { node, name, text: value }
  })
  const needed = neededNames(code, roots, names)
  const named = derivation.written
    .filter((id) => needed.has(id) && code.node(id).inputs.length > 0 && code.node(id).name !== null)
    .map((node): Line => ({ node, name: names.get(node) as string, text: text(node, true) }))
  return {
    forward: inOrder(code, names, [...named, ...parts]).map(({ name, text: value }) => dialect.declare(name, value)),
    backward: steps.map(({ name, value }) => dialect.declare(name, text(value, false))),
    results: results.map((id) => text(id, false)),
  }
}

/** Each line after those whose names it uses. */
function inOrder(code: GraphBuilder, names: ReadonlyMap<NodeId, string>, lines: readonly Line[]): Line[] {
  const byName = new Map(lines.map((line) => [line.name, line]))
  const done = new Set<Line>()
  const visit = (line: Line): void => {
    if (done.has(line)) return
    for (const name of namesUsed(code, names, line.node)) {
      const other = byName.get(name)
      if (other && other !== line) visit(other)
    }
    done.add(line)
  }
  lines.forEach(visit)
  return [...done]
}

/** The names that stand in a node when it is written out. */
function namesUsed(code: GraphBuilder, names: ReadonlyMap<NodeId, string>, root: NodeId): Set<string> {
  const used = new Set<string>()
  const stack = [...code.node(root).inputs]
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    const name = names.get(id)
    if (name === undefined) stack.push(...code.node(id).inputs)
    else used.add(name)
  }
  return used
}

/** Everything that is looked at from the roots on. */
function neededNames(code: GraphBuilder, roots: readonly NodeId[], names: ReadonlyMap<NodeId, string>): Set<NodeId> {
  const needed = new Set<NodeId>()
  const stack = [...roots]
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (needed.has(id)) continue
    if (names.has(id)) needed.add(id)
    stack.push(...code.node(id).inputs)
  }
  return needed
}

const partName = ({ op }: GraphNode) =>
  operation(op)?.spellings.typescript?.[0]?.startsWith('Math.') ? `${op}Part` : 'part'

/** Expressions shorter than this are as well written twice. */
const SHORTEST_PART = 10

/** Unnamed expressions of the forward pass that are written more than once: the nodes of each, the smaller ones first. */
function sharedParts(
  dialect: Dialect,
  code: GraphBuilder,
  roots: readonly NodeId[],
  names: ReadonlyMap<NodeId, string>,
  gradients: ReadonlySet<string>,
): NodeId[][] {
  const form = dialect.form(names)
  const seen = new Map<string, { ids: NodeId[]; count: number }>()
  /** Whether the expression belongs to the forward pass. One that was met before isn't gone into again: only the whole is shared. */
  const visit = (id: NodeId): boolean => {
    const node = code.node(id)
    const name = names.get(id)
    if (name !== undefined) return !gradients.has(name)
    if (node.inputs.length === 0) return true
    const { text } = print(code.graph, id, form, false)
    const known = seen.get(text)
    if (known) {
      known.count++
      known.ids.push(id)
      return true
    }
    const isForward = node.inputs.map(visit).every(Boolean)
    if (isForward) seen.set(text, { ids: [id], count: 1 })
    return isForward
  }
  roots.forEach(visit)
  return [...seen]
    .filter(([text, { count }]) => count > 1 && text.length >= SHORTEST_PART)
    .sort(([a], [b]) => a.length - b.length)
    .map(([, { ids }]) => ids)
}

export function isPrintable(
  dialect: Dialect,
  code: GraphBuilder,
  id: NodeId,
  names: ReadonlyMap<NodeId, string>,
  asCondition = false,
): boolean {
  const node = code.node(id)
  const entry = operation(node.op)
  // Conditions are booleans in TypeScript: they can only be chosen by, never multiplied with.
  if ((entry?.isCondition ?? false) !== asCondition) return false
  if (names.has(id) || node.op === 'constant') return true
  // Connectives have no threshold of their own: they join conditions.
  const takesConditions = asCondition && entry?.kink === undefined
  return (
    dialect.canWrite(entry, node.attributes) &&
    node.inputs.every((input, i) =>
      isPrintable(dialect, code, input, names, takesConditions || (entry?.isChoice === true && i === 0)),
    )
  )
}

/** The names of the source; a second value of a variable gets a name of its own. */
function sourceNames(
  derivation: Derivation,
  code: GraphBuilder,
  calls: ReadonlyMap<NodeId, string>,
  taken: Set<string>,
): Map<NodeId, string> {
  const names = new Map<NodeId, string>()
  for (const id of derivation.written) {
    const plain = code.node(id).name?.plain
    if (plain === undefined || code.node(id).op === 'constant') continue
    const base = IDENTIFIER.test(plain)
      ? plain
      : plain.replace(/[^\w$]+/g, '_').replace(/^(?=\d)|_+$/g, (mark) => (mark === '' ? '_' : ''))
    const name = calls.get(id) ?? freshName(base, taken)
    taken.add(name)
    names.set(id, name)
  }
  return names
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

export function freshName(name: string, taken: ReadonlySet<string>): string {
  let fresh = name
  for (let k = 2; taken.has(fresh); k++) fresh = `${name}${k}`
  return fresh
}
