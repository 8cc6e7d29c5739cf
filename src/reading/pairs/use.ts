/** What the code of a function says of its parameters by what it does with them: how many axes they have, which are sizes. */
import type { CallTerm, Expression, FunctionCode } from '../code/core'
import { walkCode } from '../code/walk'

/** Attribute of an array whose parts are its sizes. */
const SHAPE = 'shape'
/** Attribute that says how many axes an array has. */
const AXES = 'ndim'

/**
 * Numbers of axes by the names of arrays: four for `N, C, H, W = x.shape`, of a field of the same name too. Where the code asks how
 * many there are, there may be more or fewer.
 */
export function axesByUse(codes: readonly FunctionCode[]): ReadonlyMap<string, number> {
  const axes = new Map<string, number>()
  const asked = new Set<string>()
  for (const { body } of codes)
    walkCode(body, (part) => {
      if (part.kind === 'member' && part.key === AXES) asked.add(nameOf(part.object) ?? '')
      if (part.kind !== 'let' || part.pattern.kind !== 'listPattern' || part.value?.kind !== 'member') return
      const { items } = part.pattern
      const { object, key } = part.value
      if (key === SHAPE && items.every((item) => item && !item.rest)) axes.set(nameOf(object) ?? '', items.length)
    })
  for (const name of asked) axes.delete(name)
  return axes
}

const nameOf = (code: Expression): string | null =>
  code.kind === 'name' ? code.name : code.kind === 'member' ? code.key : null

/** Functions that are given sizes alone, and at which place those begin that are given others before. */
const MAKERS: readonly (readonly [name: RegExp, from: number])[] = [
  [/^(zeros|ones|empty|rand|randn|eye|identity|range)$/, 0],
  [/^(full)$/, 0],
  [/^(normal|uniform)$/, 2],
]
const SIZES = /^size$/

/** Names that stand where sizes do, as `np.zeros(n)` and `range(n)` have them. */
export function sizesByUse({ body }: FunctionCode): ReadonlySet<string> {
  const sizes = new Set<string>()
  walkCode(body, (part) => {
    if (part.kind === 'call') for (const each of sizesIn(part)) addNames(each, sizes)
  })
  return sizes
}

function sizesIn({ callee, args }: CallTerm): Expression[] {
  const name = nameOf(callee) ?? ''
  const from = MAKERS.find(([pattern]) => pattern.test(name))?.[1]
  if (from === undefined) return []
  const plain = args.filter(({ keyword }) => !keyword).slice(from)
  return [...plain, ...args.filter(({ keyword }) => SIZES.test(keyword ?? ''))].map(({ value }) => value)
}

/** Names that are a size by themselves, or a factor of one: not `W` of `W.shape[0]`. */
function addNames(code: Expression, names: Set<string>): void {
  if (code.kind === 'name') names.add(code.name)
  if (code.kind === 'list') for (const { value } of code.items) addNames(value, names)
  if (code.kind === 'operation') for (const arg of code.args) addNames(arg, names)
}

/** What a function takes out of dictionaries, by their names: `p['mode']` must be there, `p.get('eps', 1e-5)` need not. */
export function keysTaken({ body }: FunctionCode): ReadonlyMap<string, ReadonlySet<string>> {
  const keys = new Map<string, Set<string>>()
  const set = new Set<Expression>()
  walkCode(body, (part) => {
    if (part.kind === 'assign' && part.target.kind === 'place') set.add(part.target.place)
    const [key] = part.kind === 'index' ? part.indices : []
    if (part.kind === 'call' && part.callee.kind === 'member' && part.callee.key === 'get') {
      const name = part.args[0]?.value.kind === 'text' ? nameOf(part.callee.object) : null
      if (name !== null && !keys.has(name)) keys.set(name, new Set())
    }
    if (
      part.kind !== 'index' ||
      set.has(part) ||
      part.object.kind !== 'name' ||
      key?.kind !== 'text' ||
      key.text === undefined
    )
      return
    const own = keys.get(part.object.name) ?? new Set<string>()
    keys.set(part.object.name, own.add(key.text))
  })
  return keys
}
