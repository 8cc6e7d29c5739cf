/**
 * The gradient of a function as readable TypeScript: reverse mode, the names of the source, shared parts once. What has no
 * counterpart in TypeScript gives no code at all.
 */
import { partialsOf } from '../calculus/partials'
import { simplifier } from '../calculus/simplify'
import type { Derivation, Signature } from '../derivation'
import type { GraphBuilder, GraphNode, NodeId } from '../graph/graph'
import { operation } from '../operations/index'
import { type Operation, PRECEDENCE, type Printed } from '../operations/operation'
import { exactNumber } from './number'
import { type Form, print } from './print'

export interface GradientCode {
  /** `neuronGradient` */
  readonly name: string
  /** What it differentiates by, as the code calls it: `w`, `p.x`, `v[0]`. */
  readonly by: readonly string[]
  readonly code: string
}

export interface GradientCodeOptions {
  /** Of the function that is differentiated. */
  readonly name: string
  readonly signature: Signature
  /** TypeScript, not JavaScript. */
  readonly typed: boolean
  readonly exported: boolean
  /** Names that mean something else in the file. */
  readonly taken: ReadonlySet<string>
  /** Fields that only the class itself sees. */
  readonly hidden?: ReadonlySet<string>
}

/** What the generated code itself refers to. */
const GLOBALS = ['Math', 'Number']

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/
/** A name and parts of it. */
const PLACE = /^([A-Za-z_$][\w$]*)((?:\.[A-Za-z_$][\w$]*|\[\d+\])*)$/

/** One expression, its leaves called by `names`; `null` where it has no counterpart in TypeScript. */
export function expressionTypeScript(
  builder: GraphBuilder,
  id: NodeId,
  names: ReadonlyMap<NodeId, string>,
): string | null {
  return isPrintable(builder, id, names) ? print(builder.graph, id, typescriptForm(names), false).text : null
}

/** The code, or `null` where something in the function can't be written. */
export function gradientCode(derivation: Derivation, options: GradientCodeOptions): GradientCode | null {
  const { nodes } = derivation.graph
  const { signature } = options
  // What is unrolled for one length would be wrong for all others.
  if (signature.anyLength || derivation.written.some((id) => !isWritable(nodes[id] as GraphNode))) return null
  const instance = instanceName(options)
  const calls = new Map<NodeId, string>()
  for (const id of derivation.inputs) {
    const call = callOf(nodes[id] as GraphNode, options, instance)
    if (call === null) return null
    calls.set(id, call)
  }
  const roots = rootsOf(signature)
  const inputs = derivation.inputs.filter((id) => roots.has(PLACE.exec(calls.get(id) ?? '')?.[1] ?? ''))
  if (inputs.length === 0) return null
  const name = freshName(`${options.name}Gradient`, options.taken)
  const body = bodyOf(derivation, calls, inputs, new Set([...GLOBALS, ...roots, instance]))
  const by = inputs.map((id) => calls.get(id) as string)
  return body && { name, by, code: functionCode(name, by, body, options, instance) }
}

/** The names that the parameters bind. */
const rootsOf = ({ parameters }: Signature): Set<string> =>
  new Set(parameters.flatMap(({ name, text }) => (name === null ? namesIn(text) : [name])))

/** The names in a pattern: those of its types and keys bind nothing, but stand for no input either. */
const namesIn = (pattern: string): string[] => pattern.match(/[A-Za-z_$][\w$]*/g) ?? []

/** What the object of a method is called as a parameter: `model` of a class `Model`. */
function instanceName({ signature, taken }: GradientCodeOptions): string {
  const { receiver } = signature
  if (receiver === null) return ''
  return freshName(receiver.charAt(0).toLowerCase() + receiver.slice(1), new Set([...taken, ...rootsOf(signature)]))
}

/** How code of its own says an input: a parameter or a part of one, a field, a constant of the module; `null`: it can't. */
function callOf(
  { name }: GraphNode,
  { signature, taken, hidden }: GradientCodeOptions,
  instance: string,
): string | null {
  const { key = '', plain = '' } = name ?? {}
  const [, root = ''] = PLACE.exec(plain) ?? []
  if (key.startsWith('this.')) {
    const isSeen = instance !== '' && root !== '' && !hidden?.has(root)
    return isSeen ? `${instance}.${plain}` : null
  }
  return rootsOf(signature).has(root) || (IDENTIFIER.test(plain) && taken.has(plain)) ? plain : null
}

