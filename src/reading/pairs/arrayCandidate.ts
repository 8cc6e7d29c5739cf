/** Pairs that work on arrays, to be run with arrays of given sizes as often as sizes are tried. */
import type { SourceFile } from '../code/file'
import { type Machine, type Program, stepsDone } from '../code/machine'
import type { Binding, Definition, Expr, Range } from '../statement'
import { pairMachine } from './formulas'
import type { WrittenGradient } from './kept'
import type { Strength } from './names'
import type { Given, Sized, Slot } from './sized'

/** One way to take what is written as gradients by inputs. */
export type Way = readonly WrittenGradient[]

/** A pair that has been run with arrays of some sizes. */
export interface ArrayRun {
  readonly definitions: readonly Definition[]
  readonly bindings: readonly Binding[]
  readonly inputs: readonly Slot[]
  readonly outputs: readonly Expr[]
  /** The gradient that arrives at each output; `null`: it is 1. */
  readonly arriving: readonly Slot[] | null
  /** The name of what arrives says that it is a gradient. */
  readonly isNamedGradient: boolean
  /** What the gradient function gives is multiplied where it is called. */
  readonly isMultiplied: boolean
  /** The likeliest first. */
  readonly ways: readonly Way[]
  /** Other leaves: random numbers. */
  readonly random: readonly Slot[]
  /** Nothing says what the gradient function takes: it may be right, and is never called wrong. */
  readonly isDoubtful: boolean
}

export interface ArrayCandidate {
  /** It learns from one sample at a time: the gradient function takes a rate. */
  readonly isOnline: boolean
  readonly function: { readonly name: string; readonly title: string; readonly range: Range }
  /** `range` is its name's; `steps` are its statements, if they stand in this file. */
  readonly derivative: {
    readonly name: string
    readonly title: string
    readonly range: Range
    readonly steps: readonly Range[]
  }
  readonly kind: 'layer' | 'function'
  readonly strength: Strength
  readonly inputs: readonly Sized[]
  /** The two functions as written, with their documentation. */
  readonly text: string
  /** Whether the file speaks of several samples at once. */
  readonly isBatched: boolean
  /** Another way in which the gradient function may be meant to be called. */
  readonly otherwise: ArrayCandidate | null
  /** `null` where these sizes don't fit, or the code can't be followed. */
  readonly run: (sizes: ReadonlyMap<string, Given>) => ArrayRun | null
  /** How many steps all runs so far took. */
  readonly work: () => number
}

/** Words of code that takes several samples at once. */
const BATCH = /batch|axis\s*=\s*0|\.shape\[0\]/i

export const isBatched = ({ file }: ArrayReader): boolean => BATCH.test(file.text)

/** Runs on machines of their own, and how many steps they all took. */
export function counted(
  reader: ArrayReader,
  run: (machine: Machine, sizes: ReadonlyMap<string, Given>) => ArrayRun | null,
): Pick<ArrayCandidate, 'run' | 'work'> {
  let steps = 0
  return {
    run: (sizes) => {
      const machine = pairMachine(reader.program, reader.file)
      const result = run(machine, sizes)
      steps += stepsDone(machine)
      return result
    },
    work: () => steps,
  }
}

export interface ArrayReader {
  readonly program: Program
  readonly file: SourceFile
}
