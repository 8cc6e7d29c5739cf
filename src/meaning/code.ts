/** Functions in code → nodes: definitions follow in order and names are bound by them, so that no scope is needed. */

import type { GraphBuilder, NodeId } from '../graph/graph'
import type { CodeFunction, Definition, Expr } from '../reading/statement'
import { meaningOf, SHOWN } from './build'
import { sourceOf } from './names'
import { scopeOf, type UsePlace } from './scope'
import type { Choices } from './vocabulary'
import { arraysAt } from './written'

export interface CodeGraph {
  readonly builder: GraphBuilder
  /** What a name stands for here. */
  bind(key: string, id: NodeId): void
  /** Gives a local its node and its name. */
  define(definition: Definition): void
  expression(expr: Expr): NodeId
  /** Leaves by the key of their name: names that nothing here defines. */
  readonly inputs: ReadonlyMap<string, NodeId>
}

const EMPTY_SCOPE = scopeOf([])
const CODE: Choices = { ...SHOWN, products: 'entries' }

/** A graph for code that stands in one passage. */
export function codeGraph(passage: number): CodeGraph {
  const place: UsePlace = { passage, block: 0, section: [], order: 0 }
  const { builder, expression, inputs } = meaningOf(EMPTY_SCOPE, CODE)
  const environment = new Map<string, NodeId>()
  return {
    builder,
    inputs,
    bind: (key, id) => environment.set(key, id),
    expression: (expr) => expression(expr, place, environment),
    define({ target, targetRange, expr, unnamed }) {
      const built = expression(expr, place, environment)
      if (unnamed) {
        environment.set(target.key, built)
        return
      }
      const { name, op } = builder.node(built)
      const isTaken = name !== null || op === 'input' || op === 'constant'
      const own = isTaken ? arraysAt(builder, sourceOf(place, expr.range)).copy(built) : built
      builder.setName(own, target, sourceOf(place, targetRange))
      environment.set(target.key, own)
    },
  }
}

export interface BuiltFunction {
  readonly builder: GraphBuilder
  readonly output: NodeId
  /** By the key of the parameter. */
  readonly inputs: ReadonlyMap<string, NodeId>
}

/** The graph of a function in code: its parameters are inputs. */
export function buildFunction(code: CodeFunction, passage: number): BuiltFunction {
  const graph = codeGraph(passage)
  const { builder } = graph
  const parameters = new Map<string, NodeId>()
  for (const { name, range, shape = [] } of code.parameters) {
    const id = builder.add({ op: 'input', name, shape, source: { passage, start: range.start, end: range.end } })
    graph.bind(name.key, id)
    parameters.set(name.key, id)
  }
  for (const { name, shape } of code.outside ?? []) {
    const id = builder.add({ op: 'input', name, shape })
    graph.bind(name.key, id)
    parameters.set(name.key, id)
  }
  for (const definition of code.definitions) graph.define(definition)
  const output = graph.expression(code.result)
  if (builder.node(output).name === null && builder.node(output).op !== 'constant')
    builder.setName(output, code.name, null)
  return { builder, output, inputs: new Map([...parameters, ...graph.inputs]) }
}
