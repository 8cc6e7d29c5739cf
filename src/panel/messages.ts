/** What the panel's page and the extension say to each other; `schemas.ts` checks what is received. */
import { CONVENTIONS, type Convention, type Mode } from '../drawing/picture'
import type { Scene } from '../drawing/scene'
import type { Figures, Typeset } from '../drawing/typeset'
import type { Attributes } from '../operations/operation'
import type { View } from './camera'
import type { PanelStrings } from './strings'

export { CONVENTIONS, type Convention, type Mode }
/** What the backward pass starts from: as the note has it, 1, or a symbol such as ∂L/∂z. */
export type UpstreamChoice = 'auto' | 'one' | 'symbol'
export type ExportFormat = 'svg' | 'png' | 'pdf' | 'html'
export type CopyFormat = 'latex' | 'tikz' | 'mermaid' | 'dot'

export const MODES: readonly Mode[] = ['symbols', 'numbers', 'both']
export const UPSTREAM_CHOICES: readonly UpstreamChoice[] = ['auto', 'one', 'symbol']
export const EXPORT_FORMATS: readonly ExportFormat[] = ['svg', 'png', 'pdf', 'html']
export const COPY_FORMATS: readonly CopyFormat[] = ['latex', 'tikz', 'mermaid', 'dot']

/** What each way to take a graph out of the panel is called. */
export const exportLabels = (strings: PanelStrings): Readonly<Record<ExportFormat | CopyFormat, string>> => ({
  svg: strings.exportSvg,
  png: strings.exportPng,
  pdf: strings.exportPdf,
  html: strings.exportHtml,
  latex: strings.copyLatex,
  tikz: strings.copyTikz,
  mermaid: strings.copyMermaid,
  dot: strings.copyDot,
})

/** One of several derivations, to choose from. */
export interface Choice {
  readonly key: string
  /** `z`, in plain text. */
  readonly name: string
  /** Line in which it begins, counted from 1. */
  readonly line: number
}

/** A formula to be shown in the page, and in words for those who listen. */
export interface Formula {
  readonly picture: Typeset
  readonly spoken: string
}
/** One line of what is said about a node. */
export interface DetailRow {
  readonly label: string
  readonly role: 'plain' | 'value' | 'gradient'
  /** Each in its parts, between which a line may break; text where there is no formula. */
  readonly equations: readonly (readonly Formula[])[]
  readonly text: string | null
}
/** What the hover says about a node. */
export interface Details {
  readonly node: number
  readonly title: Formula
  readonly rows: readonly DetailRow[]
  readonly rule: string | null
  readonly sentence: string | null
}
/** A node as a row of the text table. */
export interface TableRow {
  readonly node: number
  readonly expression: string
  readonly value: string
  readonly locals: readonly string[]
  readonly gradient: string
}

/** One step of a pass: a value is computed, or a gradient comes back. */
export interface PlayStep {
  readonly node: number
  readonly pass: 'forward' | 'backward'
}
/** What is said at a step: the sides of an equation, between which a line may break, and a sentence. */
export interface Sentence {
  readonly parts: readonly Formula[]
  readonly words: string | null
}
/** A gradient that can be asked for. */
export interface Question {
  readonly node: number
  readonly derivative: Formula
}
/** Numbers of a leaf of the graph, row by row. */
export interface Trial {
  readonly node: number
  readonly shape: readonly number[]
  readonly data: readonly number[]
}
/** More sliders nobody looks through. */
export const MOST_ROWS = 24

/** An input that can be moved. */
export interface InputSetting {
  readonly node: number
  /** Of the first `MOST_ROWS`; the others are called by their plain name. */
  readonly name: Formula | null
  readonly plain: string
  /** Of its value, or of one that would fit. */
  readonly shape: readonly number[]
  readonly data: readonly number[] | null
  /** It is tried out: the note says something else, or nothing. */
  readonly isTrial: boolean
  /** As the note has it: `x = 0.5 <!-- 0..2 -->`. */
  readonly range: readonly [number, number] | null
}
/** The graph as plain data: the page evaluates it itself, so that everything follows an input that is moved. */
export interface Model {
  /** Written and derived nodes; the index is the node's number. */
  readonly nodes: readonly {
    readonly op: string
    readonly inputs: readonly number[]
    readonly attributes: Attributes
    readonly shape: readonly (number | string)[] | null
  }[]
  readonly output: number
  /** Values of inputs, and of the gradient that the backward pass begins with where it has one. */
  readonly leaves: readonly Trial[]
  /** Of each input: its gradient. */
  readonly gradients: readonly (readonly [input: number, gradient: number])[]
}

