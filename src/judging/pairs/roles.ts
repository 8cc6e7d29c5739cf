/** What a written derivative may be called with: which of its parameters is the function's input, its output, or neither. */
import { ancestors } from '../../graph/graph'
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

/**
 * Assignments of the derivative's own parameters, the natural one first. What has an input's name is that input, or
 * the output; what has a name of its own may be anything.
 */
export function assignments(candidate: PairCandidate, world: PairWorld): Assignment[] {
  const natural = naturalRoles(candidate, world)
  const named = world.own.map((leaf) => inputNamed(world, leaf) >= 0)
  const found = new Map<string, Assignment>()
  const add = (roles: readonly Role[]) => {
    if (found.size < MOST && !found.has(roles.join()))
      found.set(roles.join(), { roles, natural: roles.join() === natural.join() })
  }
  add(natural)
  const others: Role[] = ['output', 'free', ...world.inputs.keys()]
  const changed = (roles: readonly Role[]) =>
    roles.forEach((_role, index) => {
      for (const option of named[index] ? (['output'] as const) : others)
        add(roles.map((role, k) => (k === index ? option : role)))
    })
  changed(natural)
  for (const { roles } of [...found.values()]) changed(roles)
  return [...found.values()]
}

/** Names of a gradient that arrives from later: in a layer that keeps its input, the only parameter. */
export const ARRIVING = /^(g|dy|dz|d_?out\w*|dl\w*|up\w*|\w*grad\w*|err\w*|delta\w*)$/i

const inputNamed = ({ inputs }: PairWorld, leaf: Leaf): number => inputs.findIndex(({ plain }) => plain === leaf.plain)

function naturalRoles({ function: of, derivative }: PairCandidate, world: PairWorld): Role[] {
  const { inputs, own } = world
  const named = own.map((leaf) => inputNamed(world, leaf))
  const used = new Set(world.written.flatMap((node) => ancestors(world.builder.graph, node)))
  const keepsState = inputs.some(
    ({ node, key }) => used.has(node) && of.parameters.some(({ name }) => name.key === key),
  )
  return own.map((leaf, k): Role => {
    if (named[k] !== undefined && named[k] >= 0) return named[k]
    if (keepsState) return 'free'
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
  // `dw` and `db` leave no doubt.
  if (labels.every((index) => index >= 0) && new Set(labels).size === labels.length)
    return { said: true, ways: [labels] }
  const ways: number[][] = []
  for (let start = 0; start + written.length <= inputs.length; start++) ways.push(written.map((_node, k) => start + k))
  return { said: false, ways }
}

const plainly = (name: string): string => name.replace(/[_[\].]/g, '').toLowerCase()
const indexOf = (inputs: readonly Leaf[], name: string): number =>
  inputs.findIndex(({ plain }) => [plain, plain.replace(/^.*\./, '')].some((each) => plainly(each) === plainly(name)))

/** `w` of `dw`, `d_w`, `gradW`, `dLdw`. */
const variableIn = (label: string): string =>
  label.replace(/^d[A-Za-z]+_?d_?(?=\w)/, '').replace(/^(grad|gradient|d)_?(?=\w)/, '')
