/** What a drawing of a derivation shows, before anything has a place: nodes and edges with their captions in LaTeX. */
import type { CompositeMatch } from '../calculus/composite'
import type { Derivation, Gradient } from '../derivation'
import type { GraphNode, NodeId } from '../graph/graph'
import { shownShape } from '../graph/sizes'
import { operation } from '../operations/index'
import { type Operation, PRECEDENCE, type Printed, type Tensor } from '../operations/operation'
import { derivativeLatex } from '../writing/chain'
import { localMapsOf } from '../writing/explanation'
import { latexOf, printedLatex } from '../writing/latex'
import { formatNumber } from '../writing/number'
import { scaledUpstream, upstreamFactor } from '../writing/scaled'
import { spoken, spokenExpression } from '../writing/spoken'
import { latexTensor, plainTensor } from '../writing/tensor'
import { numbersIn } from '../writing/writtenNumbers'
import { type Groups, groupsOf } from './groups'

/** Gradients as formulas, as numbers, or as formulas with what they come to. */
export type Mode = 'symbols' | 'numbers' | 'both'

/**
 * How graphs are drawn in different places. `book`: values above the lines, gradients with an arrow below. `circuit`: numbers
 * above and below the wires, as in CS231n. `record`: name, data and gradient in a box, as in micrograd. `tree`: the
 * expression alone. `matrix`: gradients by their names, with shapes.
 */
export type Convention = 'book' | 'circuit' | 'record' | 'tree' | 'matrix'
export const CONVENTIONS: readonly Convention[] = ['book', 'circuit', 'record', 'tree', 'matrix']

export interface PictureOptions {
  readonly convention?: Convention
  readonly mode: Mode
  /** Draw the unnamed parts of a named expression as one node, and the parts of a composite. */
  readonly collapsed: boolean
  /** Folds that are the other way round: open where all are collapsed, folded where all are open. */
  readonly turned: ReadonlySet<NodeId>
  /** The local derivative of each step stands on its edge. */
  readonly locals?: boolean
}

/** `output` is the name behind the last edge; `group` a named node that stands for all of its expression. */
export type PictureKind = 'input' | 'constant' | 'operation' | 'opaque' | 'group' | 'output' | 'record'

/** Ways of saying one thing, the best first: the first that has room is drawn. */
export type Caption = readonly string[]

/** As many digits have room on an edge; the explanation has more. */
export const FIGURES = 4

/** A number in the drawing, and the node whose value it is: it changes when an input does. */
export interface Figure {
  readonly node: NodeId
  readonly latex: string
}
/** What is said at one place: in symbols, as a number, or `2t = 3.5`. */
export interface Saying {
  readonly symbols: Caption
  readonly figure: Figure | null
}
const SILENT: Saying = { symbols: [], figure: null }

