/** What the machine must know of a language beside the core language: its names, its modules, how its parts are read. */
import type { Range } from '../statement'
import type { Call } from './calls'
import type { TopLevel } from './core'
import type { Machine } from './machine'
import type { Value } from './value'

export interface Language {
  /** The statements of the top level of a file. */
  readonly read: (text: string) => readonly TopLevel[]
  /** It has names and functions of its own; those of JavaScript then mean nothing. */
  readonly brings: boolean
  /** What a name means that no file declares; `null`: nothing that is known. */
  readonly nameMeans: (name: string, range: Range) => Value | null
  /** What a module of the language holds under a name (`null`: the module as a whole); `null`: no such module. */
  readonly imported: (source: string, name: string | null, range: Range) => Value | null
  /** What a module of the language brings under a name where all its names are taken; `null`: nothing. */
  readonly starred: (source: string, name: string) => Value | null
  /** An attribute or method of a number or array; `null` where it has none. */
  readonly attribute: (machine: Machine, of: Value, key: string, range: Range) => Value | null
  /** A call of something that the language brings; `null` where it is none of its own. */
  readonly call: (machine: Machine, name: string, of: Value | undefined, written: Call) => Value | null
}
