/** Slips of writing: the right answer is known, and one thing in it is copied or worked out wrongly. */
import { ancestors, type GraphBuilder, type GraphNode, isNamed, type NodeId } from '../graph/graph'
import { substitute } from '../meaning/substitute'
import { DIFFERENCE, isSum, NEGATIVE, POWER, PRODUCT, QUOTIENT, SUM } from '../operations/algebra'
import { OPERATIONS, operation } from '../operations/index'
import type { Slip, SlipContext, Variant } from './slip'

/** What may stand in the place of a node by mistake. */
interface FormSlip {
  readonly name: string
  readonly change: (context: SlipContext, node: GraphNode) => Variant[]
}

/** What is written in the place of an entry that looks like it: a sine for a cosine. */
const confusions: readonly FormSlip[] = OPERATIONS.flatMap(({ name: op, confusion }) =>
  confusion
    ? [
        {
          name: confusion.name,
          change: ({ builder }: SlipContext, node: GraphNode): Variant[] =>
            node.op === op ? [{ node: builder.apply(confusion.with, node.inputs), sentence: confusion.sentence }] : [],
        },
      ]
    : [],
)

/** The table: one row a kind of slip. */
const formSlips: readonly FormSlip[] = [
  ...confusions,
  {
    name: 'exponent',
    change: ({ builder, text }, node) => {
      const exponent = node.op === POWER ? builder.constantOf(node.inputs[1] as NodeId) : null
      if (exponent === null) return []
      const base = node.inputs[0] as NodeId
      return [exponent + 1, exponent - 1, -exponent].map((wrong) => ({
        node: builder.apply(POWER, [base, builder.constant(wrong)]),
        sentence:
          wrong === 1
            ? `The exponent of ${text(base)} is lost.`
            : `The exponent of ${text(base)} is ${exponent}, not ${wrong}.`,
      }))
    },
  },
  {
    name: 'exponent lost',
    change: ({ text }, node) =>
      node.op === POWER
        ? [{ node: node.inputs[0] as NodeId, sentence: `The exponent of ${text(node.inputs[0] as NodeId)} is lost.` }]
        : [],
  },
  {
    name: 'term lost',
    change: ({ builder, text }, node) => {
      if (!isSum(node.op)) return []
      const [left, right] = node.inputs as [NodeId, NodeId]
      const rest = node.op === SUM ? right : builder.apply(NEGATIVE, [right])
      return [
        { node: left, sentence: `The term ${text(right)} is lost.` },
        { node: rest, sentence: `The term ${text(left)} is lost.` },
      ]
    },
  },
  {
    name: 'factor lost inside',
    change: ({ text }, node) =>
      node.op === PRODUCT
        ? (node.inputs as NodeId[]).map((kept, k) => ({
            node: kept,
            sentence: `The factor ${text(node.inputs[1 - k] as NodeId)} is lost.`,
          }))
        : [],
  },
  {
    name: 'bracket lost',
    change: ({ builder }, node) =>
      bracketsLost(builder, node).map((each) => ({ node: each, sentence: 'A bracket is lost.' })),
  },
  {
    name: 'fraction inverted',
    change: ({ builder }, node) =>
      node.op === QUOTIENT
        ? [{ node: builder.apply(QUOTIENT, [...node.inputs].reverse()), sentence: 'A fraction is upside down.' }]
        : [],
  },
  {
    name: 'sign inside',
    change: (_context, node) =>
      node.op === NEGATIVE ? [{ node: node.inputs[0] as NodeId, sentence: 'A minus inside is lost.' }] : [],
  },
  {
    name: 'evaluated too early',
    change: ({ slope, builder }, node) =>
      slope && isNamed(node) && node.id !== slope.by
        ? [
            {
              node: slope.by,
              sentence: `${node.name?.plain ?? 'The argument'} has been replaced by ${builder.node(slope.by).name?.plain ?? 'the variable'} alone.`,
            },
          ]
        : [],
  },
  {
    name: 'argument not put in',
    change: ({ slope, builder }, node) =>
      slope && node.inputs.length === 1 && !isNamed(node) && node.op !== NEGATIVE && node.inputs[0] !== slope.by
        ? [
            {
              node: builder.apply(node.op, [slope.by]),
              sentence: `It is taken at ${builder.node(slope.by).name?.plain ?? 'the variable'} instead of the inner expression.`,
            },
          ]
        : [],
  },
]

/** `a(b + c)` as `ab + c`, `(b + c)^n` as `b + c^n`, `-(b + c)` as `-b + c`, `a - (b + c)` as `a - b + c`. */
function bracketsLost(builder: GraphBuilder, node: GraphNode): NodeId[] {
  const sum = (id: NodeId | undefined): { op: string; left: NodeId; right: NodeId } | null => {
    const inner = id === undefined ? null : builder.node(id)
    const bare = inner && operation(inner.op)?.isCopy ? builder.node(inner.inputs[0] as NodeId) : inner
    return bare && isSum(bare.op)
      ? { op: bare.op, left: bare.inputs[0] as NodeId, right: bare.inputs[1] as NodeId }
      : null
  }
  const [first, second] = node.inputs as [NodeId, NodeId | undefined]
  const [left, right] = [sum(first), sum(second)]
  const results: NodeId[] = []
  if (node.op === PRODUCT) {
    if (right) results.push(builder.apply(right.op, [builder.apply(PRODUCT, [first, right.left]), right.right]))
    if (left && second !== undefined)
      results.push(builder.apply(left.op, [left.left, builder.apply(PRODUCT, [left.right, second])]))
  }
  if (node.op === POWER && left && second !== undefined) {
    results.push(builder.apply(left.op, [left.left, builder.apply(POWER, [left.right, second])]))
  }
  if (node.op === NEGATIVE && left)
    results.push(builder.apply(left.op, [builder.apply(NEGATIVE, [left.left]), left.right]))
  if (node.op === DIFFERENCE && right) {
    results.push(builder.apply(right.op, [builder.apply(DIFFERENCE, [first, right.left]), right.right]))
  }
  return results
}

/** Every form of the right answer with one node changed, everywhere or in one of the places where it stands. */
export const FORM_SLIPS: readonly Slip[] = formSlips.map(({ name, change }) => ({
  name,
  variants: (context) =>
    context.forms.flatMap((form) => {
      const order = ancestors(context.builder.graph, form)
      return order.flatMap((id) =>
        change(context, context.builder.node(id)).flatMap(({ node, sentence }) =>
          [new Map([[id, node]]), ...inOnePlace(context.builder, order, id, node)].map((replacements) => ({
            node: substitute(context.builder, form, replacements),
            sentence,
          })),
        ),
      )
    }),
}))

/** One user of a shared node with the other node in its place, for each of several users. */
function inOnePlace(builder: GraphBuilder, order: readonly NodeId[], id: NodeId, node: NodeId): Map<NodeId, NodeId>[] {
  const users = order.filter((user) => builder.node(user).inputs.includes(id))
  if (users.length < 2) return []
  return users.map((user) => {
    const { op, inputs, attributes } = builder.node(user)
    return new Map([
      [
        user,
        builder.apply(
          op,
          inputs.map((input) => (input === id ? node : input)),
          attributes,
        ),
      ],
    ])
  })
}
