/** The common shape of an entry for a function of one number. */
import type { Arithmetic } from './carrier'
import type { Builder, Confusion, NodeId, Operation, RuleSlip } from './operation'
import { latexFunction, plainFunction } from './printing'
import { broadcast, times } from './shapes'

/** What differs between two functions of one number. */
export interface FunctionEntry {
  readonly name: string
  readonly latex: readonly [string, ...string[]]
  readonly plain: readonly [string, ...string[]]
  readonly typescript?: readonly string[]
  readonly python?: readonly string[]
  readonly value: <T>(carrier: Arithmetic<T>, a: T) => T
  /** The local derivative as a graph: of the input and the output. */
  readonly derivative: ((build: Builder, input: NodeId, output: NodeId) => NodeId | null) | null
  readonly integral?: (build: Builder, input: NodeId) => NodeId
  readonly domain?: (a: number) => boolean
  readonly kink?: (a: number) => number
  readonly symbol?: string
  readonly inverse?: string
  readonly reciprocal?: string
  readonly rounds?: boolean
  readonly bases?: Operation['bases']
  readonly slopeByOutput?: Operation['slopeByOutput']
  readonly continuous?: boolean
  readonly slips?: readonly RuleSlip[]
  readonly confusion?: Confusion
  readonly expression?: Operation['expression']
  readonly rule: string
  readonly explanation: string
}

/** An entry of the table from what is particular to the function; the chain rule is common to all. */
export function functionOf(entry: FunctionEntry): Operation {
  const [macro] = entry.latex
  return {
    name: entry.name,
    arity: 1,
    spellings: {
      latex: entry.latex,
      plain: entry.plain,
      typescript: entry.typescript ?? [],
      python: entry.python ?? [],
    },
    symbol: () => entry.symbol ?? macro,
    elementwise: true,
    shape: broadcast,
    value: entry.value,
    backward: (build, { inputs: [input = 0], output, upstream }) => {
      const local = entry.derivative?.(build, input, output) ?? null
      return [local === null ? null : times(build, upstream, local)]
    },
    latex: latexFunction(macro),
    text: plainFunction(entry.plain[0]),
    integral: entry.integral,
    domain: entry.domain,
    isFunction: true,
    bases: entry.bases,
    slopeByOutput: entry.slopeByOutput,
    inverse: entry.inverse,
    reciprocal: entry.reciprocal,
    rounds: entry.rounds,
    continuous: entry.continuous,
    slips: entry.slips,
    confusion: entry.confusion,
    expression: entry.expression,
    kink: entry.kink,
    rule: entry.rule,
    explanation: entry.explanation,
  }
}

/** `1 - x²`, `x² + 1`, …: small graphs that derivatives share. */
export const squared = (build: Builder, id: NodeId): NodeId => build.apply('power', [id, build.constant(2)])
export const oneMinus = (build: Builder, id: NodeId): NodeId => build.apply('subtract', [build.constant(1), id])
export const onePlus = (build: Builder, id: NodeId): NodeId => build.apply('add', [build.constant(1), id])
export const reciprocal = (build: Builder, id: NodeId): NodeId => build.apply('divide', [build.constant(1), id])
export const negative = (build: Builder, id: NodeId): NodeId => build.apply('negate', [id])
export const rooted = (build: Builder, id: NodeId): NodeId => build.apply('sqrt', [id])
