/** A file of code as a module: its variables, read when first asked for. */
import type { SyntaxNode } from '@lezer/common'
import type { Scope } from './scope'
import type { Value } from './value'

export interface SourceFile {
  readonly text: string
  readonly statements: readonly SyntaxNode[]
  readonly scope: Scope
  /** Reads the declaration of a module's variable when first asked for, by cell. */
  readonly pending: Map<number, () => void>
  /** What statements of the module assign to `a.b`: `sigmoid.derivative`, `Neuron.prototype.output`. */
  readonly assigned: Map<string, SyntaxNode>
  /** Groups of what is assigned to parts of the same object, and what `this` is in a prototype's functions. */
  readonly prefixes: Map<string, { readonly prefix: string }>
  readonly prototypes: Map<string, Value>
  /** Names that are assigned to somewhere after their declaration. */
  readonly changing: Set<string>
  /** Another file that this one imports from; `null` where it can't be had. */
  readonly resolve: (specifier: string) => SourceFile | null
}
