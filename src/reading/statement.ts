/**
 * What reading makes of a text: the vocabulary that every reader (formulas, TypeScript) writes and `graph` builds from.
 * All ranges are offsets in UTF-16 units relative to the text of their passage.
 */
import type { Attributes, Shape } from '../operations/operation'

export interface Range {
  readonly start: number
  readonly end: number
}

/**
 * A name of the note. Two names are the same when their keys are: `w_1`, `w_{1}` and `w₁` have the key `w_1`;
 * `\hat{y}` and `ŷ` the key `y_hat`; `\alpha` and `α` the key `alpha`.
 */
export interface Name {
  readonly key: string
  /** As LaTeX: `\hat{y}`. */
  readonly latex: string
  /** As one would type it in plain text: `ŷ`. */
  readonly plain: string
  /** Where what stands below or above it may say a place: `x_{i}`, `x^{(i)}_j`. Whether it does is a question to the note. */
  readonly indexed?: Indexed
  /** Of a name with one prime: the name without it. Whether the prime transposes is a question to the note. */
  readonly unprimed?: Name
}

/** A place below a name: letters that may count and a number, `i+k-1`. */
export interface IndexTerm {
  readonly letters: readonly { readonly key: string; readonly latex: string; readonly factor: number }[]
  readonly offset: number
}
/** A name with places: the name without them, and one term for each axis, `null` where the whole axis is meant. */
export interface Indexed {
  readonly base: Name
  readonly at: readonly (IndexTerm | null)[]
  /** The same where a mark above counts too: `x^{(i)}_j` at (i, j). */
  readonly raised?: Indexed
}

export interface NumberExpr {
  readonly kind: 'number'
  readonly value: number
  /** As written: `1{,}000`, `0.50`. */
  readonly text: string
  readonly range: Range
}
export interface NameExpr {
  readonly kind: 'name'
  readonly name: Name
  readonly range: Range
}
/** An operation of the table. `multiply` may turn out to be a matrix product when the shapes are known. */
export interface ApplyExpr {
  readonly kind: 'apply'
  readonly op: string
  readonly args: readonly Expr[]
  readonly attributes?: Attributes
  readonly range: Range
  /** The operator itself (`+`, `\sin`), for the hover; absent where it is invisible. */
  readonly operator?: Range
}
/** A function of the note (`f(x)`), and its derivative by its argument where `primes` > 0 (`f'(x)`). */
export interface CallExpr {
  readonly kind: 'call'
  readonly callee: Name
  readonly args: readonly Expr[]
  readonly primes: number
  readonly range: Range
  readonly calleeRange: Range
}
/** A derivative that stands in the text: `\frac{\partial z}{\partial x}`, `dz/dx`, `z'`, `\frac{d}{dx}(…)`, `\nabla_w L`. */
export interface DerivativeExpr {
  readonly kind: 'derivative'
  readonly of: Expr
  /** Empty where the notation doesn't say (`z'`): then the only input is meant. */
  readonly wrt: readonly { readonly variable: Expr; readonly order: number }[]
  readonly order: number
  readonly notation: 'partial' | 'total' | 'prime' | 'nabla' | 'programmer' | 'subscript'
  /** What it is multiplied by: m of a `dz` that is the derivative of the sum over the samples where the loss is their mean. */
  readonly times?: NameExpr
  /** `\frac{d}{dx}(…)`: what is differentiated stands in a bracket behind. */
  readonly bracketed?: boolean
  /** `\left.…\right|_{x=1}`. */
  readonly at?: readonly { readonly name: Name; readonly value: Expr }[]
  readonly range: Range
}
/** A literal matrix, row by row, as a `pmatrix` or nested brackets write it. */
export interface MatrixExpr {
  readonly kind: 'matrix'
  readonly rows: readonly (readonly Expr[])[]
  /** Of an array in code, which has one axis or more than two; absent: rows by columns. */
  readonly shape?: readonly number[]
  /** Written as a list in one row, `(1, 2)`: a vector, whichever way it is turned. */
  readonly list?: boolean
  readonly range: Range
}
/** `\sum_{i=1}^{n}`, `\prod_j`, `\max_k`: what binds indices. */
export interface BinderExpr {
  readonly kind: 'binder'
  /** The entry that binds the indices. */
  readonly op: string
  /** Outermost first. `from` and `to` where they are written. */
  readonly indices: readonly { readonly name: Name; readonly from: Expr | null; readonly to: Expr | null }[]
  /** `i \ne j`. */
  readonly condition: Expr | null
  readonly body: Expr
  readonly range: Range
  readonly operator: Range
}
/** `(XW)_{nk}`: places of an expression. */
export interface EntryExpr {
  readonly kind: 'entry'
  readonly of: Expr
  readonly at: Indexed['at']
  readonly range: Range
}
/** What an integral or a difference between bounds is of: something is done with a function of a variable. */
export interface Passing {
  readonly op: 'integral' | 'difference' | 'limit'
  /** `null` where it isn't written: `[x^2 y]_0^1`. */
  readonly variable: Name | null
  /** Bounds; an indefinite integral has none. Of a limit: where it goes `to`. */
  readonly from: Expr | null
  readonly to: Expr | null
  readonly body: Expr
}
/** Something that can't be read: never a guess. */
export interface OpaqueExpr {
  readonly kind: 'opaque'
  /** No graph shows it, but it can be judged: `\int_0^1 x^2 \,dx`. */
  readonly of?: Passing
  /** In a few words, English, a key of `l10n`: `limit`, `sum with indices`. */
  readonly reason: string
  readonly text: string
  /** Names that are seen inside, so that a graph can show on what it depends. */
  readonly uses: readonly NameExpr[]
  readonly range: Range
}
export type Expr =
  | NumberExpr
  | NameExpr
  | ApplyExpr
  | CallExpr
  | DerivativeExpr
  | MatrixExpr
  | BinderExpr
  | EntryExpr
  | OpaqueExpr

