/** Methods of lists and dictionaries that Python calls otherwise than JavaScript. */
import { apply, type Call } from '../calls'
import { collectionOf } from '../collections'
import type { Machine } from '../machine'
import { partOf } from '../objects'
import { NOTHING, type Value } from '../value'
import { givenIn, itemsOf, listOf } from './given'

export const METHODS_OF_LISTS: ReadonlySet<string> = new Set(
  'append extend insert items values keys get copy index count'.split(' '),
)

const ALIASES: Readonly<Record<string, string>> = { append: 'list.push', index: 'list.indexOf' }

export function listMethod(
  machine: Machine,
  key: string,
  of: Value & { kind: 'reference' },
  written: Call,
): Value | null {
  const { plain, range } = givenIn(machine, written)
  const items = collectionOf(machine, of)
  if (items && key === 'copy') return listOf(machine, items)
  if (items && Object.hasOwn(ALIASES, key))
    return apply(machine, { ...written, target: { kind: 'builtin', name: ALIASES[key] as string, of } })
  if (items && key === 'extend') {
    const more = plain[0] ? itemsOf(machine, plain[0], range) : null
    if (!more) return null
    const args = more.map((value) => ({ value, code: written.code }))
    return apply(machine, { ...written, args, target: { kind: 'builtin', name: 'list.push', of } })
  }
  if (!items && /^(items|values|keys)$/.test(key)) {
    const target: Value = { kind: 'builtin', name: `Object.${key === 'items' ? 'entries' : key}` }
    return apply(machine, { ...written, args: [{ value: of, code: written.code }], target })
  }
  const [wanted, otherwise = NOTHING] = plain
  if (!items && key === 'get' && wanted?.kind === 'text' && wanted.text !== undefined) {
    const value = partOf(machine, of, wanted.text, range)
    return value.kind === 'nothing' ? otherwise : value
  }
  return null
}
