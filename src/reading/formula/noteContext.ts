/** What the note as a whole says and a single formula needs to be read: the shape of it, and the empty one. */
import type { Name } from '../statement'
import type { Macro } from './macros'

export interface NoteContext {
  /** Keys of names that the note uses as functions: `f(x) = …`, `g'(x)`. */
  readonly functions: ReadonlySet<string>
  /** Letter runs that are one name: `loss`, `MSE`. */
  readonly words: ReadonlySet<string>
  /** Keys of names that are variables though they look like functions or constants: σ as a deviation, an `e` that is defined. */
  readonly variables: ReadonlySet<string>
  /** Letters that count layers, samples or steps: a superscript of them is part of the name. */
  readonly indices: ReadonlySet<string>
  /** Letters that a superscript in brackets may have as a mark, and words: `x^{(i)}`, `w^{new}`. They stand nowhere on the line. */
  readonly marks: ReadonlySet<string>
  /** Letters that transpose what they stand above: t of `W^t x`, where the note has it for nothing else. */
  readonly turning: ReadonlySet<string>
  /** Keys of names whose prime is a derivative: they have a definition. */
  readonly differentiable: ReadonlySet<string>
  /** Keys of names that have an expression as their definition, without parameters. */
  readonly expressed: ReadonlySet<string>
  /** Letters that stand for the imaginary unit. */
  readonly imaginary: ReadonlySet<string>
  /** Letters that differentiate by what stands below: `D_x f`. */
  readonly operators: ReadonlySet<string>
  /** Keys of names `w` where `dw` is the gradient of the loss, and the loss. */
  readonly gradients: ReadonlySet<string>
  readonly loss: Name | null
  /** m of `dw = \frac{1}{m} x\,dz`: the gradients by weights are means over so many samples, those by what comes out of a layer are not. */
  readonly samples: Name | null
  /** Letters with a number right behind them (`x1`) that are no `x_1`, since the note has both. */
  readonly distinct: ReadonlySet<string>
  /** Letters that the note never numbers: `a2^x` is a times a power of 2. */
  readonly factors: ReadonlySet<string>
  /** Keys of names that stand as the whole argument of a function somewhere: `\sin\theta`. */
  readonly angles: ReadonlySet<string>
  /** Keys of names that the note has as squares alone, with a definition: σ² is one name then. */
  readonly squares: ReadonlySet<string>
  /** `f_x` for each f that the note calls with an x among others: that f, differentiated by it. */
  readonly partials: ReadonlySet<string>
  readonly macros: ReadonlyMap<string, Macro>
  /** Says all of the above: a passage with the same text and the same digest reads the same. */
  readonly digest: string
}

const NOTHING: ReadonlySet<string> = new Set()

/** A formula that stands alone. */
export const EMPTY_CONTEXT: NoteContext = {
  functions: NOTHING,
  words: NOTHING,
  variables: NOTHING,
  indices: NOTHING,
  marks: NOTHING,
  turning: NOTHING,
  differentiable: NOTHING,
  expressed: NOTHING,
  imaginary: NOTHING,
  operators: NOTHING,
  gradients: NOTHING,
  loss: null,
  samples: null,
  distinct: NOTHING,
  factors: NOTHING,
  angles: NOTHING,
  squares: NOTHING,
  partials: NOTHING,
  macros: new Map(),
  digest: '',
}