export interface PictureNode {
  readonly id: NodeId
  readonly kind: PictureKind
  /** In the circle, or the leaf itself. */
  readonly symbol: Caption
  /** Under the circle. */
  readonly name: string | null
  /** Sum of what comes back along several edges. */
  readonly total: Saying
  /** Of a record: what stands in its boxes behind its symbol. */
  readonly cells: readonly Saying[]
  /** Graph nodes that it stands for beside its own: constants in its symbol, the inside of a group. */
  readonly inside: readonly NodeId[]
  /** For those who listen instead of looking. */
  readonly spoken: { readonly expression: string; readonly value: string | null; readonly gradient: string | null }
}
export interface PictureEdge {
  /** Indices into the nodes of the picture. */
  readonly from: number
  readonly to: number
  readonly value: Saying
  readonly shape: string | null
  readonly gradient: Saying
  /** The factor by which the gradient goes on: `2t`, as `\times 2t`. */
  readonly local: Saying
  /** An arrow shows that the gradient goes back. */
  readonly arrow: boolean
  /** How many lines it stands for: a fold takes each of its inputs once. */
  readonly count: number
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

/** Of more lines between folded nodes nobody reads what stands on each: their nodes say it. */
const MOST_LABELLED = 60

/** A leaf with more uses is drawn beside each of them where the graph is large. */
const FEW_USES = 2
/** Nobody listens to a longer formula. */
const LONGEST_SPOKEN = 240

/** What is to be drawn. */
export function pictureOf(derivation: Derivation, options: PictureOptions): Picture {
  const groups = groupsOf(derivation, options)
  const numbers = numbersIn(derivation)
  // A tree shows every leaf.
  const folded =
    options.convention === 'tree' ? new Map<NodeId, NodeId[]>() : foldedConstants(derivation, groups, numbers)
  const nodes: PictureNode[] = []
  const edges: PictureEdge[] = []
  const indexOf = new Map<NodeId, number>()
  const gradients = new Map<NodeId, Gradient | null>()
  const drawn = derivation.written.filter((id) => groups.ownerOf(id) === id)
  const lines = drawn.reduce((sum, id) => sum + groups.inputsOf(id).length, 0)
  const woven = options.collapsed && lines > MOST_LABELLED
  const place: Place = {
    derivation,
    options,
    groups,
    many: drawn.length > MANY,
    woven,
    uses: usesOf(drawn, groups),
    gradients,
    numbers,
  }

  for (const id of derivation.written) {
    const node = derivation.graph.nodes[id] as GraphNode
    if (groups.ownerOf(id) !== id || place.numbers.has(id)) continue
    if (isRepeated(place, node)) continue
    const index = nodes.length
    indexOf.set(id, index)
    nodes.push(nodeOf(place, node, folded.get(id) ?? []))
    for (const { input, slot, count } of groups.inputsOf(id)) {
      const from = indexOf.get(input)
      const leaf = derivation.graph.nodes[input] as GraphNode
      if (folded.get(id)?.includes(input)) continue
      if (from !== undefined) {
        edges.push({ ...edgeOf(place, input, id, slot, from, index), count })
        continue
      }
      // Drawn anew beside each use: a line across the picture would say nothing.
      const ends = { from: nodes.length, to: index }
      const edge = numbers.has(input) ? { ...BARE, ...ends } : edgeOf(place, input, id, slot, ends.from, ends.to)
      edges.push({ ...edge, count })
      nodes.push(nodeOf(place, leaf, []))
    }
  }
  const last = indexOf.get(derivation.output)
  // A record and the root of a tree say by themselves what they are.
  if (last !== undefined && !isBare(place)) {
    edges.push({ ...edgeOf(place, derivation.output, null, 0, last, nodes.length) })
    nodes.push(outputOf(derivation))
  }
  return { nodes, edges, groups: groups.count }
}

const isBare = ({ options: { convention } }: Place) => convention === 'record' || convention === 'tree'

/** In a large graph an input that is used everywhere; in a tree every leaf stands where it is used. */
const isRepeated = ({ many, groups, derivation, options }: Place, node: GraphNode): boolean =>
  options.convention === 'tree' && node.op === 'input' && node.id !== derivation.output
    ? groups.usersOf(node.id) > 1
    : many && node.op === 'input' && node.id !== derivation.output && groups.usersOf(node.id) > FEW_USES

interface Place {
  readonly derivation: Derivation
  readonly options: PictureOptions
  readonly groups: Groups
  readonly many: boolean
  /** So many lines between folded nodes that they carry nothing. */
  readonly woven: boolean
  /** Which lines leave a node for others. */
  readonly uses: ReadonlyMap<NodeId, readonly { readonly user: NodeId; readonly slot: number }[]>
  /** Parts that are mere numbers: drawn as one. */
  readonly numbers: ReadonlySet<NodeId>
  readonly gradients: Map<NodeId, Gradient | null>
}

function usesOf(drawn: readonly NodeId[], groups: Groups): Place['uses'] {
  const uses = new Map<NodeId, { user: NodeId; slot: number }[]>()
  for (const user of drawn) {
    for (const { input, slot } of groups.inputsOf(user)) {
      const list = uses.get(input)
      if (list) list.push({ user, slot })
      else uses.set(input, [{ user, slot }])
    }
  }
  return uses
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
  const isNumber = place.numbers.has(node.id)
  const isRecord = place.options.convention === 'record' && !isNumber && node.op !== 'opaque'
  const bare = isNumber ? 'constant' : kindOf(node, inside)
  const kind = isRecord ? 'record' : bare
  const composite = isNumber ? null : groups.compositeAt(node.id)
  const named = node.name?.latex ?? null
  const isOutput = node.id === derivation.output
  return {
    id: node.id,
    kind,
    symbol: composite
      ? [operation(composite.composite.name)?.symbol({}) ?? composite.composite.name]
      : symbolOf(derivation, node, bare, folded),
    name:
      (kind === 'operation' || composite) && (!isOutput || isBare(place))
        ? (named ?? (isOutput ? derivation.name.latex : null))
        : null,
    total:
      (groups.usersOf(node.id) > 1 || place.woven) && kind !== 'constant' && !isBare(place)
        ? totalOf(place, node)
        : SILENT,
    cells: isRecord ? cellsOf(place, node, bare) : [],
    inside: [...folded, ...inside],
    spoken: {
      expression: place.many ? (node.name?.plain ?? node.op) : spokenOf(derivation, node),
      value: spokenValue(derivation.value(node.id)),
      gradient: kind === 'constant' || place.many ? null : spokenGradient(place, node.id),
    },
  }
}

/** `t`, `data 1.75`, `grad 3.5` */
function cellsOf(place: Place, node: GraphNode, kind: PictureKind): Saying[] {
  const { derivation } = place
  const name = node.name?.latex ?? (node.id === derivation.output ? derivation.name.latex : null)
  const called: Saying[] = kind === 'operation' && name !== null ? [{ symbols: [name], figure: null }] : []
  const gradient = gradientOf(place, node.id)
  const labelled = (label: string, { symbols, figure }: Saying): Saying[] =>
    symbols.length === 0 && !figure
      ? []
      : [{ symbols: figure ? [`\\text{${label}\\ }`] : symbols.map((each) => `\\text{${label}}\\;${each}`), figure }]
  return [
    ...called,
    ...labelled('data', valueSaying(place, node)),
    ...labelled('grad', gradient ? gradientSaying(place, gradient.node, null) : SILENT),
  ]
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
    total: SILENT,
    cells: [],
    inside: [],
    spoken: { expression: plain, value: null, gradient: null },
  }
}

