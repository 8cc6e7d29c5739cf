/** What a drawing of a derivation shows, before anything has a place: nodes and edges with their captions in LaTeX. */
import type { Derivation, Gradient } from '../derivation'
import type { GraphNode, NodeId } from '../graph/graph'
import { operation } from '../operations/index'
import { type Operation, PRECEDENCE, type Printed, type Tensor } from '../operations/operation'
import { derivativeLatex } from '../writing/chain'
import { latexOf, printedLatex } from '../writing/latex'
import { latexTensor, plainTensor } from '../writing/tensor'
import { expressionText, textOf } from '../writing/text'
import { type Groups, groupsOf } from './groups'

/** Gradients as formulas or as numbers. */
export type Mode = 'symbols' | 'numbers'

export interface PictureOptions {
  readonly mode: Mode
  /** Draw the unnamed parts of a named expression as one node, except those of the nodes in `expanded`. */
  readonly collapsed: boolean
  readonly expanded: ReadonlySet<NodeId>
}

/** `output` is the name behind the last edge; `group` a named node that stands for all of its expression. */
export type PictureKind = 'input' | 'constant' | 'operation' | 'opaque' | 'group' | 'output'

/** Ways of saying one thing, the best first: the first that has room is drawn. */
export type Caption = readonly string[]

export interface PictureNode {
  readonly id: NodeId
  readonly kind: PictureKind
  /** In the circle, or the leaf itself. */
  readonly symbol: Caption
  /** Under the circle. */
  readonly name: string | null
  /** Sum of what comes back along several edges. */
  readonly total: Caption
  /** Graph nodes that it stands for beside its own: constants in its symbol, the inside of a group. */
  readonly inside: readonly NodeId[]
  /** For those who listen instead of looking. */
  readonly spoken: { readonly expression: string; readonly value: string | null; readonly gradient: string | null }
}
export interface PictureEdge {
  /** Indices into the nodes of the picture. */
  readonly from: number
  readonly to: number
  readonly value: Caption
  readonly shape: string | null
  readonly gradient: Caption
}
export interface Picture {
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
  /** Whether parts are collapsed into groups, and could be. */
  readonly groups: number
}

/** Rows and columns up to which a matrix stands on an edge as a table. */
const MOST_CELLS = 5
/** With more nodes than this, edges carry numbers alone and nodes are spoken of by name: formulas would take too long. */
const MANY = 150

/** A leaf with more uses is drawn beside each of them where the graph is large. */
const FEW_USES = 2
/** Nobody listens to a longer formula. */
const LONGEST_SPOKEN = 240

/** What is to be drawn. */
export function pictureOf(derivation: Derivation, options: PictureOptions): Picture {
  const groups = groupsOf(derivation, options)
  const folded = foldedConstants(derivation, groups)
  const nodes: PictureNode[] = []
  const edges: PictureEdge[] = []
  const indexOf = new Map<NodeId, number>()
  const many = derivation.written.filter((id) => groups.ownerOf(id) === id).length > MANY
  const gradients = new Map<NodeId, Gradient | null>()
  const place: Place = { derivation, options, groups, many, gradients }

  for (const id of derivation.written) {
    const node = derivation.graph.nodes[id] as GraphNode
    if (groups.ownerOf(id) !== id || node.op === 'constant') continue
    if (isRepeated(place, node)) continue
    const index = nodes.length
    indexOf.set(id, index)
    nodes.push(nodeOf(place, node, folded.get(id) ?? []))
    for (const { input, slot } of groups.inputsOf(id)) {
      const from = indexOf.get(input)
      const leaf = derivation.graph.nodes[input] as GraphNode
      if (folded.get(id)?.includes(input)) continue
      if (from !== undefined) {
        edges.push(edgeOf(place, input, id, slot, from, index))
        continue
      }
      // Drawn anew beside each use: a line across the picture would say nothing.
      const bare = { from: nodes.length, to: index, value: [], shape: null, gradient: [] }
      edges.push(leaf.op === 'constant' ? bare : edgeOf(place, input, id, slot, nodes.length, index))
      nodes.push(nodeOf(place, leaf, []))
    }
  }
  const last = indexOf.get(derivation.output)
  if (last !== undefined) {
    edges.push({ ...edgeOf(place, derivation.output, null, 0, last, nodes.length) })
    nodes.push(outputOf(derivation))
  }
  return { nodes, edges, groups: groups.count }
}

