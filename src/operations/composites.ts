/**
 * Composites: patterns of nodes with a rule of their own, so that `1/(1+e^{-x})` has the gradient `y(1 - y)` without
 * being rewritten. A pattern is a list of the operation and its inputs; a number is that constant; `x` is the input of
 * the whole. Sums and products match in either order.
 */
import { oneMinus, squared } from './elementwise'
import type { Builder, NodeId } from './operation'

export type Pattern = string | number | PatternOf
/** An operation and the patterns of its inputs. */
export interface PatternOf extends ReadonlyArray<Pattern> {}

export interface Composite {
  /** The entry of the table that computes the same. */
  readonly name: string
  readonly patterns: readonly PatternOf[]
  /**
   * The local derivative of the whole, of its input and output; absent where the rules of the parts give the form that is
   * wanted, and the composite only has a value where its parts overflow.
   */
  readonly derivative?: (build: Builder, input: NodeId, output: NodeId) => NodeId
}

const minusX: readonly Pattern[] = [
  ['negate', 'x'],
  ['multiply', -1, 'x'],
  ['multiply', ['negate', 1], 'x'],
]

export const COMPOSITES: readonly Composite[] = [
  {
    name: 'sigmoid',
    patterns: [
      ...minusX.map((minus): PatternOf => ['divide', 1, ['add', 1, ['exp', minus]]]),
      ...minusX.map((minus): PatternOf => ['power', ['add', 1, ['exp', minus]], -1]),
      ['divide', ['exp', 'x'], ['add', 1, ['exp', 'x']]],
    ],
    derivative: (build, _input, output) => build.apply('multiply', [output, oneMinus(build, output)]),
  },
  {
    name: 'tanh',
    patterns: [
      ['divide', ['subtract', ['exp', 'x'], ['exp', ['negate', 'x']]], ['add', ['exp', 'x'], ['exp', ['negate', 'x']]]],
    ],
    derivative: (build, _input, output) => oneMinus(build, squared(build, output)),
  },
  {
    name: 'softplus',
    patterns: [['log', ['add', 1, ['exp', 'x']]]],
  },
]
