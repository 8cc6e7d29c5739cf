/** A file of code as a module: its variables, read when first asked for. */
import type { Expression, TopLevel } from './core'
import type { Language } from './language'
import type { Scope } from './scope'
import type { Value } from './value'

export interface SourceFile {
  readonly text: string
  readonly language: Language
  readonly statements: readonly TopLevel[]
  readonly scope: Scope
  /** Reads the declaration of a module's variable when first asked for, by cell. */
  readonly pending: Map<number, () => void>
  /** What statements of the module assign to `a.b`: `sigmoid.derivative`, `Neuron.prototype.output`. */
  readonly assigned: ReadonlyMap<string, Expression>
  /** Groups of what is assigned to parts of the same object, and what `this` is in a prototype's functions. */
  readonly prefixes: Map<string, { readonly prefix: string }>
  readonly prototypes: Map<string, Value>
  /** Names that are assigned to somewhere after their declaration. */
  readonly changing: ReadonlySet<string>
  /** Names of objects whose parts are changed somewhere: those of the module, and those of functions. */
  readonly mutating: { readonly outer: ReadonlySet<string>; readonly own: ReadonlySet<string> }
  /** Modules of which all names are taken, `from m import *`, in order. */
  readonly stars: readonly string[]
  /** What a name means that only these can have brought; `null`: nothing that is known. */
  readonly starred: (name: string) => Value | null
  /** Another file that this one imports from; `null` where it can't be had. */
  readonly resolve: (specifier: string) => SourceFile | null
}

/** `a.b.c` as a text; `null` for anything that isn't a name and its parts. */
export function pathOf(place: Expression): string | null {
  if (place.kind === 'name') return place.name
  if (place.kind === 'self' && !place.parent) return 'this'
  if (place.kind === 'member') {
    const owner = pathOf(place.object)
    return owner && `${owner}.${place.key}`
  }
  const [index] = place.kind === 'index' ? place.indices : []
  const owner = place.kind === 'index' ? pathOf(place.object) : null
  if (!owner || !index) return null
  if (index.kind === 'number') return `${owner}[${index.value}]`
  return index.kind === 'text' && index.text !== undefined ? `${owner}.${index.text}` : null
}