/** In a large graph an input that is used everywhere. */
const isRepeated = ({ many, groups, derivation }: Place, node: GraphNode): boolean =>
  many && node.op === 'input' && node.id !== derivation.output && groups.usersOf(node.id) > FEW_USES

interface Place {
  readonly derivation: Derivation
  readonly options: PictureOptions
  readonly groups: Groups
  readonly many: boolean
  readonly gradients: Map<NodeId, Gradient | null>
}

function gradientOf(place: Place, id: NodeId): Gradient | null {
  const known = place.gradients.get(id)
  if (known !== undefined) return known
  const gradient = place.derivation.gradient(id)
  place.gradients.set(id, gradient)
  return gradient
}

function nodeOf(place: Place, node: GraphNode, folded: readonly NodeId[]): PictureNode {
  const { derivation, groups } = place
  const inside = groups.insideOf(node.id)
  const kind = kindOf(node, inside)
  const named = node.name?.latex ?? null
  const isOutput = node.id === derivation.output
  return {
    id: node.id,
    kind,
    symbol: symbolOf(derivation, node, kind, folded),
    name: kind === 'operation' && !isOutput ? named : null,
    total: groups.usersOf(node.id) > 1 && kind !== 'constant' ? totalOf(place, node) : [],
    inside: [...folded, ...inside],
    spoken: {
      expression: place.many ? (node.name?.plain ?? node.op) : spokenOf(derivation, node),
      value: spokenValue(derivation.value(node.id)),
      gradient: kind === 'constant' || place.many ? null : spokenGradient(place, node.id),
    },
  }
}

function kindOf(node: GraphNode, inside: readonly NodeId[]): PictureKind {
  if (inside.length > 0) return 'group'
  if (node.op === 'constant') return 'constant'
  if (node.op === 'opaque') return 'opaque'
  return node.inputs.length === 0 ? 'input' : 'operation'
}

function outputOf(derivation: Derivation): PictureNode {
  const { plain, latex } = derivation.name
  return {
    id: derivation.output,
    kind: 'output',
    symbol: [latex],
    name: null,
    total: [],
    inside: [],
    spoken: { expression: plain, value: null, gradient: null },
  }
}

function symbolOf(derivation: Derivation, node: GraphNode, kind: PictureKind, folded: readonly NodeId[]): Caption {
  if (kind === 'group') return [node.name?.latex ?? derivation.name.latex]
  if (kind === 'opaque') return ['?']
  const entry = operation(node.op)
  if (!entry) return [latexOf(derivation.graph, node.id)]
  const plain = entry.symbol(node.attributes)
  if (folded.length === 0) return [plain]
  return [...['name', 'square'].map((stand) => foldedSymbol(derivation, node, entry, folded, stand === 'name')), plain]
}

const SQUARE: Printed = { text: '\\square', precedence: PRECEDENCE.atom }

/** `t^{2}`, `\square + 1`: the operation with the constants that belong to it. */
function foldedSymbol(
  derivation: Derivation,
  node: GraphNode,
  entry: Operation,
  folded: readonly NodeId[],
  byName: boolean,
): string {
  const inputs = node.inputs.map((input): Printed => {
    const name = derivation.graph.nodes[input]?.name
    if (folded.includes(input)) return printedLatex(derivation.graph, input)
    return byName && name ? { text: name.latex, precedence: PRECEDENCE.atom } : SQUARE
  })
  return entry.latex(inputs, node.attributes).text
}

