/** Expressions → nodes. Names resolve through a scope; each definition becomes one named node, however often it is used. */
import type { NodeId, Shape } from '../operations/operation'
import type { CallExpr, CodeFunction, DerivativeExpr, Expr, MatrixExpr, Name, Range } from '../reading/statement'
import { type GraphBuilder, graphBuilder, type Source } from './graph'
import { matrixNumbers } from './literals'
import { type Defined, namesIn, type Scope, scopeOf, type UsePlace } from './scope'

/** Functions within functions, no deeper: beyond it a call is opaque. */
const DEEPEST_CALL = 40

export interface NoteBuilder {
  readonly builder: GraphBuilder
  /** Node of a definition and of all that it uses. `null` where it depends on itself. */
  define(defined: Defined): NodeId | null
  /** Node of an expression that stands at a place of the note; `environment` binds names before the scope does. */
  expression(expr: Expr, place: UsePlace, environment?: Environment): NodeId
  /** Input nodes by the canonical key of their name. */
  readonly inputs: ReadonlyMap<string, NodeId>
  readonly definedNodes: ReadonlyMap<Defined, NodeId>
}

/** Names that are bound to nodes: parameters, locals. */
export type Environment = ReadonlyMap<string, NodeId>
const EMPTY: Environment = new Map()