function symbolOf(derivation: Derivation, node: GraphNode, kind: PictureKind, folded: readonly NodeId[]): Caption {
  if (kind === 'group') return [node.name?.latex ?? derivation.name.latex]
  if (kind === 'opaque') return ['?']
  if (kind === 'constant') return [latexOf(derivation.graph, node.id)]
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
function foldedConstants(derivation: Derivation, groups: Groups, numbers: ReadonlySet<NodeId>): Map<NodeId, NodeId[]> {
  const folded = new Map<NodeId, NodeId[]>()
  for (const id of derivation.written) {
    if (groups.ownerOf(id) !== id || groups.insideOf(id).length > 0) continue
    const node = derivation.graph.nodes[id] as GraphNode
    if (numbers.has(id)) continue
    const constants = node.inputs.filter((input) => numbers.has(input) && isScalar(derivation.graph.nodes[input]))
    const others = new Set(node.inputs.filter((input) => !constants.includes(input)))
    if (constants.length > 0 && others.size === 1 && operation(node.op)) folded.set(id, constants)
  }
  return folded
}

const isScalar = (node: GraphNode | undefined) => !(node?.shape && node.shape.length > 0)

function totalOf(place: Place, node: GraphNode): Saying {
  const gradient = gradientOf(place, node.id)
  if (!gradient) return SILENT
  const sum = gradientSaying(place, gradient.node, null)
  const [first] = sum.symbols
  if (place.woven) return { ...sum, symbols: [] }
  if (!node.name || place.many || first === undefined) return sum
  const derivative = derivativeLatex(place.derivation, null, node.id)
  return { ...sum, symbols: [`${derivative} = ${first}`, ...sum.symbols] }
}

/** `named` is what the gradient may be called where it is too long. */
function gradientSaying({ derivation, options, many }: Place, gradient: NodeId, named: string | null): Saying {
  const { convention } = options
  const inNumbers = options.mode === 'numbers' || convention === 'circuit' || convention === 'record'
  const value = derivation.value(gradient)
  const formula = latexOf(derivation.graph, gradient)
  const names = named === null ? [] : [named]
  const symbols = convention === 'matrix' ? [...names, formula] : [formula, ...names]
  const isNumber = derivation.graph.nodes[gradient]?.op === 'constant'
  if (value && isSmall(value)) {
    const figure = { node: gradient, latex: latexTensor(value, FIGURES) }
    if (inNumbers || many || isNumber) return { symbols: [], figure }
    return { symbols, figure: options.mode === 'both' || convention === 'matrix' ? figure : null }
  }
  if (options.mode !== 'numbers') return many ? SILENT : { symbols, figure: null }
  const scaled = scaledUpstream(derivation, gradient, FIGURES)
  return scaled === null ? SILENT : { symbols: [scaled], figure: null }
}

function edgeOf(place: Place, id: NodeId, user: NodeId | null, slot: number, from: number, to: number): PictureEdge {
  const { derivation } = place
  if (isBare(place) || (place.woven && user !== null)) return { ...BARE, from, to }
  const node = derivation.graph.nodes[id] as GraphNode
  const sizes = shownShape(derivation.graph.sizes, node.shape)
  const shape = sizes && sizes.length > 0 ? sizes.join(' \\times ') : null
  const gradient = edgeGradient(place, node, user, slot)
  return {
    from,
    to,
    value: valueSaying(place, node),
    shape,
    gradient,
    local: user === null || gradient === SILENT ? SILENT : localSaying(place, user, slot),
    arrow: place.options.convention !== 'circuit',
    count: 1,
  }
}
/** An edge that says nothing. */
const BARE = { value: SILENT, shape: null, gradient: SILENT, local: SILENT, arrow: false, count: 1 } as const

function valueSaying({ derivation, options, many }: Place, node: GraphNode): Saying {
  const value = derivation.value(node.id)
  if (value)
    return isSmall(value) ? { symbols: [], figure: { node: node.id, latex: latexTensor(value, FIGURES) } } : SILENT
  // Without numbers an unnamed part is called by what it is; a named one has its name beside it.
  const isTold = node.name !== null || node.inputs.length === 0 || options.mode === 'numbers' || many
  return isTold ? SILENT : { symbols: [latexOf(derivation.graph, node.id)], figure: null }
}

const isSmall = (value: Tensor) => value.shape.every((size) => size <= MOST_CELLS)

/** What comes back along one edge: the contribution of its path, or the whole gradient where there is one edge alone. */
function edgeGradient(place: Place, node: GraphNode, user: NodeId | null, slot: number): Saying {
  const gradient = gradientOf(place, node.id)
  if (!gradient) return SILENT
  const called = node.name ? derivativeLatex(place.derivation, null, node.id) : null
  if (user === null || place.groups.usersOf(node.id) === 1)
    return gradientSaying(place, gradient.node, called ?? steppedName(place, user, slot))
  const paths = gradient.paths.filter((path) => path.through === user)
  const path = paths.find((candidate) => candidate.input === slot) ?? (paths.length === 1 ? paths[0] : undefined)
  return path ? gradientSaying(place, path.contribution, steppedName(place, user, slot)) : SILENT
}

/** `\frac{\partial L}{\partial h} \cdot (1 - h^2)`: what arrives at the user by its name, times the step to here. */
function steppedName(place: Place, user: NodeId | null, slot: number): string | null {
  const { derivation, many } = place
  const at = user === null || many ? null : derivation.graph.nodes[user]
  const local = at && (at.shape ?? []).length === 0 ? derivation.local(at.id)[slot] : null
  if (!at || local === null || local === undefined) return null
  const arriving = arrivingName(place, at)
  if (arriving === null || derivation.graph.nodes[local]?.attributes.value === 1) return arriving
  const factor = printedLatex(derivation.graph, local)
  return `${arriving} \\cdot ${factor.precedence < PRECEDENCE.product ? `(${factor.text})` : factor.text}`
}

/** What arrives at a node in a few letters: by its name, or, where one line alone leaves it, by the name of what uses it. */
function arrivingName(place: Place, node: GraphNode): string | null {
  if (node.name) return derivativeLatex(place.derivation, null, node.id)
  const [use, another] = place.uses.get(node.id) ?? []
  return use && !another ? steppedName(place, use.user, use.slot) : null
}

/** The local derivative of a drawn operation with respect to one of its inputs, as a factor. */
function localSaying(place: Place, user: NodeId, slot: number): Saying {
  const { derivation, options, groups, many } = place
  if (!options.locals || options.convention === 'circuit' || many) return SILENT
  const composite = groups.compositeAt(user)
  if (!composite && groups.insideOf(user).length > 0) return SILENT
  const local = composite ? compositeLocal(place, composite) : derivation.local(user)[slot]
  if (local === null || local === undefined) {
    const map = localMapsOf(derivation.graph, user)[slot]
    return map === null || map === undefined ? SILENT : { symbols: [map], figure: null }
  }
  const node = derivation.graph.nodes[local] as GraphNode
  if ((node.shape ?? []).length > 0) return SILENT
  const value = derivation.value(local)
  if (value && options.mode === 'numbers') {
    return { symbols: ['\\times'], figure: { node: local, latex: latexTensor(value, FIGURES) } }
  }
  const printed = printedLatex(derivation.graph, local)
  return {
    symbols: [`\\times ${printed.precedence < PRECEDENCE.product ? `(${printed.text})` : printed.text}`],
    figure: null,
  }
}

/** The local derivative of a composite as a whole: `y(1 - y)`. */
function compositeLocal(place: Place, { input, output, inside }: CompositeMatch): NodeId | null {
  const paths = gradientOf(place, input)?.paths ?? []
  return paths.find(({ through }) => through === output || inside.has(through))?.local ?? null
}

function spokenOf({ graph, name, output }: Derivation, node: GraphNode): string {
  const called = node.name?.plain ?? (node.id === output ? name.plain : null)
  if (node.inputs.length === 0) return called ?? spoken(graph, node.id)
  const expression = spokenExpression(graph, node.id)
  return called === null ? expression : `${called} = ${expression}`
}

const spokenValue = (value: Tensor | null) => (value ? plainTensor(value) : null)

function spokenGradient(place: Place, id: NodeId): string | null {
  const gradient = gradientOf(place, id)
  if (!gradient) return null
  const symbol = spoken(place.derivation.graph, gradient.node)
  const number = spokenValue(place.derivation.value(gradient.node))
  const factor = number === null ? upstreamFactor(place.derivation, gradient.node) : null
  const name = place.derivation.upstream?.name.plain
  if (factor !== null && factor !== 1 && name) return `${symbol} = ${formatNumber(factor)} · ${name}`
  if (symbol.length > LONGEST_SPOKEN) return number
  return number === null || number === symbol ? symbol : `${symbol} = ${number}`
}
