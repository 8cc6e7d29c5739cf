/**
 * Is what a claim differentiates at hand? Its definition, or a claim on it that stands between, must be at most four written lines
 * before the claim, with no heading or rule between: further away, notes often mean something else by the same letter.
 */

import type { Built, Meaning } from '../meaning/build'
import { partsIn } from '../meaning/parts'
import type { Defined, Placed, Scope } from '../meaning/scope'
import { isEntry } from '../operations/indexNodes'
import type { Claim, Expr, Range } from '../reading/statement'

const MOST_LINES = 4

/** Where something stands: text from its end to the claim is what lies between. */
type Between = (from: { readonly passage: number; readonly range: Range }) => string

/** Whether each definition that a derivative of the claim is taken of stands near enough. */
export function isAtHand(scope: Scope, claim: Placed<Claim>, world: Meaning, truth: Built, between: Between): boolean {
  const names = new Set(truth.slopes.flatMap(({ of }) => nameOf(world, of) ?? []))
  const differentiated = truth.used.filter(({ definition }) => names.has(scope.canonical(definition.target).key))
  // A chain that begins with a name, not with a derivative, speaks of all that it uses.
  const meant = differentiated.length > 0 ? differentiated : truth.used
  return meant.every((defined) => isNear(scope, claim, defined, between))
}

/** The name of a node, or of the array of which it is an entry. */
function nameOf({ builder }: Meaning, id: number): string | null {
  const { name, op, inputs } = builder.node(id)
  if (name) return name.key
  return isEntry(op) ? (builder.node(inputs[0] as number).name?.key ?? null) : null
}

function isNear(scope: Scope, claim: Placed<Claim>, defined: Defined, between: Between): boolean {
  if (defined.order >= claim.order) return true
  const key = scope.canonical(defined.definition.target).key
  const anchors = scope.statements.filter(
    (each) =>
      each.statement.kind === 'claim' &&
      each.order > defined.order &&
      each.order < claim.order &&
      partsIn(each.statement).derivatives.some((derivative) =>
        [derivative.of, ...derivative.wrt.map(({ variable }) => variable)].some((part) => isOf(scope, part, key)),
      ),
  )
  return [
    { passage: defined.passage, range: defined.definition.range },
    ...anchors.map((each) => ({ passage: each.passage, range: each.statement.range })),
  ].some((from) => isShort(between(from)))
}

const isOf = (scope: Scope, part: Expr, key: string): boolean =>
  part.kind === 'name' && scope.canonical(part.name).key === key

/** Blank lines and fences aren't written lines. */
function isShort(text: string): boolean {
  const lines = text.split('\n').map((line) => line.trim())
  if (lines.some((line) => /^#{1,6}\s|^(?:-{3,}|\*{3,}|_{3,})$/.test(line))) return false
  return (
    lines.filter((line) => line !== '' && !/^(?:\${2}|`{3}.*|~{3}.*|\\\[|\\\]|\\(?:begin|end)\{\w+\*?\}|>)$/.test(line))
      .length <= MOST_LINES
  )
}
