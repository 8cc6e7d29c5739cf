/** What an expression of code stands for while a function is read: numbers stay formulas, all else is followed. */
import type { Expr, Name, NameExpr, OpaqueExpr } from '../statement'
import type { ClassCode, FunctionCode } from './core'
import type { SourceFile } from './file'
import type { Scope } from './scope'

/** A number as a formula; `known` where it depends on no input. */
export interface NumberValue {
  readonly kind: 'number'
  readonly expr: Expr
  readonly known?: number
  /** A truth value: 1 or 0. */
  readonly truth?: boolean
  /** The sizes of an array, `[]` for a number, where they are known; absent: not known. */
  readonly shape?: readonly number[]
}
/** An input of which the code doesn't say what it is: its use makes it a number, a record or a list. */
export interface FreeValue {
  readonly kind: 'free'
  readonly name: Name
  /** The parameter that it is or is a part of; `null`: a name from outside. */
  readonly root: string | null
  /** What its parts are known to be. */
  readonly elements?: 'number'
  /** The input that it is a part of. */
  readonly of?: FreeValue
  /** The place in an input of known size that it is. */
  readonly entry?: EntryOf
}
export interface EntryOf {
  readonly of: Name
  readonly at: readonly number[]
}
export interface TextValue {
  readonly kind: 'text'
  /** `undefined`: only known to be a text. */
  readonly text: string | undefined
}
/** A list or record on the heap. */
export interface ReferenceValue {
  readonly kind: 'reference'
  readonly id: number
}
/** A function with what it closes over. */
export interface ClosureValue {
  readonly kind: 'closure'
  readonly code: FunctionCode
  readonly file: SourceFile
  readonly scope: Scope
  readonly name: string
  readonly self: Value | null
  /** The class whose method it is: where `super` begins to look. */
  readonly home?: ClassValue
  /** `this` is `self`, whatever it is called on. */
  readonly bound?: boolean
}
/** A class; its static members are those of an object of its own. */
export interface ClassValue {
  readonly kind: 'class'
  readonly code: ClassCode
  readonly file: SourceFile
  readonly scope: Scope
  readonly name: string
  readonly statics: ReferenceValue
  readonly base: Value | null
}
/** A function or object of the language: `Math`, `Math.sin`, `map` of a list. */
export interface BuiltinValue {
  readonly kind: 'builtin'
  readonly name: string
  readonly of?: Value
}
export interface NothingValue {
  readonly kind: 'nothing'
}
export interface OpaqueValue {
  readonly kind: 'opaque'
  readonly reason: string
  readonly uses: readonly NameExpr[]
}
export type Value =
  | NumberValue
  | FreeValue
  | TextValue
  | ReferenceValue
  | ClosureValue
  | ClassValue
  | BuiltinValue
  | NothingValue
  | OpaqueValue

/** What a reference points to. */
export type HeapObject = HeapList | HeapRecord | HeapUnknown
export interface HeapList {
  readonly kind: 'list'
  readonly items: readonly Value[]
  /** What the parts are called: `w` of `w[0]`. */
  readonly label: Name | null
}
export interface HeapRecord {
  readonly kind: 'record'
  readonly fields: ReadonlyMap<string, Value>
  readonly label: Name | null
  /** Fields that aren't there are inputs: `this` of a method. */
  readonly open: boolean
  /** Numbers that fields of a class begin with: values of inputs. */
  readonly initial?: ReadonlyMap<string, number>
  /** The class that it was made of. */
  readonly made?: ClassValue
  /** The input that it is: fields that aren't there are its parts. */
  readonly input?: FreeValue
}
/** An object that something which can't be followed may have changed, for good. */
export interface HeapUnknown {
  readonly kind: 'unknown'
  readonly reason: string
}

export const NOTHING: NothingValue = { kind: 'nothing' }
export const opaque = (reason: string, uses: readonly NameExpr[] = []): OpaqueValue => ({
  kind: 'opaque',
  reason,
  uses,
})

/** Names that occur in an expression, each once. */
export function namesIn(expr: Expr): NameExpr[] {
  const found = new Map<string, NameExpr>()
  const stack: Expr[] = [expr]
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.kind === 'name') found.set(top.name.key, found.get(top.name.key) ?? top)
    else if (top.kind === 'apply') stack.push(...top.args)
    else if (top.kind === 'opaque') for (const use of top.uses) found.set(use.name.key, use)
    else if (top.kind === 'matrix') stack.push(...top.rows.flat())
  }
  return [...found.values()]
}

/** Of at most some hundred parts. */
export function isShort(expr: Expr): boolean {
  const stack: Expr[] = [expr]
  for (let count = 0; count < 300; count++) {
    const top = stack.pop()
    if (!top) return true
    if (top.kind === 'apply') stack.push(...top.args)
  }
  return false
}

/** A formula that needs no name of its own to be used twice. */
export const isAtom = (expr: Expr): expr is NameExpr | (Expr & { kind: 'number' }) =>
  expr.kind === 'name' || expr.kind === 'number'

/** The opaque part of an expression, if there is one. */
export function opaqueIn(expr: Expr): OpaqueExpr | null {
  const stack: Expr[] = [expr]
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.kind === 'opaque') return top
    if (top.kind === 'apply') stack.push(...top.args)
    if (top.kind === 'matrix') stack.push(...top.rows.flat())
  }
  return null
}

/** A value as the language writes it into a text; `undefined` where that isn't known. */
export function spelled(value: Value): string | undefined {
  if (value.kind === 'text') return value.text
  return value.kind === 'number' && value.known !== undefined && !value.truth ? String(value.known) : undefined
}