function isWritable(node: GraphNode): boolean {
  if ((node.shape ?? []).length > 0) return false
  return node.op === 'input' || node.op === 'constant' || canWrite(operation(node.op))
}

function functionCode(
  name: string,
  by: readonly string[],
  body: Body,
  { name: of, signature, typed, exported }: GradientCodeOptions,
  instance: string,
): string {
  const receiver = instance === '' ? [] : [typed ? `${instance}: ${signature.receiver}` : instance]
  const list = [...receiver, ...signature.parameters.map(({ text }) => text)].join(', ')
  const results = structureOf(by, body.results)
  const lines = [
    `/** Gradient of \`${of}\`: the derivative of its result by ${sentenceList(by)}. */`,
    `${exported ? 'export ' : ''}function ${name}(${list})${typed ? `: ${typeOf(results)}` : ''} {`,
    ...[...body.forward, ...body.backward].map((line) => `  ${line}`),
    `  return ${literalOf(results)}`,
    '}',
  ]
  return lines.join('\n')
}

const sentenceList = (names: readonly string[]) =>
  names.length < 2
    ? `\`${names.join()}\``
    : `${names
        .slice(0, -1)
        .map((name) => `\`${name}\``)
        .join(', ')} and \`${names.at(-1)}\``

/** What the gradient returns: built as the parameters are, a number for each number that they hold. */
type Structure = string | Map<string | number, Structure>

function structureOf(by: readonly string[], results: readonly string[]): Map<string | number, Structure> {
  const whole = new Map<string | number, Structure>()
  by.forEach((place, k) => {
    const path = [...place.matchAll(/([A-Za-z_$][\w$]*)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index))
    const last = path.pop() as string | number
    let at = whole
    for (const part of path) {
      const inner = at.get(part)
      const next: Structure = inner instanceof Map ? inner : new Map()
      at.set(part, next)
      at = next
    }
    at.set(last, results[k] as string)
  })
  return whole
}

/** The items of a list: a place that the function doesn't use has the gradient 0. */
function itemsOf(list: ReadonlyMap<string | number, Structure>): Structure[] {
  const length = 1 + Math.max(...[...list.keys()].map(Number))
  return Array.from({ length }, (_item, index) => list.get(index) ?? '0')
}

const isList = (structure: ReadonlyMap<string | number, Structure>): boolean =>
  [...structure.keys()].every((key) => typeof key === 'number')

function literalOf(structure: Structure): string {
  if (typeof structure === 'string') return structure
  if (isList(structure)) return `[${itemsOf(structure).map(literalOf).join(', ')}]`
  const fields = [...structure].map(([key, value]) => (value === key ? value : `${key}: ${literalOf(value)}`))
  return `{ ${fields.join(', ')} }`
}

function typeOf(structure: Structure): string {
  if (typeof structure === 'string') return 'number'
  if (!isList(structure)) return `{ ${[...structure].map(([key, value]) => `${key}: ${typeOf(value)}`).join('; ')} }`
  const types = itemsOf(structure).map(typeOf)
  return types.every((type) => type === types[0])
    ? `${types[0]}[]`.replace(/^(\{.*\})\[\]$/, '($1)[]')
    : `[${types.join(', ')}]`
}

interface Body {
  readonly forward: readonly string[]
  readonly backward: readonly string[]
  readonly results: readonly string[]
}

/** Statements of the forward pass that are needed, those of the backward pass, and an expression for each input. */
function bodyOf(
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
      terms.push(arriving === undefined ? local : code.apply('multiply', [arriving, local]))
    }
    const sum = terms.reduce<NodeId | null>(
      (total, term) => (total === null ? term : code.apply('add', [total, term])),
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
  return written(derivation, code, names, steps, results, taken)
}

/** A statement of the forward pass: the node that it names, and what it says. */
interface Line {
  readonly node: NodeId
  readonly name: string
  readonly text: string
}