/** Constants that stand in the circle of their user: where it has one other input, and it is no matrix product. */
function foldedConstants(derivation: Derivation, groups: Groups): Map<NodeId, NodeId[]> {
  const folded = new Map<NodeId, NodeId[]>()
  for (const id of derivation.written) {
    if (groups.ownerOf(id) !== id || groups.insideOf(id).length > 0) continue
    const node = derivation.graph.nodes[id] as GraphNode
    const constants = node.inputs.filter((input) => isNumber(derivation.graph.nodes[input]))
    const others = new Set(node.inputs.filter((input) => !constants.includes(input)))
    if (constants.length > 0 && others.size === 1 && operation(node.op)) folded.set(id, constants)
  }
  return folded
}

const isNumber = (node: GraphNode | undefined) => node?.op === 'constant' && !(node.shape && node.shape.length > 0)

function totalOf(place: Place, node: GraphNode): Caption {
  const gradient = gradientOf(place, node.id)
  if (!gradient) return []
  const sums = gradientCaption(place, gradient.node, null)
  if (!node.name || place.many) return sums
  const derivative = derivativeLatex(place.derivation, null, node.id)
  return [...sums.slice(0, 1).map((sum) => `${derivative} = ${sum}`), ...sums]
}

/** `of` is set where the caption is the whole gradient of a node, which can be told by its derivative. */
function gradientCaption({ derivation, options, many }: Place, gradient: NodeId, of: GraphNode | null): Caption {
  const value = derivation.value(gradient)
  const number = value && isSmall(value) ? [latexTensor(value)] : []
  if (options.mode === 'numbers' || many) return number
  const derivative = of?.name ? [derivativeLatex(derivation, null, of.id)] : []
  return [latexOf(derivation.graph, gradient), ...derivative, ...number, '\\cdots']
}

function edgeOf(place: Place, id: NodeId, user: NodeId | null, slot: number, from: number, to: number): PictureEdge {
  const { derivation } = place
  const node = derivation.graph.nodes[id] as GraphNode
  const shape = node.shape && node.shape.length > 0 ? node.shape.join(' \\times ') : null
  return { from, to, value: valueCaption(place, node), shape, gradient: edgeGradient(place, node, user, slot) }
}

function valueCaption({ derivation, options, many }: Place, node: GraphNode): Caption {
  const value = derivation.value(node.id)
  if (value) return isSmall(value) ? [latexTensor(value)] : []
  // Without numbers an unnamed part is called by what it is; a named one has its name beside it.
  const isTold = node.name !== null || node.inputs.length === 0 || options.mode === 'numbers' || many
  return isTold ? [] : [latexOf(derivation.graph, node.id)]
}

const isSmall = (value: Tensor) => value.shape.every((size) => size <= MOST_CELLS)

/** What comes back along one edge: the contribution of its path, or the whole gradient where there is one edge alone. */
function edgeGradient(place: Place, node: GraphNode, user: NodeId | null, slot: number): Caption {
  const gradient = gradientOf(place, node.id)
  if (!gradient) return []
  if (user === null || place.groups.usersOf(node.id) === 1) return gradientCaption(place, gradient.node, node)
  const paths = gradient.paths.filter((path) => path.through === user)
  const path = paths.find((candidate) => candidate.input === slot) ?? (paths.length === 1 ? paths[0] : undefined)
  return path ? gradientCaption(place, path.contribution, null) : []
}

function spokenOf({ graph, name, output }: Derivation, node: GraphNode): string {
  const called = node.name?.plain ?? (node.id === output ? name.plain : null)
  if (node.inputs.length === 0) return called ?? textOf(graph, node.id)
  const expression = expressionText(graph, node.id)
  return called === null ? expression : `${called} = ${expression}`
}

const spokenValue = (value: Tensor | null) => (value ? plainTensor(value) : null)

function spokenGradient(place: Place, id: NodeId): string | null {
  const gradient = gradientOf(place, id)
  if (!gradient) return null
  const symbol = textOf(place.derivation.graph, gradient.node)
  const number = spokenValue(place.derivation.value(gradient.node))
  if (symbol.length > LONGEST_SPOKEN) return number
  return number === null || number === symbol ? symbol : `${symbol} = ${number}`
}
