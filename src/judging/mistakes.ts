/**
 * What is likely wrong with a step that fails: a table of slips, each a transformation of the right answer. The first
 * whose result has the numbers that were written names the mistake.
 */

import { scalarOf } from '../arithmetic/doubles'
import { backpropagate, type NodeGradient } from '../calculus/backpropagate'
import { LARGE } from '../calculus/large'
import { ancestors, type GraphBuilder, leavesOf, type NodeId } from '../graph/graph'
import type { Built, Meaning } from '../meaning/build'
import { DIFFERENCE, NEGATIVE, POWER, PRODUCT, QUOTIENT } from '../operations/algebra'
import { operation } from '../operations/index'
import { spoken } from '../writing/spoken'
import { samplePoints } from './points'
import type { Slip, SlipContext } from './slip'
import { FORM_SLIPS } from './slipForms'
import { LOCAL_SLIPS } from './slipRules'

export interface Wrong {
  readonly world: Meaning
  /** What is right. */
  readonly truth: Built
  readonly written: Built
  /** The last step that held, in the author's form. */
  readonly before: Built | null
}

const nameOf = (context: SlipContext, id: NodeId): string => context.builder.node(id).name?.plain ?? context.text(id)

/** Named nodes between the function and the variable. */
const between = ({ builder, slope, gradients }: SlipContext): NodeId[] =>
  slope === null
    ? []
    : [...gradients.keys()].filter((id) => id !== slope.of && id !== slope.by && builder.node(id).name !== null)

const factorsOf = (builder: GraphBuilder, id: NodeId): NodeId[] => {
  const { op, inputs } = builder.node(id)
  if (op === PRODUCT) return inputs.flatMap((input) => factorsOf(builder, input))
  if (op === NEGATIVE) return factorsOf(builder, inputs[0] as NodeId)
  if (op === QUOTIENT)
    return [
      ...factorsOf(builder, inputs[0] as NodeId),
      builder.apply(QUOTIENT, [builder.constant(1), inputs[1] as NodeId]),
    ]
  return [id]
}

/** 0 and 1: no factors that anyone loses. */
const isPlain = (builder: GraphBuilder, id: NodeId): boolean => [0, 1].includes(builder.constantOf(id) ?? 2)

/** Does an expression divide by a name, or by a power of it? */
function divides(builder: GraphBuilder, form: NodeId, name: NodeId, below = false): boolean {
  const { op, inputs } = builder.node(form)
  const [first, second] = inputs as [NodeId, NodeId]
  if (form === name) return below
  if (op === POWER) return divides(builder, first, name, below)
  if (op === PRODUCT || op === NEGATIVE) return inputs.some((input) => divides(builder, input, name, below))
  return op === QUOTIENT && (divides(builder, first, name, below) || divides(builder, second, name, !below))
}

/** A factor that a step can lose or double. */
interface LostFactor {
  readonly node: NodeId
  readonly called: string
  /** The right answer divides by it. */
  readonly below?: boolean
}

/** Factors of the right answer that a step can lose or double, with what to call them. */
function factors(context: SlipContext): LostFactor[] {
  const { builder, slope, world } = context
  const found: LostFactor[] = []
  if (slope) {
    for (const id of between(context)) {
      const inner = context.inner(id)
      if (isPlain(builder, inner)) continue
      found.push({
        node: inner,
        called: `the inner derivative ∂${nameOf(context, id)}/∂${nameOf(context, slope.by)} = ${context.text(inner)}`,
      })
      const outer = context.gradients.get(id)?.node
      if (outer !== undefined && !isPlain(builder, outer)) {
        found.push({
          node: outer,
          called: `the outer derivative ∂${nameOf(context, slope.of)}/∂${nameOf(context, id)} = ${context.text(outer)}`,
        })
      }
    }
  }
  for (const form of context.forms) {
    for (const node of factorsOf(builder, form)) {
      if (!isPlain(builder, node)) found.push({ node, called: `the factor ${context.text(node)}` })
    }
  }
  for (const id of leavesOf(builder.graph, [context.truth])) {
    const below = context.forms.some((form) => divides(builder, form, id))
    if (world.names.has(id)) found.push({ node: id, called: `the factor ${nameOf(context, id)}`, below })
  }
  return found
}

