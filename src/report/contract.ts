/**
 * What other programs get: the report of one document, as the command line prints it and `analyze` returns it. Types alone,
 * with no imports, because this file is shipped as it is. `schema/report.schema.json` says the same to programs in other
 * languages. Fields are added, never changed or taken away, while `version` is 1.
 */

/** Zero-based; `character` counts UTF-16 units, as in the Language Server Protocol. */
export interface ReportPosition {
  line: number
  character: number
}
/** In a notebook `cell` is the zero-based number of the cell, and lines count from its first. */
export interface ReportRange {
  cell?: number
  start: ReportPosition
  end: ReportPosition
}
/** A number; one that is not finite is a string. */
export type ReportNumber = number | 'Infinity' | '-Infinity' | 'NaN'
/** A scalar, or an array as nested lists, row by row. */
export type ReportValue = ReportNumber | readonly ReportValue[]

/** A formula in LaTeX, in plain infix with the names of the nodes, and its value where the inputs have values. */
export interface ReportFormula {
  latex: string | null
  text: string | null
  value: ReportValue | null
}
/** The local derivative of a node by one of its inputs; `text` is null where it is a map, which `latex` shows. */
export interface ReportLocal extends ReportFormula {
  input: number
}
/** The gradient of the output by a node; `name` where longer gradients are written with this one's name. */
export interface ReportGradient extends ReportFormula {
  name?: string
}
export interface ReportNode {
  id: number
  op: string
  inputs: readonly number[]
  /** On named nodes: the identifier that `text` uses. */
  name?: string
  latex: string
  /** `[]` a scalar, `[3]` a vector, `["N", 3]` with a symbolic size, null: not known. */
  shape: readonly (number | string)[] | null
  range: ReportRange | null
  value: ReportValue | null
  attributes: Readonly<Record<string, unknown>>
  /** One for each entry of `inputs`, in that order. */
  local: readonly ReportLocal[]
  /** Null where no path leads to the output. */
  gradient: ReportGradient | null
}
export interface ReportDerivation {
  range: ReportRange | null
  output: { name: string; latex: string; node: number }
  /** What the backward pass starts from where a note speaks of an `L` that it doesn't define; else null, which means 1. */
  upstream: { name: string; latex: string; value: ReportValue | null } | null
  value: ReportValue | null
  inputs: readonly { name: string | null; latex: string; node: number; value: ReportValue | null }[]
  nodes: readonly ReportNode[]
}
export type ReportVerdict = 'holds' | 'fails' | 'unknown'
/** Where two sides differ: the values put in, and what either side gives. With arrays also their sizes and the entry looked at. */
export interface ReportCounterexample {
  at: Readonly<Record<string, ReportValue>>
  sizes?: Readonly<Record<string, number>>
  entry?: readonly number[]
  written: ReportNumber
  expected: ReportNumber
}
export interface ReportStep {
  range: ReportRange
  latex: string
  verdict: ReportVerdict
  /** One sentence: why it fails or isn't settled, or the condition under which it holds. */
  reason?: string
  counterexample?: ReportCounterexample
  /** A difference that is real but rests on thin evidence: what it differs from, and where that stands. */
  hint?: { message: string; range: ReportRange }
}
export interface ReportClaim {
  range: ReportRange
  latex: string
  steps: readonly ReportStep[]
}
/** In code: a function and its hand-written derivative. */
export interface ReportPair {
  function: { name: string; range: ReportRange }
  derivative: { name: string; range: ReportRange }
  wrt: readonly string[]
  verdict: ReportVerdict
  convention: 'output' | 'upstream' | 'factor' | 'negative' | 'kink' | 'approximate' | null
  reason?: string
  counterexample?: ReportCounterexample
}
export interface ReportDiagnostic {
  range: ReportRange
  severity: 'error' | 'warning' | 'information' | 'hint'
  code: string
  message: string
}
/** Everything that GradLens has to say about one document. */
export interface Report {
  version: 1
  /** As it was given. */
  file: string
  derivations: readonly ReportDerivation[]
  claims: readonly ReportClaim[]
  pairs: readonly ReportPair[]
  /** Formula passages seen; in code functions. */
  formulas: number
  /** Those of which nothing could be used, with the reason in a few words. */
  unread: readonly { range: ReportRange; reason: string }[]
  /** What an editor would underline. */
  diagnostics: readonly ReportDiagnostic[]
}
