/** The gradient of a function as readable TypeScript. What has no counterpart in TypeScript gives no code at all. */
import type { Derivation, Signature } from '../derivation'
import type { GraphBuilder, GraphNode, NodeId } from '../graph/graph'
import { operation } from '../operations/index'
import { type Operation, PRECEDENCE, type Printed } from '../operations/operation'
import { type Body, bodyOf, type Dialect, freshName, isPrintable } from './gradientBody'
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
  return isPrintable(TYPESCRIPT, builder, id, names)
    ? print(builder.graph, id, typescriptForm(names), false).text
    : null
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
  const body = bodyOf(TYPESCRIPT, derivation, calls, inputs, new Set([...GLOBALS, ...roots, instance]))
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

const canWrite = (entry: Operation | undefined): boolean =>
  entry !== undefined && (entry.expression?.typescript !== undefined || (entry.spellings.typescript ?? []).length > 0)

function typescriptForm(names: ReadonlyMap<NodeId, string>): Form {
  return {
    name: (node) => names.get(node.id) ?? null,
    named: (text) => ({ text, precedence: PRECEDENCE.atom }),
    leaf: (node) => number(node.attributes.value as number, node.attributes.text),
    operation: (entry, inputs, attributes) => {
      const [a, b] = inputs
      if (!a) return { text: 'NaN', precedence: PRECEDENCE.atom }
      const own = entry.expression?.typescript
      if (own) return own(inputs)
      const spelling = entry.spellings.typescript?.[0] ?? ''
      if (/^[\w.]+$/.test(spelling)) {
        return { text: `${spelling}(${inputs.map(({ text }) => text).join(', ')})`, precedence: PRECEDENCE.atom }
      }
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

export const TYPESCRIPT: Dialect = {
  form: typescriptForm,
  canWrite,
  declare: (name, value) => `const ${name} = ${value}`,
}
