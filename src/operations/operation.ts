/**
 * What the table says about one operation. Types only: the entries stand in the files beside this one, and nobody
 * outside the table knows an operation by anything but its entry.
 */
import type { Algebra } from './algebra'
import type { Arithmetic } from './carrier'

/** A size along one axis: a number, or a symbol of the note such as `N`. */
export type Dimension = number | string

/** `[]` is a scalar, `[3]` a vector, `[2, 3]` a matrix, `['N', 3]` has a symbolic size. */
export type Shape = readonly Dimension[]

/** An index as its whole text, `i#3#n` (see `indexTerms.ts`). */
export type IndexId = string

/** Numbers in a shape, row by row. A scalar has shape `[]` and one number. */
export interface Tensor {
  readonly shape: readonly number[]
  readonly data: Float64Array
}

/** What the inputs of a node don't say: an axis, a condition, the value of a constant. Plain data. */
export type Attributes = Readonly<Record<string, AttributeValue>>
export type AttributeValue = number | string | boolean | null | readonly (number | string)[]

export type ConstantSymbol = 'pi' | 'e'

/** Index of a node in its graph. */
export type NodeId = number

/** What a backward rule may use to write its contribution: it makes nodes, and never looks at numbers. */
export interface Builder {
  /** @param symbol what the number is where digits can't say it: `pi`, `e` */
  constant(value: number, symbol?: ConstantSymbol): NodeId
  apply(op: string, inputs: readonly NodeId[], attributes?: Attributes): NodeId
  shapeOf(id: NodeId): Shape | null
  /** The number, where the node is a constant. */
  constantOf(id: NodeId): number | null
  /** The indices that are free in a node: it has a value for each of their values. */
  indicesOf(id: NodeId): readonly IndexId[]
  /** The size over which an index runs, as it is called where it is the same as another. */
  extentOf(index: IndexId): Dimension
}

/** Where an operation on indices is evaluated: the free indices of its node have values. */
export interface IndexedPlace {
  readonly attributes: Attributes
  /** An input's value; `more` are values of indices that the operation binds. */
  input(k: number, more?: ReadonlyMap<IndexId, number>): Tensor | null
  /** The value of a free index, counted from 1. */
  numberAt(index: IndexId): number
  /** The number that a size is; `null` where it isn't known. */
  sizeOf(size: Dimension): number | null
}

/** The place where a backward rule is applied. */
export interface BackwardPlace {
  readonly inputs: readonly NodeId[]
  readonly output: NodeId
  /** The gradient that arrives at the output, of the output's shape. */
  readonly upstream: NodeId
  readonly attributes: Attributes
  /** Free indices of what is differentiated: they have one value, and nothing is summed over them. */
  readonly fixed?: readonly IndexId[]
}

/** A printed expression: how tightly it binds decides whether a reader of it needs parentheses. */
export interface Printed {
  readonly text: string
  readonly precedence: number
  /** Begins with a digit: a product must not put it right behind another factor without a sign. */
  readonly digit?: boolean
  /** How it is raised to a power where that isn't `base^{exponent}`: `\tanh^{2}(u)`. */
  readonly raised?: (exponent: string) => string
  /** The number itself, for a constant. */
  readonly number?: number
  /** A product of matrices, which needs no bracket as a factor: c (A B) is c A B. */
  readonly isMatrixProduct?: boolean
}

/** How tightly the forms bind. */
export const PRECEDENCE = {
  comparison: 0,
  sum: 1,
  negation: 2,
  hadamard: 2.5,
  product: 3,
  prefix: 4,
  power: 5,
  atom: 6,
} as const

export type Language = 'latex' | 'plain' | 'typescript' | 'python'

/** A shape that can't be: both shapes, for the message. */
export interface ShapeMismatch {
  readonly left: Shape
  readonly right: Shape
}

/** A wrong local derivative of an operation by its first input. */
export interface RuleSlip {
  readonly name: string
  readonly sentence: string
  /** From the input, the output and, of a power, the exponent. */
  readonly slope: (algebra: Algebra<NodeId>, input: NodeId, output: NodeId, exponent: NodeId) => NodeId
}

/** Another entry that is written in the place of this one. */
export interface Confusion {
  readonly name: string
  readonly with: string
  readonly sentence: string
}

/** What an operation computes, written once for every arithmetic. */
export type Value = <T>(carrier: Arithmetic<T>, a: T, b: T, c: T) => T

