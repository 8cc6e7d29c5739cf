/**
 * The sides of a claim as nodes of one graph, under one reading: names resolve through the note's scope, derivatives
 * become the nodes of a backward pass, functions that the note doesn't define stand for any function.
 */
import { simplifier } from '../calculus/simplify'
import { ancestors, graphBuilder, type NodeId } from '../graph/graph'
import { childrenOf, type Defined, type Scope, type UsePlace } from '../graph/scope'
import { operationSpelled } from '../operations/index'
import type { CallExpr, DerivativeExpr, Expr, Name } from '../reading/statement'
import { genericFunction } from './generic'
import { differentiated, losses } from './losses'
import { substitute } from './rewrite'
import { slopeTaker } from './slopes'
import type { Doubt, Mode, Reading, Slope, World } from './vocabulary'

interface Notes {
  doubts: Set<Doubt>
  derived: Set<string>
  slopes: Slope[]
  used: Set<Defined>
}
const noNotes = (): Notes => ({ doubts: new Set(), derived: new Set(), slopes: [], used: new Set() })
type Environment = ReadonlyMap<string, NodeId>
const EMPTY: Environment = new Map()
const DEEPEST_CALL = 12
/** Of a derivative, higher orders than this aren't taken. */
const HIGHEST_ORDER = 6

/**
 * @param claimed all sides of the claim: which derivatives of an undefined `L` they mention decides what is free
 */