/** Slips of a whole answer: the commonest. */
const WHOLE_SLIPS: readonly Slip[] = [
  {
    name: 'sign',
    variants: ({ builder, truth }) => [{ node: builder.apply(NEGATIVE, [truth]), sentence: 'The sign is wrong.' }],
  },
  {
    name: 'another link',
    variants: (context) => {
      const { slope, builder } = context
      if (slope === null) return []
      return between(context).map((id) => {
        const [link, whole] = [id, slope.of].map((of) => `∂${nameOf(context, of)}/∂${nameOf(context, slope.by)}`)
        const right = context.text(context.truth)
        const sentence = builder.node(slope.of).name ? `That is ${link}; ${whole} is ${right}.` : `That is ${link}.`
        return { node: context.inner(id), sentence }
      })
    },
  },
  {
    name: 'factor lost',
    variants: (context) =>
      factors(context).map(({ node, called, below }) => ({
        node: context.over(context.truth, node),
        sentence: sentence(below ? `${called} is once too often in the denominator.` : `${called} is missing.`),
      })),
  },
  {
    name: 'factor doubled',
    variants: (context) =>
      factors(context).map(({ node, called, below }) => ({
        node: context.times(context.truth, node),
        sentence: sentence(below ? `${called} is missing in the denominator.` : `${called} is there twice.`),
      })),
  },
  {
    name: 'number',
    variants: (context) =>
      [2, 3, 4, 5, 6, 8, 10].flatMap((number) => {
        const by = context.builder.constant(number)
        return [
          { node: context.times(context.truth, by), sentence: `It is ${number} times what is right.` },
          { node: context.over(context.truth, by), sentence: `The factor ${number} is missing.` },
        ]
      }),
  },
]

/** Slips of what was differentiated, by what, through what. */
const PATH_SLIPS: readonly Slip[] = [
  {
    name: 'path lost',
    variants: (context) => {
      const { builder, slope, gradients } = context
      const parts = slope ? (gradients.get(slope.by)?.contributions ?? []) : []
      return parts.flatMap(({ contribution, through }) => {
        const called = throughName(context, through)
        if (called === null) return []
        return [
          {
            node: builder.apply(DIFFERENCE, [context.truth, contribution]),
            sentence: `The path through ${called} is missing.`,
          },
          ...(parts.length > 2 ? [{ node: contribution, sentence: `Only the path through ${called} is there.` }] : []),
        ]
      })
    },
  },
  {
    name: 'other variable',
    variants: ({ builder, slope, gradients, world }) =>
      slope === null
        ? []
        : [...gradients].flatMap(([id, { node }]) => {
            const name = builder.node(id).name
            if (
              id === slope.by ||
              id === slope.of ||
              !name ||
              !(world.names.has(id) || builder.node(id).inputs.length > 0)
            )
              return []
            return [{ node, sentence: `This is the derivative by ${name.plain}.` }]
          }),
  },
  {
    name: 'function given back',
    variants: ({ slope, builder }) =>
      slope === null
        ? []
        : [
            {
              node: slope.of,
              sentence: `This is ${builder.node(slope.of).name?.plain ?? 'the function'} itself, not its derivative.`,
            },
          ],
  },
]

/** The table. */
export const SLIPS: readonly Slip[] = [...WHOLE_SLIPS, ...LOCAL_SLIPS, ...PATH_SLIPS, ...FORM_SLIPS]

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The nearest named node that a path goes through before it reaches the function. */
function throughName({ builder, gradients, slope }: SlipContext, id: NodeId): string | null {
  let current = id
  while (current !== slope?.of) {
    const name = builder.node(current).name
    if (name) return name.plain
    const [next] = gradients.get(current)?.contributions ?? []
    if (!next) return null
    current = next.through
  }
  return null
}

/** A slip that gives what was written. */
export interface Mistake {
  readonly name: string
  /** `null` where it can't be told in the author's own names. */
  readonly sentence: string | null
}

