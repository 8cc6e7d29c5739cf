/** What the code of a function says of its parameters by what it does with them: how many axes they have, which are sizes. */
import type { CallTerm, Expression, FunctionCode } from '../code/core'
import { walkCode } from '../code/walk'

/** Attribute of an array whose parts are its sizes. */
const SHAPE = 'shape'

/** Numbers of axes by the names of arrays: four for `N, C, H, W = x.shape`, of a field of the same name too. */
export function axesByUse(codes: readonly FunctionCode[]): ReadonlyMap<string, number> {
  const axes = new Map<string, number>()
  for (const { body } of codes)
    walkCode(body, (part) => {
      if (part.kind !== 'let' || part.pattern.kind !== 'listPattern' || part.value?.kind !== 'member') return
      const { items } = part.pattern
      const { object, key } = part.value
      if (key === SHAPE && items.every((item) => item && !item.rest)) axes.set(nameOf(object) ?? '', items.length)
    })
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