/** Builds graphs of a note's definitions and expressions. */
export function noteBuilder(scope: Scope): NoteBuilder {
  const builder = graphBuilder()
  const inputs = new Map<string, NodeId>()
  const definedNodes = new Map<Defined, NodeId>()
  const underway = new Set<Defined>()
  const calls: Defined[] = []

  const define = (defined: Defined): NodeId | null => {
    const known = definedNodes.get(defined)
    if (known !== undefined) return known
    // Dependencies first and by a loop: a chain of thousands of definitions must not overflow the stack.
    const order = dependencies(scope, defined, definedNodes)
    if (!order) return null
    for (const each of order) defineOne(each)
    return definedNodes.get(defined) ?? null
  }

  const defineOne = (defined: Defined): void => {
    if (definedNodes.has(defined)) return
    const { definition } = defined
    underway.add(defined)
    const environment = parameterInputs(defined)
    const built = build(definition.expr, defined, environment)
    underway.delete(defined)
    definedNodes.set(
      defined,
      name(built, definition.target, sourceOf(defined, definition.targetRange), definition.expr, defined),
    )
  }

  /** The node as the one that carries the name: an input, a constant or a node named already gets an identity. */
  const name = (id: NodeId, target: Name, use: Source, expr: Expr, place: UsePlace): NodeId => {
    const node = builder.node(id)
    const taken = node.name !== null || node.op === 'input' || node.op === 'constant' || node.op === 'literal'
    const own = taken ? builder.add({ op: 'identity', inputs: [id], source: sourceOf(place, expr.range) }) : id
    builder.setName(own, target, use)
    return own
  }

  const parameterInputs = (defined: Defined): Environment => {
    const { parameters } = defined.definition
    if (!parameters) return EMPTY
    return new Map(
      parameters.map((parameter) => {
        const key = parameter.name.key
        return [key, input(parameter.name, defined, parameter.range)]
      }),
    )
  }

  const input = (nameOf: Name, place: UsePlace, range: Range): NodeId => {
    const canonical = scope.canonical(nameOf)
    const known = inputs.get(canonical.key)
    if (known !== undefined) {
      builder.addUse(known, sourceOf(place, range))
      return known
    }
    const shape = inputShape(scope, canonical, place)
    const id = builder.add({ op: 'input', name: canonical, shape, source: sourceOf(place, range) })
    inputs.set(canonical.key, id)
    return id
  }

  const nameNode = (nameOf: Name, range: Range, place: UsePlace, environment: Environment): NodeId => {
    const bound = environment.get(nameOf.key)
    if (bound !== undefined) {
      builder.addUse(bound, sourceOf(place, range))
      return bound
    }
    const defined = scope.definitionOf(nameOf, place)
    if (!defined || underway.has(defined)) return input(nameOf, place, range)
    const id = define(defined) ?? input(nameOf, place, range)
    builder.addUse(id, sourceOf(place, range))
    return id
  }

  const build = (expr: Expr, place: UsePlace, environment: Environment): NodeId => {
    if (expr.kind !== 'apply') return buildLeaf(expr, place, environment)
    // Sums and products of thousands of terms are deep on the left: down the left side by a loop.
    const spine = [expr]
    let left = expr.args[0]
    while (left?.kind === 'apply') {
      spine.push(left)
      left = left.args[0]
    }
    let id: NodeId | null = left ? buildLeaf(left, place, environment) : null
    for (const each of spine.reverse()) {
      const rest = each.args.slice(1).map((arg) => build(arg, place, environment))
      const args = id === null ? rest : [id, ...rest]
      const op = each.op === 'multiply' && isMatrixProduct(builder, args, each.attributes?.sign) ? 'matmul' : each.op
      id = builder.add({ op, inputs: args, attributes: each.attributes, source: sourceOf(place, each.range) })
    }
    return id as NodeId
  }

  const buildLeaf = (expr: Expr, place: UsePlace, environment: Environment): NodeId => {
    const source = sourceOf(place, expr.range)
    switch (expr.kind) {
      case 'number':
        return builder.add({ op: 'constant', attributes: { value: expr.value, text: expr.text }, shape: [], source })
      case 'name':
        return nameNode(expr.name, expr.range, place, environment)
      case 'matrix':
        return (
          literal(builder, expr, source) ??
          opaque('matrix of expressions', '\\begin{pmatrix}…\\end{pmatrix}', [], source)
        )
      case 'call':
        return call(expr, place, environment)
      case 'derivative':
        return derivative(expr, place, environment)
      case 'opaque': {
        const uses = expr.uses.map((use) => build(use, place, environment))
        return opaque(expr.reason, expr.text, [...new Set(uses)], source)
      }
      default:
        return build(expr, place, environment)
    }
  }

  const opaque = (reason: string, text: string, uses: readonly NodeId[], source: Source): NodeId => {
    // Nothing is known of it; among scalars it is taken for one, so that products with it stay products.
    const shape: Shape | null = uses.every((use) => builder.shapeOf(use)?.length === 0) ? [] : null
    return builder.add({ op: 'opaque', inputs: uses, attributes: { reason, text }, shape, source })
  }

  const call = (expr: CallExpr, place: UsePlace, environment: Environment): NodeId => {
    const args = expr.args.map((arg) => build(arg, place, environment))
    const source = sourceOf(place, expr.range)
    const defined = scope.definitionOf(expr.callee, place)
    const parameters = defined?.definition.parameters
    const unknown = () => opaque('function that isn’t defined', callText(expr), [...new Set(args)], source)
    if (!defined || !parameters || parameters.length !== args.length) return unknown()
    if (calls.includes(defined) || calls.length > DEEPEST_CALL || underway.has(defined)) return unknown()
    calls.push(defined)
    const body = (values: readonly NodeId[]) =>
      build(
        defined.definition.expr,
        defined,
        new Map(parameters.map(({ name: { key } }, k) => [key, values[k] as NodeId])),
      )
    let id: NodeId
    if (expr.primes === 0) {
      const inner = body(args)
      id =
        builder.node(inner).name === null && inner !== args[0]
          ? inner
          : builder.add({ op: 'identity', inputs: [inner], source })
    } else {
      const fresh = parameters.map((parameter) => builder.add({ op: 'input', name: parameter.name, shape: [] }))
      id = builder.add({
        op: 'derivative',
        inputs: [body(fresh), fresh[0] as NodeId, args[0] as NodeId],
        attributes: { orders: [expr.primes], at: true },
        shape: [],
        source,
      })
    }
    calls.pop()
    return id
  }

  const derivative = (expr: DerivativeExpr, place: UsePlace, environment: Environment): NodeId => {
    const of = build(expr.of, place, environment)
    const variables = expr.wrt.map(({ variable }) => build(variable, place, environment))
    return builder.add({
      op: 'derivative',
      inputs: [of, ...variables],
      attributes: { orders: expr.wrt.map(({ order }) => order), order: expr.order, notation: expr.notation },
      shape: derivativeShape(builder, of, variables),
      source: sourceOf(place, expr.range),
    })
  }

  return {
    builder,
    define,
    expression: (expr, place, environment = EMPTY) => build(expr, place, environment),
    inputs,
    definedNodes,
  }
}

/** A scalar's gradient has the shape of its variable; of an array by an array it isn't said here. */
function derivativeShape(builder: GraphBuilder, of: NodeId, variables: readonly NodeId[]): Shape | null {
  if (builder.shapeOf(of)?.length !== 0) return null
  const [variable] = variables
  return variables.length === 1 && variable !== undefined ? builder.shapeOf(variable) : []
}

const sourceOf = (place: UsePlace, range: Range): Source => ({
  passage: place.passage,
  start: range.start,
  end: range.end,
})