/** The first slip that gives what was written; `null` where none does. */
export function explainMistake({ world, truth, written, before }: Wrong): Mistake | null {
  const { builder } = world
  // Nobody slips in a formula of hundreds of parts: each slip of each part would have to be tried.
  if ([truth, written].some(({ node }) => ancestors(builder.graph, node).length > LARGE)) return null
  const context = contextOf({ world, truth, written, before })
  const points = samplePoints({
    graph: builder.graph,
    compared: [truth.node, written.node],
    defined: [],
    inputs: leavesOf(builder.graph, [truth.node, written.node]),
    values: new Map(),
    assumptions: [],
    whole: new Set(),
  }).points
  const chosen = [...points.filter(({ region }) => region === 'positive'), ...points].slice(0, 6)
  const inputs = leavesOf(builder.graph, [truth.node, written.node])
  const values = chosen.map(({ at }) => growingValues(builder, new Map(inputs.map((id, k) => [id, at[k] as number]))))
  // After a right step what follows is most often a slip of copying; without one, of a rule.
  const copied: SlipContext = { ...context, forms: before ? [before.node] : [] }
  const turns: readonly (readonly [SlipContext, readonly Slip[]])[] = [
    [context, WHOLE_SLIPS],
    [copied, FORM_SLIPS],
    [context, [...LOCAL_SLIPS, ...PATH_SLIPS, ...FORM_SLIPS]],
  ]
  if (values.length === 0) return null
  for (const [slip, used] of turns.flatMap(([use, slips]) => slips.map((each) => [each, use] as const))) {
    const fitting = slip
      .variants(used)
      .find(({ node }) => values.every((value) => isClose(value(node), value(written.node))))
    if (fitting) return { name: slip.name, sentence: fitting.sentence.includes(UNTOLD) ? null : fitting.sentence }
  }
  return null
}

/** Coefficients that stand for an undefined function are no names of the author's. */
const UNTOLD = '\u{FFFC}'

/** The same number, but for what doubles round. */
export const isClose = (a: number, b: number): boolean =>
  Number.isFinite(a) && Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1e-300)

/** Values of the nodes of a graph that grows, at one point: each node is computed once, when first asked for. */
function growingValues(builder: GraphBuilder, given: ReadonlyMap<NodeId, number>): (id: NodeId) => number {
  const values: number[] = []
  return (id) => {
    // Inputs stand before their users.
    while (values.length <= id) {
      const { op, inputs, attributes } = builder.node(values.length)
      const [a, b, c] = inputs.map((input) => values[input] as number)
      const own = op === 'constant' ? (attributes.value as number) : given.get(values.length)
      const entry = operation(op)
      values.push(own ?? (entry && scalarOf(entry)?.(a ?? 0, b ?? 0, c ?? 0)) ?? Number.NaN)
    }
    return values[id] as number
  }
}

function contextOf({ world, truth, before }: Wrong): SlipContext {
  const { builder, simplifier } = world
  // Of a second derivative the last one that was taken.
  const slope = truth.slopes.at(-1) ?? null
  const gradients = slope ? backpropagate(builder, simplifier, slope.of) : new Map<NodeId, NodeGradient>()
  const inners = new Map<NodeId, NodeId>()
  const inner = (id: NodeId): NodeId => {
    const known = inners.get(id)
    if (known !== undefined || !slope) return known ?? id
    const node = world.derive(id, slope.by, 'total').node
    inners.set(id, node)
    return node
  }
  const forms = [...(before ? [before.node] : []), simplifier.simplify(truth.node), simplifier.expand(truth.node)]
  return {
    builder,
    world,
    truth: truth.node,
    forms: [...new Set(forms)].filter((form) => ancestors(builder.graph, form).length < 400),
    slope,
    gradients,
    inner,
    times: (a, b) => builder.apply(PRODUCT, [a, b]),
    over: (a, b) => builder.apply(QUOTIENT, [a, b]),
    text: (id) =>
      ancestors(builder.graph, id).some((each) => world.generic.has(each))
        ? UNTOLD
        : spoken(builder.graph, simplifier.simplify(id)),
  }
}
