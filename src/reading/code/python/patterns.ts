/** What Python writes to, in the core language. */
import type { SyntaxNode } from '@lezer/common'
import type { Pattern, Span } from '../core'
import { type Source, spanOf, UNFINISHED, unread, written } from '../lowering'
import { partsOf } from '../tree'
import { expressionOf, splitAt } from './expressions'

/** One target, or several without brackets: `a, (b, *c)`. */
export function patternFrom(source: Source, nodes: readonly SyntaxNode[], at: Span): Pattern {
  const [first, second] = nodes
  if (first && !second) return patternOf(source, first)
  const span = { from: first?.from ?? at.from, to: nodes.at(-1)?.to ?? at.to }
  const items = splitAt(nodes, ',').map((group) => {
    const rest = group[0]?.name === '*'
    const target = rest ? group[1] : group[0]
    return { pattern: target ? patternOf(source, target) : unreadPlace(at), fallback: null, rest }
  })
  return { kind: 'listPattern', items, ...span }
}

function patternOf(source: Source, node: SyntaxNode): Pattern {
  const span = spanOf(node)
  if (node.name === 'VariableName') return { kind: 'name', name: written(source, node), ...span }
  if (/^(Tuple|Array|Parenthesized)Expression$/.test(node.name))
    return patternFrom(source, partsOf(node).slice(1, -1), node)
  const place = expressionOf(source, node, node)
  if (place.kind === 'member' || place.kind === 'index') return { kind: 'place', place, ...span }
  return unreadPlace(node)
}

/** What can't be written to. */
const unreadPlace = (at: Span): Pattern => {
  const nothing = unread(UNFINISHED, at)
  return {
    kind: 'place',
    place: { kind: 'index', object: nothing, indices: [nothing], fromEnd: false, ...spanOf(at) },
    ...spanOf(at),
  }
}
