/** What a written derivative may be called with: which of its parameters is the function's input, its output, or neither. */
import type { PairCandidate } from '../../reading/pairs'
import type { Leaf, PairWorld } from './world'

/** What a parameter of the derivative stands for: an input of the function (its index), its output, or a number of its own. */
export type Role = number | 'output' | 'free'

export interface Assignment {
  readonly roles: readonly Role[]
  /** The one that names and places suggest. */
  readonly natural: boolean
}

const MOST = 400

/** Assignments of the derivative's own parameters, the natural one first. */
export function assignments(candidate: PairCandidate, world: PairWorld): Assignment[] {
  const natural = naturalRoles(candidate, world)
  const found = new Map<string, Assignment>()
  const add = (roles: readonly Role[]) => {
    if (found.size < MOST && !found.has(roles.join()))
      found.set(roles.join(), { roles, natural: roles.join() === natural.join() })
  }
  add(natural)
  const options: Role[] = ['output', 'free', ...world.inputs.keys()]
  const changed = (roles: readonly Role[]) =>
    roles.forEach((_role, index) => {
      for (const option of options) add(roles.map((role, k) => (k === index ? option : role)))
    })
  changed(natural)
  for (const { roles } of [...found.values()]) changed(roles)
  return [...found.values()]
}

function naturalRoles({ function: of, derivative }: PairCandidate, { inputs, own }: PairWorld): Role[] {
  const byName = (leaf: Leaf) => inputs.findIndex(({ plain }) => plain === leaf.plain)
  const named = own.map(byName)
  return own.map((leaf, k): Role => {
    if (named[k] !== undefined && named[k] >= 0) return named[k]
    const place = derivative.parameters.findIndex(({ name }) => name.key === leaf.key)
    const parameter = of.parameters[place]
    const index = parameter ? inputs.findIndex(({ key }) => key === parameter.name.key) : -1
    return index >= 0 && !named.includes(index) ? index : 'free'
  })
}

/** The inputs of the function by which it may be differentiated, likeliest first; one list for each way to read it. */
export function variablesOf(
  candidate: PairCandidate,
  world: PairWorld,
): { readonly said: boolean; readonly ways: readonly (readonly number[])[] } {
  const { written, inputs } = world
  const said = candidate.wrt.map((name) => indexOf(inputs, name))
  if (said.length === written.length && said.every((index) => index >= 0)) return { said: true, ways: [said] }
  if (written.length === 1) return { said: false, ways: inputs.map((_input, index) => [index]) }
  const labels = candidate.derivative.results.map(({ label }) =>
    label === null ? -1 : indexOf(inputs, variableIn(label)),
  )
  const ways: number[][] = []
  if (labels.every((index) => index >= 0) && new Set(labels).size === labels.length) ways.push(labels)
  for (let start = 0; start + written.length <= inputs.length; start++) ways.push(written.map((_node, k) => start + k))
  return { said: false, ways }
}

const plainly = (name: string): string => name.replace(/[_[\].]/g, '').toLowerCase()
const indexOf = (inputs: readonly Leaf[], name: string): number =>
  inputs.findIndex(
    ({ plain }) => plainly(plain) === plainly(name) || plainly(plain.replace(/^this\./, '')) === plainly(name),
  )

/** `w` of `dw`, `d_w`, `gradW`, `dLdw`. */
const variableIn = (label: string): string =>
  label.replace(/^d[A-Za-z]+_?d_?(?=\w)/, '').replace(/^(grad|gradient|d)_?(?=\w)/, '')
