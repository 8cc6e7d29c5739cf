/** Functions that a file has from elsewhere: what it imports, and what the cells or fences above it declare. */
import { evaluate } from '../code/expression'
import type { SourceFile } from '../code/file'
import { newMachine, type Program } from '../code/machine'
import type { Value } from '../code/value'
import type { Member } from './members'
import { normalized } from './names'

/** A text above this one. */
export interface Above {
  readonly text: string
  /** Where it begins, counted from the beginning of this one: a number below 0. */
  readonly start: number
}

/** The functions from elsewhere by what their names come to, each read when first asked for. */
export function functionsElsewhere(
  program: Program,
  file: SourceFile,
  above: readonly Above[],
): (name: string) => Member | null {
  const machine = newMachine(program, file, null, 'nan')
  const places = new Map<string, { readonly local: string; readonly from: number; readonly to: number }>()
  for (const { imports, statements } of file.statements) {
    if (imports === null) continue
    for (const statement of statements())
      if (statement.kind === 'import')
        for (const { local } of statement.names) places.set(normalized(local), { ...statement, local })
  }
  const meant = (name: string): Value => {
    const at = { kind: 'name', name, from: 0, to: 0 } as const
    return evaluate(machine, at, { scope: file.scope, self: null })
  }
  const declared = new Map<string, string>()
  // The one that was declared last counts.
  for (const source of file.stars)
    for (const { declares } of file.resolve(source)?.statements ?? [])
      for (const name of declares) declared.set(normalized(name), name)
  const found = (name: string): Member | null => {
    const place = places.get(name)
    const local = place?.local ?? declared.get(name)
    const value = local === undefined ? null : meant(local)
    if (local === undefined || value?.kind !== 'closure' || value.file === file) return null
    const span = value.code.nameSpan ?? value.code
    const start = above.findLast(({ text }) => text === value.file.text)?.start ?? null
    const nameSpan = place ?? (start === null ? null : { from: span.from + start, to: span.to + start })
    return nameSpan && { name: local, title: local, nameSpan, value, comment: null, self: () => null }
  }
  const known = new Map<string, Member | null>()
  return (name) => {
    const key = normalized(name)
    const own = known.get(key)
    if (own !== undefined) return own
    const member = found(key)
    known.set(key, member)
    return member
  }
}