/** `t = x + y`, `f(x) = x^2`. */
export interface Definition {
  readonly kind: 'definition'
  readonly target: Name
  readonly targetRange: Range
  /** Of a function `f(x, y) = …`; `null` for a plain name. */
  readonly parameters: readonly NameExpr[] | null
  readonly expr: Expr
  readonly range: Range
  /** The first step of a longer chain `y = a = b`: only a definition where no other defines the name. */
  readonly chain: boolean
  /** The text has no name for it: it is only used more than once. */
  readonly unnamed?: true
}
/** A name or an upstream derivative, and a literal: `x = 0.5`, `\frac{\partial L}{\partial Y} = \begin{pmatrix}…`. */
export interface Binding {
  readonly kind: 'binding'
  readonly target: NameExpr | DerivativeExpr
  readonly value: Expr
  readonly range: Range
}
/** `X \in \mathbb{R}^{N \times D}`. */
export interface Declaration {
  readonly kind: 'declaration'
  readonly target: NameExpr
  readonly shape: Shape
  readonly range: Range
}
export interface Side {
  readonly expr: Expr
  readonly range: Range
  /** What stands before this side. Only after `=` a side is judged. */
  readonly relation: '=' | '≈' | 'other' | null
}
/** An equality chain whose first side is a derivative, or of at least three sides beginning with a name. */
export interface Claim {
  readonly kind: 'claim'
  readonly sides: readonly Side[]
  readonly range: Range
}
/** `x > 0`, `N \ge 1`: what the note assumes. */
export interface Assumption {
  readonly kind: 'assumption'
  readonly left: Expr
  readonly relation: '<' | '>' | '<=' | '>=' | '!='
  readonly right: Expr
  readonly range: Range
}
/** A formula that says nothing, `$t$` or `$\frac{\partial z}{\partial x}$` in running text: hovered all the same. */
export interface Mention {
  readonly kind: 'mention'
  readonly expr: Expr
  readonly range: Range
}
/** Read and understood as something that defines nothing: an update `w = w - \eta dw`, an equation to be solved. */
export interface Equation {
  readonly kind: 'equation'
  readonly sides: readonly Side[]
  readonly range: Range
}
/** How a function is declared, for code that is generated from it. */
export interface Signature {
  /** The text of each parameter with its type and default; `name` is `null` for a pattern. */
  readonly parameters: readonly { readonly name: string | null; readonly text: string }[]
  /** The class of a method. */
  readonly receiver: string | null
  /** It asks for the length of a list, or goes through one as a whole. */
  readonly anyLength: boolean
}
/** A function in code: what it computes, as definitions in order and a result. */
export interface CodeFunction {
  readonly kind: 'function'
  readonly name: Name
  readonly nameRange: Range
  readonly exported: boolean
  /** `shape` of those that are arrays; `null` where it isn't known. */
  readonly parameters: readonly { readonly name: Name; readonly range: Range; readonly shape?: Shape | null }[]
  /** Other names that may be arrays: fields of the object, names from outside. */
  readonly outside?: readonly { readonly name: Name; readonly shape: Shape | null }[]
  /** One for each local that holds a number, in order; a reassigned one has a key of its own for each value. */
  readonly definitions: readonly Definition[]
  readonly result: Expr
  readonly signature: Signature
  /** Values from `@at`, and those of module constants. */
  readonly bindings: readonly Binding[]
  readonly range: Range
}
export type Statement = Definition | Binding | Declaration | Claim | Assumption | Mention | Equation | CodeFunction

/** A stretch of a document that holds mathematics or code. */
export interface Passage {
  readonly kind: 'inline' | 'display' | 'plain' | 'code'
  /** Of code. */
  readonly language?: 'typescript' | 'python'
  /** Offset of `text[0]` in the document. */
  readonly start: number
  /**
   * What to read: as long as its stretch of the document, with the marks of quotes and lists blanked out, so that an
   * offset in it plus `start` is an offset in the document.
   */
  readonly text: string
  /** Headings above it, outermost first: `[0, 2]` is the third subsection of the first section. */
  readonly section: readonly number[]
  /** The paragraph or block that it stands in; passages of one block share it. */
  readonly block: number
  /** Of a name among words: the shape that they give it. */
  readonly shape?: Shape
  /** Of sizes among words: the letters that have them there, "X is $N × D$". */
  readonly bare?: readonly { readonly letter: string; readonly shape: Shape }[]
}
/** A size of which only that there is one is said: "the vector x". */
export const UNSAID = '?'

/** A passage of which nothing could be used. */
export interface Unread {
  readonly range: Range
  readonly reason: string
}
/** A passage that has been read. */
export interface Reading {
  readonly statements: readonly Statement[]
  readonly unread: readonly Unread[]
}
