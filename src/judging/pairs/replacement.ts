/** The right derivative as an expression of code, in the names that the written one has at hand. */

import { backpropagate } from '../../calculus/backpropagate'
import { simplifier } from '../../calculus/simplify'
import { ancestors, type NodeId } from '../../graph/graph'
import { algebra } from '../../operations/algebra'
import { expressionTypeScript } from '../../writing/typescript'
import { assignments } from './roles'
import type { Judgement } from './trial'

/** Longer than anyone wants to have written for them. */
const LONGEST = 160

/** `null` where the derivative can't say it: other names, a result of several numbers. */
export function replacementOf({ candidate, world, variable }: Judgement): string | null {
  const { derivative } = candidate
  if (variable === null || derivative.results.length !== 1 || derivative.returned === null) return null
  const [natural] = assignments(candidate, world)
  const names = new Map<NodeId, string>()
  world.inputs.forEach(({ node, plain }, index) => {
    const own = world.own.findIndex((_leaf, k) => natural?.roles[k] === index)
    const parameter = sameName(candidate, world, plain)
    const name = own >= 0 ? world.own[own]?.plain : parameter
    if (name !== undefined) names.set(node, name)
  })
  const { builder, output, inputs } = world
  const simplify = simplifier(builder)
  const input = inputs[variable]
  const gradient = input ? backpropagate(builder, simplify, output).get(input.node) : undefined
  if (!gradient) return null
  const free = world.own.find((_leaf, index) => natural?.roles[index] === 'free')
  if (free) names.set(free.node, free.plain)
  const scaled = free ? algebra<NodeId>(builder).product(free.node, gradient.node) : gradient.node
  const right = simplify.polish(simplify.expand(scaled))
  nameLocals(candidate, world, right, names)
  const text = expressionTypeScript(builder, right, names)
  return text !== null && text.length <= LONGEST ? text : null
}

/** What the author has given a name keeps it, `s * (1 - s)`: whatever would be written as the local is. */
function nameLocals(
  { derivative, definitions }: Judgement['candidate'],
  { builder, own }: Judgement['world'],
  root: NodeId,
  names: Map<NodeId, string>,
): void {
  for (const { node, plain } of own) if (!names.has(node)) names.set(node, plain)
  const textOf = (id: NodeId) => expressionTypeScript(builder, id, names)
  const locals = new Map<string, string>()
  const defined = new Map(builder.graph.nodes.map((node) => [node.name?.key, node.id]))
  for (const { target } of definitions) {
    const node = defined.get(target.key)
    const isOwn = derivative.locals.includes(target.plain) && target.key.replace(/#\d+$/, '') === target.plain
    if (node === undefined || !isOwn) continue
    // A later value of a variable takes the place of the one before.
    for (const [text, plain] of locals) if (plain === target.plain) locals.delete(text)
    const text = textOf(node)
    if (text !== null && text.length > target.plain.length) locals.set(text, target.plain)
  }
  if (locals.size === 0) return
  const found = ancestors(builder.graph, root).flatMap((id): [NodeId, string][] => {
    const name = id === root ? undefined : locals.get(textOf(id) ?? '')
    return name === undefined ? [] : [[id, name]]
  })
  for (const [id, name] of found) names.set(id, name)
}

/** A parameter that the written derivative doesn't use, or a name from outside that both see. */
function sameName(
  { derivative, function: of }: Judgement['candidate'],
  { own }: Judgement['world'],
  plain: string,
): string | undefined {
  if (derivative.parameters.some((parameter) => parameter.plain === plain)) return plain
  const index = of.parameters.findIndex((parameter) => parameter.plain === plain)
  if (index < 0) return plain
  const parameter = derivative.parameters[index]
  // One that the derivative uses has a meaning already.
  return own.some(({ key }) => key === parameter?.name.key) ? undefined : parameter?.plain
}
