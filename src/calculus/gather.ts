/** Choices gathered: `[x<0] a + [x≥0] 1`, as the backward pass leaves it, is one choice between `a` and `1`. */

import type { GraphBuilder, NodeId } from '../graph/graph'
import { algebra } from '../operations/algebra'
import { operation } from '../operations/index'
import { asNumber, type Factor, type KeyOf, nodeSum, type Sum, type Term } from './algebra'

interface Choice {
  readonly condition: NodeId
  readonly met: Sum
  readonly otherwise: Sum
}

export interface GatherContext {
  readonly builder: GraphBuilder
  readonly keyOf: KeyOf
  sumOf(id: NodeId): Sum
  fromSum(sum: Sum): NodeId
  product(a: Sum, b: Sum): Sum
  plus(a: Sum, b: Sum): Sum
}

/** The sum with its choices drawn together: factors go into the branches, choices by the same condition become one. */
export function gathered(sum: Sum, context: GatherContext): Sum {
  if (!sum.some((term) => term.factors.some((factor) => isGate(factor, context)))) return sum
  const choices = new Map<number, Choice>()
  let rest: Sum = []
  for (const term of sum) {
    const choice = choiceOf(term, context)
    if (!choice) {
      rest = context.plus(rest, [term])
      continue
    }
    const key = context.keyOf(choice.condition)
    const known = choices.get(key)
    choices.set(key, known ? added(known, choice, context) : choice)
  }
  return [...choices.values()].reduce((total, choice) => context.plus(total, chosen(choice, context)), rest)
}

/** A choice with nothing in one branch: what the gradient of a branch is made of. */
function isGate({ base, exponent }: Factor, { builder, sumOf }: GatherContext): boolean {
  const { op, name, inputs } = builder.node(base)
  if (!operation(op)?.isChoice || name !== null || asNumber(exponent) !== 1) return false
  return inputs.slice(1).some((branch) => sumOf(branch).length === 0)
}

function choiceOf(term: Term, context: GatherContext): Choice | null {
  const gate = term.factors.find((factor) => isGate(factor, context))
  if (!gate) return null
  const [condition, then, otherwise] = context.builder.node(gate.base).inputs as [NodeId, NodeId, NodeId]
  const others: Sum = [{ coefficient: term.coefficient, factors: term.factors.filter((factor) => factor !== gate) }]
  return {
    condition,
    met: context.product(context.sumOf(then), others),
    otherwise: context.product(context.sumOf(otherwise), others),
  }
}

const added = (a: Choice, b: Choice, { plus }: GatherContext): Choice => ({
  condition: a.condition,
  met: plus(a.met, b.met),
  otherwise: plus(a.otherwise, b.otherwise),
})

function chosen({ condition, met, otherwise }: Choice, context: GatherContext): Sum {
  const branches = [met, otherwise].map((branch) => context.fromSum(gathered(branch, context)))
  const [a, b] = branches as [NodeId, NodeId]
  if (context.keyOf(a) === context.keyOf(b)) return nodeSum(a)
  return nodeSum(algebra<NodeId>(context.builder).choice(condition, a, b))
}
