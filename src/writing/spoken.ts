/** Expressions as people write them in plain text, for people to read: `2t`, `a · b`, `x²`, names as their author types them (`ŷ`, `τ`). */
import type { Graph, NodeId } from '../graph/graph'
import { expressionText, type TextNames, textOf } from './text'

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** Powers and coefficients as people type them, products with the star that their author's plain text has: `t²`, `2t`, `a * b`. */
const asTyped = (text: string): string =>
  text
    .replace(/(?<![\p{L}\d_])pi(?![\p{L}\d_])/gu, 'π')
    .replace(/\^(\d+)(?![\d.])/g, (_, digits: string) =>
      [...digits].map((digit) => SUPERSCRIPTS[Number(digit)]).join(''),
    )
    // A word keeps its distance: `2 sin(x)`.
    .replace(/(?<![\p{L}\p{M}\d_.₀-₉])(\d+) \* (?=(\p{L}{2})|[\p{L}(])/gu, (_, number: string, word?: string) =>
      word ? `${number} ` : number,
    )

/** Text for reading alone: products with a dot. */
export const pretty = (text: string): string => asTyped(text).replaceAll(' * ', ' · ')

/** What the named nodes of a graph are called in plain text. */
const namesIn = (graph: Graph): TextNames => ({ get: (id) => graph.nodes[id]?.name?.plain })

/** The name of a node, or its expression down to named nodes: `t`, `2t`. */
export const spoken = (graph: Graph, id: NodeId): string => pretty(textOf(graph, id, namesIn(graph)))

/** What the node is, even where it has a name: `(x + y)²`. */
export const spokenExpression = (graph: Graph, id: NodeId): string => pretty(expressionText(graph, id, namesIn(graph)))

/** An expression to be put into plain text: `2(x + y)`, `3x²`. */
export const typedExpression = (graph: Graph, id: NodeId): string => asTyped(expressionText(graph, id, namesIn(graph)))
