/** What is told of each function of a file, and of what holds functions. Types, and what all visitors share. */
import type { CallTerm, ClassCode, FunctionCode, ListTerm, RecordTerm, Span } from './core'
import type { SourceFile } from './file'
import type { Program } from './machine'
import type { Scope } from './scope'
import type { Value } from './value'

/** One function of a file. */
export interface Site {
  readonly name: string
  readonly nameSpan: Span
  readonly code: FunctionCode
  readonly exported: boolean
  /** The comment right above it. */
  readonly comment: Span | null
  readonly scope: Scope
  readonly self: () => Value | null
  /** What it shares with its neighbours: the object, class, scope or prototype that it stands in. */
  readonly group: object
}

/** Something that holds functions: an object, a class, a list, the arguments of a call. */
export interface Holder {
  readonly kind: 'object' | 'class' | 'list' | 'call'
  readonly code: RecordTerm | ClassCode | ListTerm | CallTerm
  /** What it is assigned to. */
  readonly name: string | null
  readonly scope: Scope
  /** What `this` is in its methods; of a class, in those that aren't static. */
  readonly self: () => Value | null
  /** The object that it is a property of. */
  readonly parent: Holder | null
}

export interface Around {
  readonly scope: Scope
  readonly exported: boolean
  readonly comment: Span | null
  readonly self: () => Value | null
  /** `null`: the scope. */
  readonly group: Holder | { readonly prefix: string } | null
}

export interface Visitor {
  readonly program: Program
  readonly file: SourceFile
  readonly exportedNames: ReadonlySet<string>
  readonly see: (site: Site) => boolean
  readonly seeHolder: (holder: Holder) => void
  depth: number
}

export interface Called {
  readonly name: string
  readonly span: Span
}

export const nobody = () => null

export const textIn = (visit: Visitor, span: Span): string => visit.file.text.slice(span.from, span.to)