const callText = (expr: CallExpr): string =>
  `${expr.callee.latex}${"'".repeat(expr.primes)}(${expr.args.map((arg) => (arg.kind === 'name' ? arg.name.latex : '…')).join(', ')})`

/** Shape of an input: declared, of its literal value, unknown where it is seen to be an array, else a scalar. */
function inputShape(scope: Scope, name: Name, place: UsePlace): Shape | null {
  const declared = scope.declarationOf(name, place)
  if (declared) return declared.declaration.shape
  const bound = scope.bindingOf(name, place)
  if (bound?.binding.value.kind === 'matrix') return matrixShape(bound.binding.value)
  return scope.isArray(name) ? null : []
}

const matrixShape = (expr: MatrixExpr): Shape => [expr.rows.length, expr.rows[0]?.length ?? 0]

function literal(builder: GraphBuilder, expr: MatrixExpr, source: Source): NodeId | null {
  const data = matrixNumbers(expr)
  return data && builder.add({ op: 'literal', attributes: { data }, shape: matrixShape(expr), source })
}

/** Between arrays a product without sign, with a dot or a cross is the matrix product, where its shapes can fit. */
function isMatrixProduct(builder: GraphBuilder, args: readonly NodeId[], sign: unknown): boolean {
  const [a, b] = args.map((id) => builder.shapeOf(id))
  if (sign === 'hadamard' || a?.length === 0 || b?.length === 0) return false
  if (sign !== 'star' || !a || !b) return true
  return a[a.length - 1] === b[Math.max(0, b.length - 2)]
}

/** A definition and those that it needs, needed ones first; `null` where one depends on itself. */
function dependencies(scope: Scope, root: Defined, done: ReadonlyMap<Defined, NodeId>): Defined[] | null {
  const order: Defined[] = []
  const state = new Map<Defined, 'open' | 'closed'>()
  const stack: Defined[] = [root]
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as Defined
    if (state.get(top) === 'closed' || done.has(top)) {
      stack.pop()
      continue
    }
    if (state.get(top) === 'open') {
      state.set(top, 'closed')
      order.push(top)
      stack.pop()
      continue
    }
    state.set(top, 'open')
    for (const use of usesOf(scope, top)) {
      if (state.get(use) === 'open') return null
      if (state.get(use) !== 'closed') stack.push(use)
    }
  }
  return order
}

/** The definitions that a definition uses. */
export function usesOf(scope: Scope, defined: Defined): Set<Defined> {
  const own = new Set(defined.definition.parameters?.map(({ name }) => name.key))
  const uses = new Set<Defined>()
  for (const each of namesIn(defined.definition.expr)) {
    const name = each.kind === 'name' ? each.name : each.callee
    if (each.kind === 'name' && own.has(name.key)) continue
    const found = scope.definitionOf(name, defined)
    if (found) uses.add(found)
    // Its own name, and nothing else that the name could mean: it depends on itself.
    else if (scope.canonical(name).key === defined.definition.target.key) uses.add(defined)
  }
  return uses
}

export interface BuiltFunction {
  readonly builder: GraphBuilder
  readonly output: NodeId
  /** By the key of the parameter. */
  readonly inputs: ReadonlyMap<string, NodeId>
}

const EMPTY_SCOPE = scopeOf([])

/** The graph of a function in code: parameters are inputs, definitions follow in order, so no scope is needed. */
export function buildFunction(code: CodeFunction, passage: number): BuiltFunction {
  const place: UsePlace = { passage, block: 0, section: [], order: 0 }
  const note = noteBuilder(EMPTY_SCOPE)
  const { builder } = note
  const environment = new Map<string, NodeId>()
  const inputs = new Map<string, NodeId>()
  for (const { name, range } of code.parameters) {
    const id = builder.add({ op: 'input', name, shape: [], source: sourceOf(place, range) })
    environment.set(name.key, id)
    inputs.set(name.key, id)
  }
  const build = (expr: Expr) => note.expression(expr, place, environment)
  for (const definition of code.definitions) {
    const built = build(definition.expr)
    const node = builder.node(built)
    const taken = node.name !== null || node.op === 'input' || node.op === 'constant'
    const own = taken
      ? builder.add({ op: 'identity', inputs: [built], source: sourceOf(place, definition.expr.range) })
      : built
    builder.setName(own, definition.target, sourceOf(place, definition.targetRange))
    environment.set(definition.target.key, own)
  }
  const output = build(code.result)
  if (builder.node(output).name === null && builder.node(output).op !== 'constant')
    builder.setName(output, code.name, null)
  return { builder, output, inputs: new Map([...inputs, ...note.inputs]) }
}
