/** `\nabla f` of a function of several numbers: the list of its derivatives, in the order of its arguments. */
import { ancestors, type NodeId, type Source } from '../graph/graph'
import type { DerivativeExpr, Expr, NameExpr } from '../reading/statement'
import { numberLoss } from './loss'
import { define, inherit, parameterNode, resolve } from './names'
import { ordered } from './ordered'
import { differentiated } from './parts'
import type { Defined, UsePlace } from './scope'
import { substitute } from './substitute'
import type { Building, Environment } from './vocabulary'
import { arraysAt } from './written'

/** The gradient as a list; `null` where `\nabla` is of one variable, or where nothing says which ones there are. */
export function gradientOf(
  building: Building,
  expr: DerivativeExpr,
  place: UsePlace,
  environment: Environment,
  source: Source,
): NodeId | null {
  const { of, wrt, order, notation } = expr
  if (notation !== 'nabla' || wrt.length > 0 || order !== 1) return null
  const name = of.kind === 'name' ? of.name : of.kind === 'call' && of.primes === 0 ? of.callee : null
  if (!name || environment.has(name.key)) return null
  const found = resolve(building, name, place)
  const entries = found ? ofDefined(building, found) : ofUndefined(building, expr)
  if (!entries) return null
  building.notes.doubts.add('array')
  const gradient = arraysAt(building.builder, source).stacked(entries.map(({ slope }) => slope))
  const args = of.kind === 'call' ? of.args.map((arg) => building.build(arg, place, environment)) : []
  const by = entries.map((entry) => entry.by)
  if (args.length === 0 || args.every((arg, k) => arg === by[k])) return gradient
  if (args.length !== by.length || args.some((arg) => building.builder.shapeOf(arg)?.length !== 0)) return null
  return substitute(building.builder, gradient, new Map(by.map((each, k) => [each, args[k] as NodeId])))
}

interface Entry {
  readonly by: NodeId
  readonly slope: NodeId
}

function ofDefined(building: Building, found: Defined): Entry[] | null {
  const { builder } = building
  const { parameters } = found.definition
  const id = define(building, found)
  if (builder.shapeOf(id)?.length !== 0 || building.hidden.has(id)) return null
  const variables = parameters
    ? parameters.map((each) => parameterNode(building, each.name, each.range, found))
    : coordinatesOf(building, id)
  if (variables.length < 2 || variables.some((by) => builder.shapeOf(by)?.length !== 0)) return null
  inherit(building, found)
  const entries: Entry[] = []
  for (const by of variables) {
    const slope = ordered(building, id, [{ by, order: 1 }], building.mode, AS_PARTIAL)
    if (slope === null) return null
    entries.push({ by, slope })
  }
  return entries
}

/** `f = x^2 + y^2`, where nothing but coordinates stands. */
function coordinatesOf({ builder, names }: Building, of: NodeId): NodeId[] {
  const leaves = ancestors(builder.graph, of).filter((id) => builder.node(id).op === 'input')
  const keyOf = (id: NodeId): string => names.get(id)?.key ?? ''
  if (!leaves.every((id) => /^[xyz]$/.test(keyOf(id)))) return []
  return leaves.sort((a, b) => keyOf(a).localeCompare(keyOf(b)))
}

/** Of any function: by what the claim itself differentiates it in a list, `\left(\frac{\partial f}{\partial x}, \frac{\partial f}{\partial y}\right)`. */
function ofUndefined(building: Building, expr: DerivativeExpr): Entry[] | null {
  const loss = differentiated(expr)
  const { claimed } = building
  if (!claimed || !loss) return null
  const variables = claimed.sides.map((side) => variablesOfList(side, loss.key)).find((each) => each !== null)
  if (!variables) return null
  return variables.map((variable) => {
    const by = building.build(variable, claimed.place, new Map())
    return { by, slope: building.upstream(numberLoss(loss), 1, [{ by, order: 1 }], 'partial') }
  })
}

/** The variables of a list of first derivatives of one function, where they stand in their usual order. */
function variablesOfList(side: Expr, of: string): NameExpr[] | null {
  if (side.kind !== 'matrix') return null
  const cells =
    side.rows.length === 1 ? (side.rows[0] ?? []) : side.rows.flatMap((row) => (row.length === 1 ? row : []))
  if (cells.length < 2 || cells.length !== side.rows.flat().length) return null
  const variables = cells.flatMap((cell) => {
    if (cell.kind !== 'derivative' || cell.order !== 1 || cell.at) return []
    const name = differentiated(cell)
    const [variable] = cell.wrt.map((each) => each.variable)
    return name?.key === of && variable?.kind === 'name' ? [variable] : []
  })
  const keys = variables.map(({ name }) => name.key)
  const isOrdered = keys.every((key, k) => k === 0 || key.localeCompare(keys[k - 1] as string) > 0)
  return variables.length === cells.length && isOrdered ? variables : null
}

const AS_PARTIAL = { isHeld: true, notation: 'partial' } as const
