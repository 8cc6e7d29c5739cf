/** A function and what is written as its derivative, both as formulas over common definitions. Types only. */
import type { Binding, Definition, Expr, Name, Range } from '../statement'
import type { Strength } from './names'

/** One of the numbers that a function returns. */
export interface PairResult {
  /** Its key in a record, or the name of the variable that was returned: `dw`; `null` where nothing says. */
  readonly label: string | null
  readonly expr: Expr
}

/** A function of a pair; ranges are those of the file. */
export interface PairFormula {
  readonly name: string
  /** With the object that it stands in, for a sentence: `mccormick.fprime`. */
  readonly title: string
  /** Of its name. */
  readonly range: Range
  /** Numbers that it takes, in order; the parts of a list or record one by one. */
  readonly parameters: readonly PairParameter[]
  readonly results: readonly PairResult[]
  /** Names that it declares outside of any block: its return sees them. */
  readonly locals: readonly string[]
  /** The only expression that it returns, where it is a number. */
  readonly returned: Range | null
}
export interface PairParameter {
  readonly name: Name
  /** As it is written in the code, `x` or `w[0]`: two functions may have one of the same name. */
  readonly plain: string
  /** The number that it has where no caller says: what the author means it to be like. */
  readonly usual: number | null
}

export type PairShape = 'tag' | 'flag' | 'class' | 'members' | 'name' | 'property' | 'tables' | 'tuple' | 'result'

export interface PairCandidate {
  readonly function: PairFormula
  readonly derivative: PairFormula
  /** Of both; the derivative may use names of the function, which it left in `this`. */
  readonly definitions: readonly Definition[]
  /** Values of the module's constants. */
  readonly bindings: readonly Binding[]
  /** Names of the variables that the code says it differentiates by; empty where it doesn't. */
  readonly wrt: readonly string[]
  readonly shape: PairShape
  readonly strength: Strength
  /** The table that it belongs to, the same for each pair of it. */
  readonly group: string | null
  /** What the file calls the derivative with: the function's input, or its output. */
  readonly calledWith: 'input' | 'output' | null
  /** Which of the numbers that the function gives this pair is of. */
  readonly part?: { readonly index: number; readonly of: number }
}