export interface InitMessage {
  readonly type: 'init'
  readonly strings: PanelStrings
  /** What numbers are written with. */
  readonly figures: Figures
}
export interface ShowMessage {
  readonly type: 'show'
  readonly version: number
  readonly uri: string
  /** The document's name. */
  readonly file: string
  readonly choices: readonly Choice[]
  readonly current: string
  /** Of the output: as a formula and in plain text. */
  readonly title: Formula
  readonly name: string
  readonly mode: Mode
  /** The one that a person chose; `null`: whichever has room. */
  readonly chosenMode: Mode | null
  readonly convention: Convention
  /** There are vectors or matrices. */
  readonly hasArrays: boolean
  readonly upstream: UpstreamChoice
  /** How the symbol would be written: `∂L/∂z`. */
  readonly upstreamName: string
  readonly pinned: boolean
  readonly collapsed: boolean
  /** Whether any node has a value. */
  readonly hasNumbers: boolean
  readonly scene: Scene
  /** `null` where the graph is too large to be moved. */
  readonly model: Model | null
  readonly inputs: readonly InputSetting[]
  readonly steps: readonly PlayStep[]
  readonly questions: readonly Question[]
  /** In which it can be saved where it is shown. */
  readonly formats: readonly ExportFormat[]
  /** Trial values can be written into the document. */
  readonly canWrite: boolean
  /** The node at the cursor, to begin with. */
  readonly selected: number | null
}
/** The drawing that is shown is older than the text: it can't be read at the moment. */
export interface OldMessage {
  readonly type: 'old'
  readonly version: number
}
/** The drawing takes a while: it is being made. */
export interface WorkingMessage {
  readonly type: 'working'
  readonly version: number
}
export interface EmptyMessage {
  readonly type: 'empty'
  readonly version: number
  readonly uri: string
  readonly code: boolean
}
/** The cursor has come to this node. */
export interface SelectMessage {
  readonly type: 'select'
  readonly node: number
}
export interface DetailsMessage {
  readonly type: 'details'
  readonly version: number
  readonly details: Details
}
/** What is said at a step. */
export interface StepMessage {
  readonly type: 'step'
  readonly version: number
  readonly index: number
  readonly sentence: Sentence
}
/** What an answer is worth. */
export interface JudgedMessage {
  readonly type: 'judged'
  readonly node: number
  readonly verdict: 'right' | 'wrong' | 'unclear'
  /** Why, or a hint. */
  readonly words: string | null
}
/** The answer that was asked for. */
export interface AnswerMessage {
  readonly type: 'answer'
  readonly node: number
  readonly formula: Formula
}
export interface TableMessage {
  readonly type: 'table'
  readonly version: number
  readonly rows: readonly TableRow[]
}
/** Asks the page to make a picture of pixels, which the extension can't. */
export interface RasterizeMessage {
  readonly type: 'rasterize'
  readonly svg: string
  readonly width: number
  readonly height: number
}
export type ToPanel =
  | InitMessage
  | ShowMessage
  | OldMessage
  | WorkingMessage
  | EmptyMessage
  | SelectMessage
  | DetailsMessage
  | TableMessage
  | StepMessage
  | JudgedMessage
  | AnswerMessage
  | RasterizeMessage

export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'choose'; readonly key: string }
  | { readonly type: 'mode'; readonly mode: Mode }
  | { readonly type: 'convention'; readonly convention: Convention }
  | { readonly type: 'upstream'; readonly upstream: UpstreamChoice }
  | { readonly type: 'pin'; readonly pinned: boolean }
  | { readonly type: 'select'; readonly node: number }
  | { readonly type: 'reveal'; readonly node: number }
  /** The pointer rests on a node, or on none. */
  | { readonly type: 'point'; readonly node: number | null }
  | { readonly type: 'details'; readonly version: number; readonly node: number }
  | { readonly type: 'table'; readonly version: number }
  /** What is said at a step of the passes? */
  | { readonly type: 'step'; readonly version: number; readonly index: number }
  /** Inputs were moved to these values; none: back to those of the document. */
  | { readonly type: 'values'; readonly trials: readonly Trial[] }
  /** The values that are tried out are to be stated in the document. */
  | { readonly type: 'write' }
  /** Is this the gradient of the node? */
  | { readonly type: 'judge'; readonly node: number; readonly text: string }
  | { readonly type: 'hint'; readonly node: number }
  | { readonly type: 'answer'; readonly node: number }
  | { readonly type: 'toggle'; readonly node: number }
  | { readonly type: 'collapse'; readonly collapsed: boolean }
  | { readonly type: 'export'; readonly format: ExportFormat }
  | { readonly type: 'copy'; readonly format: CopyFormat }
  | { readonly type: 'png'; readonly base64: string }
  | { readonly type: 'failed'; readonly message: string }

/** What the page keeps while it is hidden, and what the panel is restored from after a reload. */
export interface SavedState {
  readonly uri: string
  readonly current: string
  readonly mode: Mode | null
  readonly convention: Convention
  readonly upstream: UpstreamChoice
  readonly pinned: boolean
  readonly view: View | null
  readonly selected: number | null
}
