/** A derivation of a note as a program: the function and its gradient, in TypeScript or in Python with NumPy. */
import type { Derivation } from '../derivation'
import type { NodeId } from '../graph/graph'
import { graphBuilder } from '../graph/graph'
import { bodyOf, type Dialect, freshName, isPrintable } from './gradientBody'
import { NUMPY } from './numpy'
import { print } from './print'
import { textNames } from './text'
import { TYPESCRIPT } from './typescript'

export type ProgramLanguage = 'typescript' | 'python'

/** Words that no variable can have as its name. */
const RESERVED: Readonly<Record<ProgramLanguage, string>> = {
  typescript:
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof let new null return static super switch this throw true try typeof var void while with yield Math Number',
  python:
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield np',
}

interface Program {
  readonly name: string
  readonly parameters: readonly string[]
  /** The parameters by which it is differentiated, and the gradient by each. */
  readonly by: readonly string[]
  readonly forward: readonly string[]
  readonly result: string
  /** Of the gradient's function, before it returns. */
  readonly backward: readonly string[]
  readonly gradients: readonly string[]
  /** The gradient that arrives from later, where the note speaks of one. */
  readonly upstream: string | null
}

const textOf = (program: Program, language: ProgramLanguage): string =>
  language === 'typescript' ? typescriptOf(program) : pythonOf(program)

/**
 * For each derivation a function that computes the output from the inputs, and one that gives its gradient by each of them,
 * as one text, each function once; empty where none can be written: TypeScript has no arrays.
 */
export function programsOf(derivations: readonly Derivation[], language: ProgramLanguage): string {
  const taken = new Set<string>()
  const parts: string[] = []
  for (const derivation of derivations) {
    const program = partsOf(derivation, language)
    if (!program) continue
    const name = freshName(program.name, taken)
    taken.add(name)
    parts.push(textOf({ ...program, name }, language))
  }
  if (parts.length === 0) return ''
  return language === 'typescript' ? `${parts.join('\n\n')}\n` : `import numpy as np\n\n\n${parts.join('\n\n\n')}\n`
}

const isScalar = (shape: readonly unknown[] | null | undefined): boolean => (shape ?? []).length === 0

function partsOf(derivation: Derivation, language: ProgramLanguage): Program | null {
  const { written, inputs, output, upstream } = derivation
  const dialect: Dialect = language === 'typescript' ? TYPESCRIPT : NUMPY
  const ofNumbers = written.every((id) => isScalar(derivation.graph.nodes[id]?.shape))
  if (inputs.length === 0 || (language === 'typescript' && !ofNumbers)) return null
  // Gradients are nodes of the graph once they were asked for.
  for (const id of inputs) derivation.gradient(id)
  const names = namesOf(derivation, language)
  const by = inputs.flatMap((id) => names.get(id) ?? [])
  const forward = forwardOf(derivation, dialect, names)
  const gradients = (ofNumbers ? gradientsOfNumbers : gradientsOfArrays)(
    derivation,
    dialect,
    names,
    forward?.lines ?? [],
  )
  if (!forward || !gradients || by.length < inputs.length) return null
  return {
    name: names.get(output) ?? 'f',
    parameters: by,
    by,
    forward: forward.lines,
    result: forward.result,
    upstream: upstream ? (names.get(upstream.node) ?? null) : null,
    ...gradients,
  }
}

/** A name for each named node that no word of the language is. */
function namesOf({ written, upstream, graph }: Derivation, language: ProgramLanguage): Map<NodeId, string> {
  const taken = new Set(RESERVED[language].split(' '))
  const names = new Map<NodeId, string>()
  const ids = [...written, ...(upstream ? [upstream.node] : [])].filter((id) => graph.nodes[id]?.op !== 'constant')
  for (const [id, text] of textNames(graph, ids)) {
    const own = taken.has(text) ? freshName(`${text}_`, taken) : text
    taken.add(own)
    names.set(id, own)
  }
  return names
}

/** A line for each name between the inputs and the output, and the output's expression. */
function forwardOf({ graph, written, inputs, output }: Derivation, dialect: Dialect, names: Map<NodeId, string>) {
  const builder = graphBuilder(graph)
  const named = written.filter((id) => names.has(id) && id !== output && !inputs.includes(id))
  if (![...named, output].every((id) => isPrintable(dialect, builder, id, without(names, id)))) return null
  const text = (id: NodeId) => print(graph, id, dialect.form(names), true).text
  return { lines: named.map((id) => dialect.declare(names.get(id) as string, text(id))), result: text(output) }
}

type Gradients = Pick<Program, 'backward' | 'gradients'>

function gradientsOfNumbers(derivation: Derivation, dialect: Dialect, names: Map<NodeId, string>): Gradients | null {
  const { inputs, upstream } = derivation
  const body = bodyOf(dialect, derivation, names, inputs, new Set(names.values()))
  const arriving = upstream ? names.get(upstream.node) : undefined
  return (
    body && {
      backward: [...body.forward, ...body.backward],
      gradients: body.results.map((result) => (arriving === undefined ? result : `${arriving} * (${result})`)),
    }
  )
}

function gradientsOfArrays(
  derivation: Derivation,
  dialect: Dialect,
  names: Map<NodeId, string>,
  forward: readonly string[],
): Gradients | null {
  const { graph, inputs, output } = derivation
  const builder = graphBuilder(graph)
  const known = without(names, output)
  const gradients: string[] = []
  for (const id of inputs) {
    const node = derivation.gradient(id)?.node
    if (node === undefined || !isPrintable(dialect, builder, node, known)) return null
    gradients.push(print(graph, node, dialect.form(known), false).text)
  }
  return { backward: forward, gradients }
}

const without = (names: ReadonlyMap<NodeId, string>, id: NodeId): Map<NodeId, string> =>
  new Map([...names].filter(([each]) => each !== id))

function typescriptOf({ name, parameters, by, forward, result, backward, gradients, upstream }: Program): string {
  const list = parameters.map((parameter) => `${parameter}: number`)
  const all = upstream === null ? list : [...list, `${upstream}: number`]
  const fields = by.map((key, k) => (gradients[k] === key ? key : `${key}: ${gradients[k]}`))
  return [
    `export function ${name}(${list.join(', ')}): number {`,
    ...forward.map((each) => `  ${each}`),
    `  return ${result}`,
    '}',
    '',
    `/** The gradient of \`${name}\` by each of its inputs. */`,
    `export function ${name}Gradient(${all.join(', ')}): { ${by.map((key) => `${key}: number`).join('; ')} } {`,
    ...backward.map((each) => `  ${each}`),
    `  return { ${fields.join(', ')} }`,
    '}',
  ].join('\n')
}

function pythonOf({ name, parameters, by, forward, result, backward, gradients, upstream }: Program): string {
  const all = upstream === null ? parameters : [...parameters, upstream]
  return [
    `def ${name}(${parameters.join(', ')}):`,
    ...forward.map((each) => `    ${each}`),
    `    return ${result}`,
    '',
    '',
    `def ${name}_gradient(${all.join(', ')}):`,
    `    """The gradient of ${name} by each of its inputs."""`,
    ...backward.map((each) => `    ${each}`),
    `    return {${by.map((key, k) => `'${key}': ${gradients[k]}`).join(', ')}}`,
  ].join('\n')
}
