/** Places behind a bar or a bracket: `\left.\frac{dy}{dx}\right|_{x=1}`, `x^2 \Big|_{x=3}`, `\left(\frac{\partial z}{\partial x}\right)_y`. */

import { rewritten } from '../rewritten'
import type { Expr, Name } from '../statement'
import { scriptEnd } from './scripts'
import {
  around,
  BINDING,
  namesIn,
  partsOf,
  peek,
  peekSign,
  rangeOf,
  type State,
  take,
  Unreadable,
  within,
} from './state'

interface Place {
  readonly name: Name
  readonly value: Expr
}

/**
 * The expression at the place that the script behind it says; `null`, and nothing is taken, where the script says
 * something else. The position is at the script's sign.
 * @param from the first token of the expression
 */
export function evaluation(state: State, expr: Expr, from: number): Expr | null {
  const { position, end, depth, bars } = state
  const isBar = state.tokens[position - 1]?.text === '|'
  const after = Math.min(scriptEnd(state, position), end)
  const braced = state.tokens[position + 1]?.text === '{' && state.partner[position + 1] === after - 1
  const [start, stop] = braced ? [position + 2, after - 1] : [position + 1, after]
  try {
    const places = within(state, start, stop, () => placesIn(state, expr, isBar))
    if (places === null) throw new Unreadable('evaluation', position)
    state.position = after
    const range = around(expr.range, rangeOf(state, from, after))
    if (places.length === 0) return { ...expr, range }
    const placed = at(state, expr, places)
    if (placed) return { ...placed, range }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
  }
  Object.assign(state, { position, end, depth, bars })
  return null
}

/** `x = 1, y = 2`, or the mere value of the only variable; none for `_y`, what is held; `null`: no place. */
function placesIn(state: State, expr: Expr, isBar: boolean): Place[] | null {
  const places: Place[] = []
  const wrt = expr.kind === 'derivative' && expr.wrt.length === 1 ? expr.wrt[0]?.variable : undefined
  do {
    const value = state.read(state, BINDING.sum)
    if (peekSign(state, '=')) {
      if (value.kind !== 'name') return null
      take(state)
      places.push({ name: value.name, value: state.read(state, BINDING.sum) })
    } else if (!isBar && isCounting(value)) return null
    else if (!isBar && isHeld(expr, value)) {
      while (peekSign(state, ',') && take(state)) state.read(state, BINDING.sum)
      return []
    } else if (wrt?.kind === 'name' && !peek(state)) places.push({ name: wrt.name, value })
    else return null
  } while (peekSign(state, ',') && take(state))
  return places
}

/** `\left(\frac{\partial z}{\partial x}\right)_y`: y is held, as ∂ says anyhow. */
function isHeld(expr: Expr, script: Expr): boolean {
  if (expr.kind !== 'derivative' || expr.notation !== 'partial' || script.kind !== 'name') return false
  return expr.wrt.every(({ variable }) => variable.kind !== 'name' || variable.name.key !== script.name.key)
}

/** `\left(\frac{\partial L}{\partial y}\right)_i`: an entry of the gradient. */
const isCounting = (script: Expr): boolean => script.kind === 'name' && /^[ijklmn]$/.test(script.name.key)

function at(state: State, expr: Expr, places: readonly Place[]): Expr | null {
  const given = (part: Expr): Expr | null =>
    part.kind === 'name' ? (places.find(({ name }) => name.key === part.name.key)?.value ?? null) : null
  if (expr.kind === 'derivative') return { ...expr, at: places }
  if (expr.kind === 'call') return { ...expr, args: expr.args.map((arg) => given(arg) ?? arg) }
  // Other names may depend on the one that is given a value.
  const others = namesIn([expr]).filter((name) => !given(name))
  const isFree = others.every(({ name }) => !state.context.expressed.has(name.key)) && !hasDerivative(expr)
  return isFree && namesIn([expr]).length > others.length ? rewritten(expr, given) : null
}

const hasDerivative = (expr: Expr): boolean =>
  expr.kind === 'derivative' || expr.kind === 'opaque' || expr.kind === 'call' || partsOf(expr).some(hasDerivative)