export function worldOf(scope: Scope, home: UsePlace, claimed: readonly Expr[], reading: Reading): World {
  const builder = graphBuilder()
  const simple = simplifier(builder)
  const inputs = new Map<string, NodeId>()
  const names = new Map<NodeId, Name>()
  const defined = new Map<Defined, NodeId>()
  const underway = new Set<Defined>()
  /** Definitions that depend on themselves: nothing can be said of their derivatives. */
  const cyclic = new Set<Defined>()
  const constants = new Map<string, NodeId>()
  const generic = new Map<NodeId, string>()
  const hidden = new Map<NodeId, ReadonlySet<NodeId>>()
  const bodies = new Map<NodeId, NodeId>()
  const decimals = new Map<NodeId, number>()
  const calls: Defined[] = []
  /** Of the side that is being built: its decimals may be rounded, those of definitions are exact. */
  let sideNotes: Notes | null = null
  let mode: Mode = reading.inner
  let notes = noNotes()

  const resolve = (name: Name, place: UsePlace): Defined | null => {
    if (reading.free?.has(name.key)) return null
    const found = scope.definitionOf(name, place)
    return found && found === reading.instead?.of ? reading.instead.use : found
  }

  const opaque = (reason: Doubt, text: string): NodeId => {
    notes.doubts.add(reason)
    return builder.add({ op: 'opaque', attributes: { reason, text }, shape: [] })
  }

  /** One leaf for each name, however it is spelled; it is written as it was first. */
  const input = (written: Name): NodeId => {
    const { key } = scope.canonical(written)
    const known = inputs.get(key)
    if (known !== undefined) return known
    const name = { ...written, key }
    const id = builder.add({ op: 'input', name, shape: [] })
    inputs.set(key, id)
    names.set(id, name)
    return id
  }

  const constant = (value: number, text: string): NodeId => {
    const own = notes === sideNotes ? decimalPlaces(text) : null
    const known = own === null ? constants.get(text) : undefined
    if (known !== undefined) return known
    const id = builder.add({ op: 'constant', attributes: { value, text }, shape: [] })
    if (own === null) constants.set(text, id)
    else decimals.set(id, 0.5 * 10 ** -own)
    return id
  }

  const define = (each: Defined): NodeId => {
    const known = defined.get(each)
    if (known !== undefined) return known
    if (underway.has(each)) {
      cyclic.add(each)
      return opaque('cyclic', each.definition.target.latex)
    }
    underway.add(each)
    const outer = notes
    notes = noNotes()
    const { definition } = each
    const own = new Map((definition.parameters ?? []).map(({ name }) => [name.key, nameNode(name, each, EMPTY)]))
    const body = build(definition.expr, each, own)
    const unreadable = notes.doubts.has('opaque') || notes.doubts.has('cyclic')
    let id: NodeId
    if (unreadable) {
      id = builder.add({ op: 'input', name: definition.target, shape: [] })
      hidden.set(id, dependenciesOf(definition.expr, each, own))
      names.set(id, definition.target)
      notes.doubts = new Set([...notes.doubts].filter((doubt) => doubt !== 'opaque' && doubt !== 'cyclic'))
    } else {
      id = builder.add({ op: 'identity', inputs: [body], name: definition.target, shape: [] })
      if (builder.node(body).inputs.length > 0) bodies.set(body, id)
    }
    notedIn.set(each, notes)
    notes = outer
    underway.delete(each)
    defined.set(each, id)
    return id
  }
  /** What was noted while a definition was built: every side that uses it inherits it. */
  const notedIn = new Map<Defined, Notes>()

  /** Names of which a definition that can't be read is seen to depend. */
  const dependenciesOf = (expr: Expr, place: UsePlace, own: Environment): Set<NodeId> => {
    const found = new Set<NodeId>(own.values())
    const stack: Expr[] = [expr]
    while (stack.length > 0) {
      const next = stack.pop() as Expr
      if (next.kind === 'name') found.add(nameNode(next.name, place, own))
      stack.push(...childrenOf(next))
    }
    return found
  }

  const nameNode = (name: Name, place: UsePlace, environment: Environment): NodeId => {
    const bound = environment.get(name.key)
    if (bound !== undefined) return bound
    if (isArray(name, place)) notes.doubts.add('array')
    const found = resolve(name, place)
    if (!found || (underway.has(found) && found.definition.target.key === name.key && isOwnParameter(found, name))) {
      return input(name)
    }
    const id = define(found)
    inherit(found)
    return id
  }
  const isOwnParameter = (found: Defined, name: Name): boolean =>
    (found.definition.parameters ?? []).some((parameter) => parameter.name.key === name.key)

  const inherit = (found: Defined): void => {
    const noted = notedIn.get(found)
    for (const doubt of noted?.doubts ?? []) notes.doubts.add(doubt)
    notes.used.add(found)
    for (const each of noted?.used ?? []) notes.used.add(each)
  }

  const isArray = (name: Name, place: UsePlace): boolean => {
    if (scope.isArray(name)) return true
    if (/\\(mathbf|boldsymbol|bm|vec|bold|mathbb)\b/.test(name.latex)) return true
    const declared = scope.declarationOf(name, place)?.declaration.shape
    return declared !== undefined && declared.length > 0
  }

  const build = (expr: Expr, place: UsePlace, environment: Environment): NodeId => {
    switch (expr.kind) {
      case 'number':
        return constant(expr.value, expr.text)
      case 'name':
        return nameNode(expr.name, place, environment)
      case 'apply': {
        const args = expr.args.map((arg) => build(arg, place, environment))
        if (ARRAY_OPERATIONS.has(expr.op) || expr.attributes?.sign === 'hadamard') notes.doubts.add('array')
        return builder.apply(expr.op, args)
      }
      case 'call':
        return call(expr, place, environment)
      case 'derivative':
        return derivative(expr, place, environment)
      case 'matrix':
        notes.doubts.add('array')
        return opaque('array', 'matrix')
      case 'opaque':
        return opaque('opaque', expr.text)
    }
  }

  const call = (expr: CallExpr, place: UsePlace, environment: Environment): NodeId => {
    const args = expr.args.map((arg) => build(arg, place, environment))
    const found = environment.has(expr.callee.key) ? null : resolve(expr.callee, place)
    if (found?.definition.parameters) return callDefined(expr, found, args, place)
    if (found) return callName(expr, found, args)
    const known = operationSpelled('latex', `\\${expr.callee.key}`) ?? operationSpelled('plain', expr.callee.key)
    if (known?.value && known.arity === args.length)
      return derivedCall(expr, args, (fresh) => builder.apply(known.name, fresh))
    if (expr.primes > 0) notes.derived.add(expr.callee.key)
    return derivedCall(expr, args, (fresh) => genericFunction(builder, generic, expr.callee, fresh))
  }

  /** `f(2x)`, `f'(2x)` of a function that the note defines with parameters. */
  const callDefined = (expr: CallExpr, found: Defined, args: readonly NodeId[], place: UsePlace): NodeId => {
    const parameters = found.definition.parameters ?? []
    const named = parameters.map(({ name }) => nameNode(name, place, EMPTY))
    if (expr.primes > 0 && args.length === 1 && parameters.length > 1) {
      // f'(x_1) of f(x_1, x_2): the partial derivative by that parameter.
      const which = named.indexOf(args[0] as NodeId)
      if (which < 0) return opaque('variable', expr.callee.latex)
      const whole = define(found)
      inherit(found)
      return ordered(whole, [{ by: named[which] as NodeId, order: expr.primes }], mode)
    }
    if (parameters.length !== args.length) return opaque('variable', expr.callee.latex)
    if (args.every((arg, k) => arg === named[k])) {
      const whole = define(found)
      inherit(found)
      return expr.primes === 0 ? whole : ordered(whole, [{ by: named[0] as NodeId, order: expr.primes }], 'total')
    }
    if (calls.length >= DEEPEST_CALL || calls.includes(found)) return opaque('cyclic', expr.callee.latex)
    notes.used.add(found)
    calls.push(found)
    const id = derivedCall(expr, args, (fresh) =>
      build(found.definition.expr, found, new Map(parameters.map(({ name }, k) => [name.key, fresh[k] as NodeId]))),
    )
    calls.pop()
    return id
  }

  /** `y(x)` where y is defined without parameters: y itself, where x is what it depends on. */
  const callName = (expr: CallExpr, found: Defined, args: readonly NodeId[]): NodeId => {
    const whole = define(found)
    inherit(found)
    const inside = new Set(ancestors(builder.graph, whole))
    if (!args.every((arg) => inside.has(arg))) return opaque('variable', expr.callee.latex)
    if (expr.primes === 0) return whole
    if (args.length !== 1) return opaque('variable', expr.callee.latex)
    return ordered(whole, [{ by: args[0] as NodeId, order: expr.primes }], mode)
  }

  /** A function of its arguments, or its derivative by the only one, taken before the argument is put in. */
  const derivedCall = (expr: CallExpr, args: readonly NodeId[], body: (fresh: readonly NodeId[]) => NodeId): NodeId => {
    if (expr.primes === 0) return body(args)
    if (args.length !== 1) return opaque('variable', expr.callee.latex)
    const [argument] = args as [NodeId]
    if (builder.node(argument).op === 'input') {
      return ordered(body([argument]), [{ by: argument, order: expr.primes }], 'total')
    }
    const noted = notes.slopes.length
    const fresh = builder.add({ op: 'input', shape: [], name: { key: '#argument', latex: '\\cdot', plain: '·' } })
    const slope = ordered(body([fresh]), [{ by: fresh, order: expr.primes }], 'total')
    notes.slopes.length = noted
    return substitute(builder, slope, new Map([[fresh, argument]]))
  }

  const derivative = (expr: DerivativeExpr, place: UsePlace, environment: Environment): NodeId => {
    if (expr.order > HIGHEST_ORDER) return opaque('opaque', 'derivative')
    const loss = lossOf(expr, place, environment)
    const variables = expr.wrt.map(({ variable, order }) => ({ by: build(variable, place, environment), order }))
    if (loss !== null) return upstream(loss, expr.order, variables)
    const of = build(expr.of, place, environment)
    if (expr.of.kind === 'call' && !resolve(expr.of.callee, place)) notes.derived.add(expr.of.callee.key)
    if (variables.length === 0) {
      if (expr.notation === 'nabla') notes.doubts.add('array')
      const only = onlyVariable(expr.of, of, place)
      if (only === null) return opaque('variable', 'prime')
      variables.push({ by: only, order: expr.order })
    }
    const slope = ordered(of, variables, mode)
    if (!expr.at) return slope
    const values = new Map(
      expr.at.map(({ name, value }) => [nameNode(name, place, environment), build(value, place, environment)]),
    )
    return substitute(builder, slope, values)
  }

  /** The variable that `z'` means: the parameter, or the only name on which z depends, or x or t. */
  const onlyVariable = (expr: Expr, of: NodeId, place: UsePlace): NodeId | null => {
    const found = expr.kind === 'name' ? resolve(expr.name, place) : null
    const [parameter, second] = found?.definition.parameters ?? []
    if (parameter && !second) return nameNode(parameter.name, place, EMPTY)
    const leaves = ancestors(builder.graph, of).filter((id) => id !== of && names.has(id))
    if (leaves.length === 1) return leaves[0] as NodeId
    const usual = ['x', 't', 'z'].map((key) => inputs.get(key)).find((id) => id !== undefined && leaves.includes(id))
    if (usual === undefined) return null
    notes.doubts.add('variable')
    return usual
  }

  const ordered = (of: NodeId, variables: readonly { by: NodeId; order: number }[], mode: Mode): NodeId => {
    let node = of
    for (const { by, order } of variables) {
      for (let k = 0; k < order; k++) {
        notes.slopes.push({ of: node, by })
        const next = derive(node, by, mode)
        if (next.doubt) notes.doubts.add(next.doubt)
        node = next.node
      }
    }
    return node
  }

  /** The name of a function that the note doesn't define, whose derivative is written. */
  const lossOf = (expr: DerivativeExpr, place: UsePlace, environment: Environment): Name | null => {
    const name = differentiated(expr)
    if (!name || environment.has(name.key) || expr.wrt.length === 0) return null
    const found = resolve(name, place)
    if (found) {
      const node = define(found)
      inherit(found)
      return hidden.has(node) ? name : null
    }
    if (expr.of.kind === 'name') return name
    // Of `L(θ)` by something else than its argument nothing is known; of `g(x)` by x it is any function's slope.
    const variables = new Set(expr.wrt.map(({ variable }) => build(variable, place, environment)))
    const among = (expr.of as CallExpr).args.map((arg) => build(arg, place, environment))
    return among.some((arg) => ancestors(builder.graph, arg).some((id) => variables.has(id))) ? null : name
  }

  const derive = slopeTaker(builder, simple, {
    hidden,
    generic,
    isCyclic: (id) => [...cyclic].some((each) => defined.get(each) === id),
  })
  const upstream = losses({
    builder,
    claimed,
    mode: reading.inner,
    derive,
    build: (expr) => build(expr, home, EMPTY),
    note: (slope, doubt) => {
      notes.slopes.push(slope)
      if (doubt) notes.doubts.add(doubt)
    },
  })
  return {
    builder,
    simplifier: simple,
    generic,
    hidden,
    bodies,
    decimals,
    inputs: names,
    define,
    derive,
    build(expr) {
      notes = noNotes()
      // What the head says is taken as it stands.
      sideNotes = expr === claimed[0] ? null : notes
      mode = expr === claimed[0] ? reading.head : reading.inner
      const node = build(expr, home, EMPTY)
      if (ancestors(builder.graph, node).some((id) => hidden.has(id))) notes.doubts.add('hidden')
      sideNotes = null
      return { node, doubts: notes.doubts, derived: notes.derived, slopes: notes.slopes, used: [...notes.used] }
    },
  }
}

const ARRAY_OPERATIONS = new Set(['transpose', 'matmul', 'outer', 'sum', 'sumTo', 'expand', 'dot', 'norm'])

/** Digits after the point of a decimal number as written; `null` for a whole one. */
function decimalPlaces(text: string): number | null {
  const match = /\.(\d+)$/.exec(text.replace(/[{}\s]/g, ''))
  return match ? (match[1] as string).length : null
}
