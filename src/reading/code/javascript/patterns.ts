/** What JavaScript writes to, in the core language. */
import type { SyntaxNode } from '@lezer/common'
import type { Expression, Pattern, PatternItem, RecordField } from '../core'
import { type Source, spanOf, UNFINISHED, unread, written } from '../lowering'
import { bare, partsOf } from '../tree'
import { expressionOf, keyOf } from './expressions'

export function patternOf(source: Source, node: SyntaxNode): Pattern {
  const span = spanOf(node)
  if (node.name === 'VariableName' || node.name === 'VariableDefinition') {
    const name = written(source, node)
    // Where a part of an object stands in a pattern, the parser was shown a name in its stead.
    return /[.[]/.test(name) ? placeAt(source, node) : { kind: 'name', name, ...span }
  }
  if (node.name === 'ArrayPattern') return { kind: 'listPattern', items: listItems(source, node), ...span }
  if (node.name === 'ObjectPattern') {
    const fields = partsOf(node).filter((part) => part.name === 'PatternProperty')
    return { kind: 'recordPattern', fields: fields.map((field) => fieldOf(source, field)), ...span }
  }
  const place = expressionOf(source, node, node)
  if (place.kind === 'member' || place.kind === 'index') return { kind: 'place', place, ...span }
  return unreadPlace(place)
}

/** What can't be written to: then whatever is named in it isn't known any more. */
const unreadPlace = (place: Expression): Pattern => ({
  kind: 'place',
  place: { kind: 'index', object: place, indices: [unread(UNFINISHED, place)], fromEnd: false, ...spanOf(place) },
  ...spanOf(place),
})

function placeAt(source: Source, node: SyntaxNode): Pattern {
  const parsed = source.expressionAt(node)
  return parsed ? patternOf(source, bare(parsed)) : unreadPlace(unread(UNFINISHED, node))
}

const TARGET = /^(VariableDefinition|VariableName|ObjectPattern|ArrayPattern|MemberExpression)$/

function listItems(source: Source, node: SyntaxNode): (PatternItem | null)[] {
  const items: (PatternItem | null)[] = []
  const parts = partsOf(node).slice(1)
  let rest = false
  let open = true
  parts.forEach((part, index) => {
    if (part.name === ',') {
      if (open) items.push(null)
      open = true
    } else if (part.name === 'Spread') rest = true
    else if (TARGET.test(part.name) && open) {
      items.push({ pattern: patternOf(source, part), fallback: fallbackAfter(source, parts, index), rest })
      open = false
    }
  })
  return items
}

function fallbackAfter(source: Source, parts: readonly SyntaxNode[], index: number): Expression | null {
  const equals = parts[index + 1]
  return equals?.name === 'Equals' ? expressionOf(source, parts[index + 2], equals) : null
}

function fieldOf(source: Source, property: SyntaxNode): RecordField {
  const parts = partsOf(property)
  if (parts[0]?.name === 'Spread') {
    const pattern = parts[1] ? patternOf(source, parts[1]) : unreadPlace(unread(UNFINISHED, property))
    return { key: null, pattern, fallback: null, rest: true }
  }
  const { key } = keyOf(source, property)
  const colon = parts.findIndex((part) => part.name === ':')
  const at = colon >= 0 ? colon + 1 : parts.findIndex((part) => part.name === 'VariableDefinition')
  const target = parts[at]
  const pattern = target ? patternOf(source, target) : unreadPlace(unread(UNFINISHED, property))
  return { key, pattern, fallback: fallbackAfter(source, parts, at), rest: false }
}
