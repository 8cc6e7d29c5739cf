/**
 * The gradient of a function as readable TypeScript: reverse mode, the names of the source, shared parts once. What has no
 * counterpart in TypeScript gives no code at all.
 */
import { partialsOf } from '../calculus/partials'
import { simplifier } from '../calculus/simplify'
import type { Derivation } from '../derivation'
import type { GraphBuilder, GraphNode, NodeId } from '../graph/graph'
import { operation } from '../operations/index'
import { type Operation, PRECEDENCE, type Printed } from '../operations/operation'
import { exactNumber } from './number'
import { type Form, print } from './print'

export interface GradientCode {
  /** `neuronGradient` */
  readonly name: string
  /** Parameters by which it differentiates, in order. */
  readonly by: readonly string[]
  readonly code: string
}

export interface GradientCodeOptions {
  /** Of the function that is differentiated. */
  readonly name: string
  readonly parameters: readonly string[]
  /** TypeScript, not JavaScript. */
  readonly typed: boolean
  readonly exported: boolean
  /** Names that mean something else in the file. */
  readonly taken: ReadonlySet<string>
}

/** What the generated code itself refers to. */
const GLOBALS = ['Math', 'Number']

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/

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
  const nameOf = (id: NodeId) => nodes[id]?.name?.plain ?? ''
  const isParameter = (id: NodeId) => options.parameters.includes(nameOf(id))
  const inputs = derivation.inputs.filter(isParameter)
  // Whatever else it computes from is a constant of the module, which the new function sees as well.
  const isKnown = (id: NodeId) => isParameter(id) || (IDENTIFIER.test(nameOf(id)) && options.taken.has(nameOf(id)))
  if (!options.parameters.every((name) => IDENTIFIER.test(name))) return null
  if (inputs.length === 0 || !derivation.inputs.every(isKnown)) return null
  if (derivation.written.some((id) => !isWritable(nodes[id] as GraphNode))) return null
  const name = freshName(`${options.name}Gradient`, options.taken)
  const body = bodyOf(derivation, options, inputs)
  const by = inputs.map(nameOf)
  return body && { name, by, code: functionCode(name, by, body, options) }
}

function isWritable(node: GraphNode): boolean {
  if ((node.shape ?? []).length > 0) return false
  return node.op === 'input' || node.op === 'constant' || canWrite(operation(node.op))
}

function functionCode(name: string, inputs: readonly string[], body: Body, options: GradientCodeOptions): string {
  const typed = (text: string, type: string) => (options.typed ? `${text}: ${type}` : text)
  const list = options.parameters.map((parameter) => typed(parameter, 'number')).join(', ')
  const result = `{ ${inputs.map((input) => `${input}: number`).join('; ')} }`
  const lines = [
    `/** Gradient of \`${options.name}\`: the derivative of its result by ${sentenceList(inputs)}. */`,
    `${options.exported ? 'export ' : ''}function ${name}(${list})${options.typed ? `: ${result}` : ''} {`,
    ...body.forward.map((line) => `  ${line}`),
    ...body.backward.map((line) => `  ${line}`),
    `  return { ${inputs.map((input, i) => (body.results[i] === input ? input : `${input}: ${body.results[i]}`)).join(', ')} }`,
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

interface Body {
  readonly forward: readonly string[]
  readonly backward: readonly string[]
  readonly results: readonly string[]
}

/** Statements of the forward pass that are needed, those of the backward pass, and an expression for each input. */
function bodyOf(derivation: Derivation, options: GradientCodeOptions, inputs: readonly NodeId[]): Body | null {
  const { factors, builder: code } = partialsOf(derivation, [])
  const { simplify } = simplifier(code)
  const taken = new Set([...GLOBALS, ...options.parameters])
  for (const id of derivation.inputs) taken.add(code.node(id).name?.plain ?? '')
  const names = sourceNames(derivation, code, taken)
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
  const parts = shared.map((ids) => {
    const first = ids[0] as NodeId
    // Written before it has its name, after the smaller parts in it have theirs.
    const value = text(first, false)
    const name = freshName(partName(code.node(first)), taken)
    taken.add(name)
    for (const id of ids) names.set(id, name)
    return `const ${name} = ${value}`
  })
  const needed = neededNames(code, roots, names)
  const forward = derivation.written
    .filter((id) => needed.has(id) && code.node(id).inputs.length > 0 && code.node(id).name !== null)
    .map((id) => `const ${names.get(id)} = ${text(id, true)}`)
  return {
    forward: [...forward, ...parts],
    backward: steps.map(({ name, value }) => `const ${name} = ${text(value, false)}`),
    results: results.map((id) => text(id, false)),
  }
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

/** Conditions are booleans in TypeScript: they can only be chosen by, never multiplied with. */
const CONDITIONS = new Set(['less', 'lessEqual', 'greater', 'greaterEqual', 'equal', 'notEqual', 'and', 'or', 'not'])

function isPrintable(code: GraphBuilder, id: NodeId, names: ReadonlyMap<NodeId, string>, asCondition = false): boolean {
  const node = code.node(id)
  if (CONDITIONS.has(node.op) !== asCondition) return false
  if (names.has(id) || node.op === 'constant') return true
  const takesConditions = asCondition && ['and', 'or', 'not'].includes(node.op)
  return (
    canWrite(operation(node.op)) &&
    node.inputs.every((input, i) =>
      isPrintable(code, input, names, takesConditions || (node.op === 'select' && i === 0)),
    )
  )
}

/** The names of the source; a second value of a variable gets a name of its own. */
function sourceNames(derivation: Derivation, code: GraphBuilder, taken: Set<string>): Map<NodeId, string> {
  const names = new Map<NodeId, string>()
  for (const id of derivation.written) {
    const plain = code.node(id).name?.plain
    if (plain === undefined || code.node(id).op === 'constant') continue
    const isInput = derivation.inputs.includes(id)
    const base = IDENTIFIER.test(plain) ? plain : plain.replace(/[^\w$]+/g, '_').replace(/^(?=\d)/, '_')
    const name = isInput ? plain : freshName(base, taken)
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
      if (/^[A-Za-z.]+$/.test(spelling)) {
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