/** Prints everything, the forward pass only as far as the backward pass looks at it. */
function written(
  derivation: Derivation,
  code: GraphBuilder,
  names: Map<NodeId, string>,
  steps: readonly { name: string; value: NodeId }[],
  results: readonly NodeId[],
  taken: Set<string>,
): Body | null {
  const roots = [...steps.map(({ value }) => value), ...results]
  if (!roots.every((id) => isPrintable(code, id, names))) return null
  const form = typescriptForm(names)
  const text = (id: NodeId, writeOut: boolean) => print(code.graph, id, form, writeOut).text
  const gradients = new Set(steps.map(({ name }) => name))
  const shared = sharedParts(code, roots, names, gradients)
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
    forward: inOrder(code, names, [...named, ...parts]).map(({ name, text: value }) => `const ${name} = ${value}`),
    backward: steps.map(({ name, value }) => `const ${name} = ${text(value, false)}`),
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
  code: GraphBuilder,
  roots: readonly NodeId[],
  names: ReadonlyMap<NodeId, string>,
  gradients: ReadonlySet<string>,
): NodeId[][] {
  const form = typescriptForm(names)
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

function isPrintable(code: GraphBuilder, id: NodeId, names: ReadonlyMap<NodeId, string>, asCondition = false): boolean {
  const node = code.node(id)
  const entry = operation(node.op)
  // Conditions are booleans in TypeScript: they can only be chosen by, never multiplied with.
  if ((entry?.isCondition ?? false) !== asCondition) return false
  if (names.has(id) || node.op === 'constant') return true
  // Connectives have no threshold of their own: they join conditions.
  const takesConditions = asCondition && entry?.kink === undefined
  return (
    canWrite(entry) &&
    node.inputs.every((input, i) =>
      isPrintable(code, input, names, takesConditions || (node.op === 'select' && i === 0)),
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

function freshName(name: string, taken: ReadonlySet<string>): string {
  let fresh = name
  for (let k = 2; taken.has(fresh); k++) fresh = `${name}${k}`
  return fresh
}

const canWrite = (entry: Operation | undefined): boolean =>
  entry !== undefined &&
  (entry.expression?.typescript !== undefined ||
    entry.name === 'identity' ||
    entry.name === 'negate' ||
    entry.name === 'select' ||
    (entry.spellings.typescript ?? []).length > 0)

function typescriptForm(names: ReadonlyMap<NodeId, string>): Form {
  return {
    name: (node) => names.get(node.id) ?? null,
    named: (text) => ({ text, precedence: PRECEDENCE.atom }),
    leaf: (node) => number(node.attributes.value as number, node.attributes.text),
    operation: (entry, inputs, attributes) => {
      const [a, b, c] = inputs
      if (!a) return { text: 'NaN', precedence: PRECEDENCE.atom }
      const own = entry.expression?.typescript
      if (own) return own(inputs)
      if (entry.name === 'select' && b && c) {
        return { text: `(${a.text} ? ${b.text} : ${c.text})`, precedence: PRECEDENCE.atom }
      }
      const spelling = entry.spellings.typescript?.[0] ?? ''
      if (/^[\w.]+$/.test(spelling)) {
        return { text: `${spelling}(${inputs.map(({ text }) => text).join(', ')})`, precedence: PRECEDENCE.atom }
      }
      if (spelling === '!') return { text: `!${atom(a)}`, precedence: PRECEDENCE.prefix }
      const plain = entry.text(inputs, attributes)
      if (!b) return plain
      // A power and a comparison are spelled differently; sums and products as in plain text.
      if (plain.precedence === PRECEDENCE.power) return { ...plain, text: `${atom(a)} ${spelling} ${atom(b)}` }
      if (plain.precedence === PRECEDENCE.comparison) return { ...plain, text: `${a.text} ${spelling} ${b.text}` }
      return plain
    },
  }
}

const atom = ({ text, precedence }: Printed) => (precedence < PRECEDENCE.atom ? `(${text})` : text)

function number(value: number, text: unknown): Printed {
  if (text === '\\pi' || text === 'π' || text === 'Math.PI') return { text: 'Math.PI', precedence: PRECEDENCE.atom }
  if (!Number.isFinite(value)) {
    const name = Number.isNaN(value)
      ? 'Number.NaN'
      : value > 0
        ? 'Number.POSITIVE_INFINITY'
        : 'Number.NEGATIVE_INFINITY'
    return { text: name, precedence: PRECEDENCE.atom }
  }
  return { text: exactNumber(value), precedence: value < 0 ? PRECEDENCE.negation : PRECEDENCE.atom }
}
