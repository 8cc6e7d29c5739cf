/** Slips of writing: the right answer is known, and one thing in it is copied or worked out wrongly. */
import { ancestors, type GraphBuilder, type GraphNode, isNamed, type NodeId } from '../graph/graph'
import { substitute } from '../meaning/substitute'
import type { Slip, SlipContext, Variant } from './mistakes'

/** What may stand in the place of a node by mistake. */
interface FormSlip {
  readonly name: string
  readonly change: (context: SlipContext, node: GraphNode) => Variant[]
}

const replaceOp =
  (from: string, to: string, sentence: string) =>
  ({ builder }: SlipContext, node: GraphNode): Variant[] =>
    node.op === from ? [{ node: builder.apply(to, node.inputs), sentence }] : []

const sumOps = ['add', 'subtract']

/** The table: one row a kind of slip. */
const formSlips: readonly FormSlip[] = [
  { name: 'sine for cosine', change: replaceOp('cos', 'sin', 'A cosine has become a sine.') },
  { name: 'cosine for sine', change: replaceOp('sin', 'cos', 'A sine has become a cosine.') },
  { name: 'plus for minus', change: replaceOp('subtract', 'add', 'A minus has become a plus.') },
  { name: 'minus for plus', change: replaceOp('add', 'subtract', 'A plus has become a minus.') },
  {
    name: 'exponent',
    change: ({ builder, text }, node) => {
      const exponent = node.op === 'power' ? builder.constantOf(node.inputs[1] as NodeId) : null
      if (exponent === null) return []
      const base = node.inputs[0] as NodeId
      return [exponent + 1, exponent - 1, -exponent].map((wrong) => ({
        node: builder.apply('power', [base, builder.constant(wrong)]),
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
      node.op === 'power'
        ? [{ node: node.inputs[0] as NodeId, sentence: `The exponent of ${text(node.inputs[0] as NodeId)} is lost.` }]
        : [],
  },
  {
    name: 'term lost',
    change: ({ builder, text }, node) => {
      if (!sumOps.includes(node.op)) return []
      const [left, right] = node.inputs as [NodeId, NodeId]
      const rest = node.op === 'add' ? right : builder.apply('negate', [right])
      return [
        { node: left, sentence: `The term ${text(right)} is lost.` },
        { node: rest, sentence: `The term ${text(left)} is lost.` },
      ]
    },
  },
  {
    name: 'factor lost inside',
    change: ({ text }, node) =>
      node.op === 'multiply'
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
      node.op === 'divide'
        ? [{ node: builder.apply('divide', [...node.inputs].reverse()), sentence: 'A fraction is upside down.' }]
        : [],
  },
  {
    name: 'sign inside',
    change: (_context, node) =>
      node.op === 'negate' ? [{ node: node.inputs[0] as NodeId, sentence: 'A minus inside is lost.' }] : [],
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
      slope && node.inputs.length === 1 && !isNamed(node) && node.op !== 'negate' && node.inputs[0] !== slope.by
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
    const bare = inner?.op === 'identity' ? builder.node(inner.inputs[0] as NodeId) : inner
    return bare && sumOps.includes(bare.op)
      ? { op: bare.op, left: bare.inputs[0] as NodeId, right: bare.inputs[1] as NodeId }
      : null
  }
  const [first, second] = node.inputs as [NodeId, NodeId | undefined]
  const [left, right] = [sum(first), sum(second)]
  const results: NodeId[] = []
  if (node.op === 'multiply') {
    if (right) results.push(builder.apply(right.op, [builder.apply('multiply', [first, right.left]), right.right]))
    if (left && second !== undefined)
      results.push(builder.apply(left.op, [left.left, builder.apply('multiply', [left.right, second])]))
  }
  if (node.op === 'power' && left && second !== undefined) {
    results.push(builder.apply(left.op, [left.left, builder.apply('power', [left.right, second])]))
  }
  if (node.op === 'negate' && left)
    results.push(builder.apply(left.op, [builder.apply('negate', [left.left]), left.right]))
  if (node.op === 'subtract' && right) {
    results.push(builder.apply(right.op, [builder.apply('subtract', [first, right.left]), right.right]))
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
