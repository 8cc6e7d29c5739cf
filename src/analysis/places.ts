/** Offset → the innermost expression there, and the node that it is. */
import type { Derivation, Place, ReadPassage } from '../derivation'
import type { NodeId } from '../graph/graph'
import { childrenOf, expressionsOf } from '../meaning/parts'
import type { Scope, UsePlace } from '../meaning/scope'
import type { DerivativeExpr, Expr, Name, NameExpr, Range } from '../reading/statement'
import type { CodeDerivations, DerivationSet } from './derivations'

export interface Places {
  at(offset: number): Place | null
}

/** Looks places up; nothing is built before something is asked. */
export function placesOf(
  read: readonly ReadPassage[],
  scope: Scope,
  set: DerivationSet,
  code: CodeDerivations,
): Places {
  const owners = new Map<number, UsePlace>()
  for (const { statement: _, ...place } of scope.statements)
    if (!owners.has(place.passage)) owners.set(place.passage, place)

  const at = (offset: number): Place | null => {
    const found = passageAt(read, offset)
    if (!found) return null
    const local = offset - found.passage.start
    const inDocument = ({ start, end }: Range): Range => ({
      start: start + found.passage.start,
      end: end + found.passage.start,
    })
    for (const derivation of code.inPassage(found.key)) {
      const node = nodeAt(derivation, found.key, local)
      if (node) return { derivation, node: node.id, range: inDocument(node.range), derivative: false }
    }
    const written = writtenAt(found, local)
    if (written) return placeOf(written, inDocument)
    return null
  }

  /** The innermost name, derivative or defining expression at a place of a passage, with its statement's place. */
  const writtenAt = (found: ReadPassage, local: number) => {
    for (const { statement, ...place } of scope.statements) {
      if (place.passage !== found.key || !contains(statement.range, local)) continue
      if (statement.kind === 'definition' && contains(statement.targetRange, local)) {
        return { name: statement.target, range: statement.targetRange, place, local }
      }
      for (const expr of expressionsOf(statement)) {
        const inner = innermost(expr, local)
        if (inner) return { expr: inner, place, local }
      }
    }
    return null
  }

  const placeOf = (
    written: NonNullable<ReturnType<typeof writtenAt>>,
    inDocument: (range: Range) => Range,
  ): Place | null => {
    const { place, local } = written
    if (written.name) return named(written.name, written.range, place, inDocument)
    const { expr } = written
    if (!expr) return null
    if (expr.kind === 'derivative') return derivativePlace(expr, place, inDocument)
    if (expr.kind === 'name') return named(expr.name, expr.range, place, inDocument)
    for (const derivation of derivationsIn(place.passage)) {
      const node = nodeAt(derivation, place.passage, local)
      if (node) return { derivation, node: node.id, range: inDocument(node.range), derivative: false }
    }
    return null
  }

  const named = (name: Name, range: Range, place: UsePlace, inDocument: (range: Range) => Range): Place | null => {
    const definition = scope.definitionOf(name, place) ?? definitionAt(place, range)
    const key = scope.canonical(name).key
    for (const derivation of set.around({ definition, input: key })) {
      const node = nodeNamed(derivation, key, definition?.passage ?? null)
      if (node !== null) return { derivation, node, range: inDocument(range), derivative: false }
    }
    return null
  }

  /** On the left of its own definition a name means that definition. */
  const definitionAt = (place: UsePlace, range: Range) =>
    scope.definitions.find(
      ({ order, definition }) => order === place.order && definition.targetRange.start === range.start,
    ) ?? null

  const derivativePlace = (
    expr: DerivativeExpr,
    place: UsePlace,
    inDocument: (range: Range) => Range,
  ): Place | null => {
    const variable = expr.wrt[0]?.variable
    if (expr.of.kind !== 'name' || variable?.kind !== 'name') return null
    const of = expr.of as NameExpr
    const definition = scope.definitionOf(of.name, place)
    const wrt = scope.canonical(variable.name).key
    const target = scope.definitionOf(variable.name, place)
    const loss = scope.canonical(of.name).key
    const candidates = definition
      ? [set.of(definition)]
      : set
          .around({ definition: target, input: wrt })
          .filter(({ upstream }) => upstream?.name.key.startsWith(`d${loss}_d`))
    for (const derivation of candidates) {
      const node = derivation && nodeNamed(derivation, wrt, target?.passage ?? null)
      if (derivation && node !== null) return { derivation, node, range: inDocument(expr.range), derivative: true }
    }
    return null
  }

  const derivationsIn = (passage: number): readonly Derivation[] =>
    scope.definitions
      .filter((defined) => defined.passage === passage)
      .flatMap((defined) => set.around({ definition: defined, input: '' }))

  return { at }
}

const contains = ({ start, end }: Range, offset: number): boolean => start <= offset && offset < end

/** Passages are in document order and don't overlap. */
function passageAt(read: readonly ReadPassage[], offset: number): ReadPassage | null {
  let [low, high] = [0, read.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const each = read[middle] as ReadPassage
    const { start, text } = each.passage
    if (offset < start) high = middle - 1
    else if (offset >= start + text.length) low = middle + 1
    else return each
  }
  return null
}

/** The smallest expression around an offset; parts of a derivative count as the derivative. */
function innermost(expr: Expr, offset: number): Expr | null {
  if (!contains(expr.range, offset)) return null
  let inner: Expr = expr
  for (;;) {
    if (inner.kind === 'derivative' && inner.of.kind === 'name') return inner
    const next: Expr | undefined = childrenOf(inner).find((child) => contains(child.range, offset))
    if (!next) return inner
    inner = next
  }
}

/** The written node with the smallest range around a place of a passage. */
function nodeAt(derivation: Derivation, passage: number, offset: number): { id: NodeId; range: Range } | null {
  let best: { id: NodeId; range: Range } | null = null
  for (const id of derivation.written) {
    const node = derivation.graph.nodes[id]
    if (!node) continue
    for (const source of node.source ? [node.source, ...node.uses] : node.uses) {
      if (source.passage !== passage || !contains(source, offset)) continue
      if (!best || source.end - source.start < best.range.end - best.range.start) best = { id, range: source }
    }
  }
  return best
}

/** The node of this name, rather the one that is written in this passage. */
function nodeNamed(derivation: Derivation, key: string, passage: number | null): NodeId | null {
  let found: NodeId | null = null
  for (const id of derivation.written) {
    const node = derivation.graph.nodes[id]
    if (node?.name?.key !== key) continue
    if (passage === null || node.uses.some((use) => use.passage === passage)) return id
    found ??= id
  }
  return found
}