export interface Operation {
  readonly name: string
  /** How the report calls it, where other programs already know it by another name: the report's words only grow. */
  readonly reportedAs?: string
  /** Number of inputs; `null`: any number. */
  readonly arity: number | null
  /** How each language spells it: LaTeX macros with their backslash, names of functions, operators. The first is what we write. */
  readonly spellings: Readonly<Partial<Record<Language, readonly string[]>>>
  /** Words and macros by which a note calls a function of a whole array: `softmax`, `\\det`. */
  readonly words?: readonly string[]
  /** What the circle in the graph shows, as LaTeX; with its inputs, where these belong to it: `t^{2}`. */
  symbol(attributes: Attributes, inputs?: readonly Printed[]): string
  /** Works number by number and broadcasts as NumPy does. */
  readonly elementwise: boolean
  /** Shape of the result; `null`: not known; a mismatch where the inputs don't fit. */
  shape(inputs: readonly (Shape | null)[], attributes: Attributes): Shape | ShapeMismatch | null
  /** One number from one number of each input, in any arithmetic (elementwise operations of up to three inputs). */
  readonly value?: Value
  /**
   * The same for doubles on registers, `r[out] = r[a] ∘ r[b]`: for the operations that a tape runs most. Numbers that pass through a
   * call are boxed by JavaScript engines, indices are not.
   */
  readonly inPlace?: (r: Float64Array, out: number, a: number, b: number, c: number) => void
  /** The whole result at once (operations that aren't elementwise). Shapes have been checked. */
  readonly tensor?: (inputs: readonly Tensor[], attributes: Attributes) => Tensor
  /** The free indices of the node, where they aren't just those of its inputs. */
  readonly indices?: (inputs: readonly (readonly IndexId[])[], attributes: Attributes) => readonly IndexId[]
  /** The value of an operation that binds indices or uses their values. */
  readonly indexed?: (place: IndexedPlace) => Tensor | null
  /** Its backward rule sums over the indices that an input lacks; for all other entries the backward pass does. */
  readonly sumsItself?: true
  /** Contribution of `upstream` to each input, in order; `null`: none (a step function, a condition). */
  readonly backward: (build: Builder, place: BackwardPlace) => (NodeId | null)[]
  /** The map from upstream to contribution, as LaTeX, for operations that aren't elementwise: `\cdot\, W^{\top}`. */
  readonly localMap?: (inputs: readonly Printed[], attributes: Attributes) => (string | null)[]
  latex(inputs: readonly Printed[], attributes: Attributes): Printed
  text(inputs: readonly Printed[], attributes: Attributes): Printed
  /** Written before its arguments: `\sin x`, `\max(a, b)`. */
  readonly isFunction?: boolean
  /** The entry that undoes it, which `\sin^{-1}` means: `asin` of `sin`. */
  readonly inverse?: string
  /** The entry that is one over it: `sec` of `cos`. */
  readonly reciprocal?: string
  /** Doesn't jump at its kink, as |x| at 0: a point on it is as good as any other. */
  readonly continuous?: boolean
  /** Spellings of a logarithm that say its base; a subscript says it, too. */
  readonly bases?: Readonly<Record<string, number>>
  /** 1 or 0, of which a program makes a boolean. */
  readonly isCondition?: boolean
  /** Of a comparison: where it holds, the first input being smaller than the second (-1), equal (0), larger (1). */
  readonly holds?: readonly (-1 | 0 | 1)[]
  /** Chooses between its other inputs by a condition, the first. */
  readonly isChoice?: boolean
  /** Gives its input as it is, under another name. */
  readonly isCopy?: boolean
  /** Its slope is its own value, or a formula of it as authors write it: y(1 - y). */
  readonly slopeByOutput?: 'itself' | 'formula'
  /** Its inputs may change places. */
  readonly commutative?: boolean
  /** Rounds to whole numbers: its slope is 0, where programs often take another in its place. */
  readonly rounds?: boolean
  /** Its result shares the numbers of its input in languages that have views: a slice, another shape. */
  readonly isView?: boolean
  /**
   * Of what binds an index: the signs that begin it, its value over nothing (`null` where it has none), and the entry of which it is a
   * long chain: a sum is `x_1 + \cdots + x_n`.
   */
  readonly binds?: { readonly signs: readonly string[]; readonly neutral: number | null; readonly chain?: string }
  /** Its entries are its inputs, one after the other. */
  readonly gathers?: true
  /** Only of a matrix with as many rows as columns. */
  readonly isOfSquares?: boolean
  /** Of all entries where no axis is said. */
  readonly isTotal?: boolean
  /** Works on each row of a matrix by itself. */
  readonly isAlongRows?: boolean
  /** The entry that is meant where the input is a square matrix: bars around one are its determinant. */
  readonly ofMatrices?: string
  /** Of arrays, the entry that is meant where an input is a single number; `itself`: that number. */
  readonly ofNumbers?: string
  /** Takes any number of inputs, one after the other: max(a, b, c) is max(max(a, b), c). */
  readonly ofMany?: boolean
  /** What a function of several inputs is of a single one: `hypot(x)` is `abs(x)`. */
  readonly ofOne?: string
  /** Wrong derivatives that people write for it, and what they write in its place. */
  readonly slips?: readonly RuleSlip[]
  readonly confusion?: Confusion
  /** How a language writes it where it has no such function: `1 / (1 + Math.exp(-x))`. */
  readonly expression?: Readonly<Partial<Record<Language, (inputs: readonly Printed[]) => Printed>>>
  /** In English, translated by `l10n`: the name of the differentiation rule, and one sentence on what the operation does to a gradient. */
  readonly rule: string
  readonly explanation: string
  /** An antiderivative of a function of one number, as a graph: of the input. */
  readonly integral?: (build: Builder, input: NodeId) => NodeId
  /** Where the operation is defined or differentiable, for judging: `x > 0` of a logarithm. Absent: everywhere. */
  readonly domain?: (a: number, b: number, c: number) => boolean
  /** Where a kink or jump lies: zero of this expression of the inputs. Absent: smooth inside the domain. */
  readonly kink?: (a: number, b: number, c: number) => number
}
