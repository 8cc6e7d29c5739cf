/** What the core hands out: one immutable value for a document, from which every view is drawn. Types only. */
import type { Graph, NodeId, ShapeProblem, Source } from './graph/graph'
import type { Tensor } from './operations/operation'
import type { Name, Passage, Range, Statement } from './reading/statement'

export type { Signature } from './reading/statement'

/** The gradient that a derivation starts from where a note speaks of an `L` that it doesn't define. */
export interface Upstream {
  /** The symbol, as a name: key `dL_dz`, LaTeX `\frac{\partial L}{\partial z}`. */
  readonly name: Name
  readonly node: NodeId
}

/** Symbolic gradient of the output with respect to one node, as nodes of the same graph; each form made when first asked for. */
export interface Gradient {
  /** Simplified, in names of the neighbouring nodes: `2t`. */
  readonly node: NodeId
  /** Simplified, in inputs: `2(x + y)`. */
  readonly expanded: NodeId
  /** In a large graph: the node `∂z/∂t` that stands for it in the gradients of the inputs. Else `null`. */
  readonly called: NodeId | null
  /** One for each edge that leaves the node: user, local derivative, its product with the user's gradient (all simplified). */
  readonly paths: readonly GradientPath[]
}
export interface GradientPath {
  /** The node (or nearest named node) that uses this one. */
  readonly through: NodeId
  /** Which input of it this one is. */
  readonly input: number
  /** The gradient that arrives at `through`. */
  readonly upstream: NodeId
  /** Local derivative of `through`; `null` where it is a map (`localMap`). */
  readonly local: NodeId | null
  /** Their product, simplified. */
  readonly contribution: NodeId
}

/** A graph with one output, and the answers to everything that is asked about it. Made when first asked for. */
export interface Derivation {
  /** Stable while its text doesn't change: `z`, `z|L` with upstream; a second `z` in another scope is `z#1`, none is there twice. */
  readonly key: string
  readonly output: NodeId
  readonly name: Name
  readonly upstream: Upstream | null
  /** Written and derived nodes; grows when gradients are asked for. */
  readonly graph: Graph
  /** Written nodes on which the output depends, inputs first. */
  readonly written: readonly NodeId[]
  readonly inputs: readonly NodeId[]
  /** Where it is written: from its first definition to its last. */
  readonly sources: readonly Source[]
  readonly problems: readonly ShapeProblem[]
  /** Value of any node of the graph, derived ones too; `null` where an input has no value. */
  value(id: NodeId): Tensor | null
  /** `null` where no path leads to the output. */
  gradient(id: NodeId): Gradient | null
  /** Second derivative of the output by an input, in inputs; `null` for arrays, upstream gradients and what is too large to read. */
  second(id: NodeId): NodeId | null
  /** Local derivative of a node with respect to each of its inputs; `null` where it is a map or there is none. */
  local(id: NodeId): readonly (NodeId | null)[]
}

/** The innermost expression at a place of the document. */
export interface Place {
  readonly derivation: Derivation
  readonly node: NodeId
  /** In the document. */
  readonly range: Range
  /** Set where the place is a written derivative, `\frac{\partial z}{\partial t}`: `node` is the t, `derivation` the z. */
  readonly derivative: boolean
}

export type Verdict = 'holds' | 'fails' | 'unknown'
/** A number, or an array of them, row by row. */
export type Nested = number | readonly Nested[]
export interface Counterexample {
  readonly at: Readonly<Record<string, number>>
  readonly arrays?: Readonly<Record<string, Nested>>
  /** Of arrays: the sizes that were tried, and the entry that differs, counted from 0. */
  readonly sizes?: Readonly<Record<string, number>>
  readonly entry?: readonly number[]
  readonly written: number
  readonly expected: number
}
export interface JudgedStep {
  /** In the document. */
  readonly range: Range
  readonly latex: string
  readonly verdict: Verdict
  /** One sentence, for `fails` and `unknown`; a condition or convention for `holds`. */
  readonly reason: string | null
  readonly counterexample: Counterexample | null
  /** The right expression in the author's notation, to replace the step with. */
  readonly replacement: string | null
  /** What could be better though it is right: one sentence, shown only to those who ask for hints. */
  readonly hint: string | null
  /** Definitions used, in the document, for related information. */
  readonly related: readonly { readonly range: Range; readonly message: string }[]
}
export interface JudgedClaim {
  readonly range: Range
  readonly latex: string
  readonly steps: readonly JudgedStep[]
}
export interface JudgedPair {
  readonly function: { readonly name: string; readonly range: Range }
  readonly derivative: { readonly name: string; readonly range: Range }
  /** The statement that is wrong, where it is known: what is underlined then. */
  readonly wrong: Range | null
  readonly wrt: readonly string[]
  readonly verdict: Verdict
  readonly convention: 'output' | 'upstream' | 'factor' | 'negative' | 'kink' | 'approximate' | null
  readonly reason: string | null
  readonly counterexample: Counterexample | null
  /** The reason is worth telling, though nothing is proved wrong: a table whose derivatives are not of one mind. */
  readonly quiet: boolean
  readonly replacement: string | null
}

export type Severity = 'error' | 'warning' | 'information' | 'hint'
export interface Finding {
  readonly range: Range
  /** The name that it is about, where that stands elsewhere: a comment above it silences the finding too. */
  readonly named?: Range
  readonly severity: Severity
  readonly code: 'wrong-step' | 'wrong-gradient' | 'shape-mismatch'
  readonly message: string
}

/** A passage as the analysis holds it: its text, where it stands now, and what was read in it. */
export interface ReadPassage {
  readonly key: number
  readonly passage: Passage
  readonly statements: readonly Statement[]
}

export interface Analysis {
  readonly text: string
  readonly language: 'markdown' | 'typescript' | 'python'
  /** Where each cell of a notebook stands in the text. */
  readonly cells?: readonly Range[]
  readonly passages: readonly ReadPassage[]
  /** One for each definition that no other in its scope uses, in document order; in code one for each function. */
  readonly derivations: readonly Derivation[]
  /** The derivation of a name that is no output of its own (`--output`), or `null`. */
  derivationOf(name: string): Derivation | null
  /** What stands at this offset of the document; `null` for prose. */
  at(offset: number): Place | null
  /** Derivation that an offset belongs to, or the nearest before, else the first. */
  nearest(offset: number): Derivation | null
  /** A range of the document, from one relative to a passage. */
  locate(source: Source): Range | null
  /** Made when first asked for. */
  claims(): readonly JudgedClaim[]
  pairs(): readonly JudgedPair[]
  findings(): readonly Finding[]
  readonly formulas: number
  readonly unread: readonly { readonly range: Range; readonly reason: string }[]
}
