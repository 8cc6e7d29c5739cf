/** Single places that tell something of a derivative that is right: a kink, a call with the wrong value. */
import type { Counterexample } from '../../derivation'
import { type Comparison, confirmed, differs, scaleOf } from './relation'
import type { Assignment } from './roles'
import { compare, counterexample, plainness, type Trial, turned } from './trial'

/** Where a derivative that is called with the output, but takes the input, or the other way round, is wrong. */
export function mistakenly(
  trial: Trial,
  roles: Assignment['roles'],
  variable: number,
  called: 'input' | 'output',
): Counterexample | null {
  const [column = []] = compare(trial, turned(roles, variable, called), [variable])
  const scale = scaleOf(column)
  const wrong = column
    .filter((at) => differs(at, scale) && confirmed(trial.sample, at.point, variable))
    .toSorted((a, b) => plainness(a.point) - plainness(b.point))
  return wrong.length > 1 ? counterexample(trial, wrong[0] as Comparison, roles) : null
}

/** Whether the function has a corner, and the derivative a value there that lies between the slopes on both sides. */
export function hasKink(trial: Trial, roles: Assignment['roles'], variable: number): boolean {
  const { sample, written } = trial
  if (variable !== 0) return false
  return sample.kinks.some((at) => {
    const slope = (step: number) =>
      sample.run(at.map((value, k) => (k === 0 ? value + step : value)))?.[1 + variable] ?? Number.NaN
    const [left, right] = [slope(-1e-6), slope(1e-6)]
    const jump = Math.abs(left - right)
    // A steep curve turns little within a short way, a corner as much as within a long one.
    if (!(jump > 1e-3 && jump > 0.5 * Math.abs(slope(-1e-4) - slope(1e-4)))) return false
    const value = sample.run(at)?.[0] ?? Number.NaN
    const own = roles.map((role) => (typeof role === 'number' ? (at[role] as number) : role === 'output' ? value : 1))
    const result = written.run([...at, ...own])[0] as number
    return result >= Math.min(left, right) - 1e-6 && result <= Math.max(left, right) + 1e-6
  })
}
