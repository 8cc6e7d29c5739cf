/** What the panel's page and the extension say to each other. Each side checks what it receives: a page is not to be trusted. */
import type { Scene } from '../drawing/scene'
import type { Typeset } from '../drawing/typeset'
import { finite, flag, index, isObject, listOf, object, oneOf, orNull, type Shape, shaped, text } from './checks'

export type Mode = 'symbols' | 'numbers'
/** What the backward pass starts from: as the note has it, 1, or a symbol such as ∂L/∂z. */
export type UpstreamChoice = 'auto' | 'one' | 'symbol'
export type ExportFormat = 'svg' | 'png'
export type CopyFormat = 'latex' | 'mermaid' | 'dot'

export const MODES: readonly Mode[] = ['symbols', 'numbers']
export const UPSTREAM_CHOICES: readonly UpstreamChoice[] = ['auto', 'one', 'symbol']
export const EXPORT_FORMATS: readonly ExportFormat[] = ['svg', 'png']
export const COPY_FORMATS: readonly CopyFormat[] = ['latex', 'mermaid', 'dot']

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

/** All strings of the page, translated. */
export interface PanelStrings {
  readonly language: string
  readonly graphOf: string
  readonly derivation: string
  readonly derivationAt: string
  readonly show: string
  readonly symbols: string
  readonly numbers: string
  readonly upstream: string
  readonly upstreamAuto: string
  readonly upstreamOne: string
  readonly upstreamSymbol: string
  readonly pin: string
  readonly unpin: string
  readonly zoomOut: string
  readonly zoomIn: string
  readonly fit: string
  readonly exportMenu: string
  readonly exportSvg: string
  readonly exportPng: string
  readonly copyLatex: string
  readonly copyMermaid: string
  readonly copyDot: string
  readonly find: string
  readonly findPlaceholder: string
  readonly findPrevious: string
  readonly findNext: string
  readonly close: string
  readonly noMatch: string
  readonly table: string
  readonly expandAll: string
  readonly collapseAll: string
  readonly node: string
  readonly value: string
  readonly localDerivatives: string
  readonly gradient: string
  readonly old: string
  readonly noNumbers: string
  readonly emptyTitle: string
  readonly emptyMarkdown: string
  readonly emptyCode: string
  readonly emptyHint: string
  readonly groupHint: string
  readonly resize: string
  readonly explanation: string
}

export interface InitMessage {
  readonly type: 'init'
  readonly strings: PanelStrings
}
export interface ShowMessage {
  readonly type: 'show'
  readonly version: number
  readonly uri: string
  readonly choices: readonly Choice[]
  readonly current: string
  /** Of the output: as a formula and in plain text. */
  readonly title: Formula
  readonly name: string
  readonly mode: Mode
  readonly upstream: UpstreamChoice
  /** How the symbol would be written: `∂L/∂z`. */
  readonly upstreamName: string
  readonly pinned: boolean
  readonly collapsed: boolean
  /** Whether any node has a value. */
  readonly hasNumbers: boolean
  readonly scene: Scene
  /** The node at the cursor, to begin with. */
  readonly selected: number | null
}
/** The drawing that is shown is older than the text: it can't be read at the moment. */
export interface OldMessage {
  readonly type: 'old'
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
  | EmptyMessage
  | SelectMessage
  | DetailsMessage
  | TableMessage
  | RasterizeMessage

export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'choose'; readonly key: string }
  | { readonly type: 'mode'; readonly mode: Mode }
  | { readonly type: 'upstream'; readonly upstream: UpstreamChoice }
  | { readonly type: 'pin'; readonly pinned: boolean }
  | { readonly type: 'select'; readonly node: number }
  | { readonly type: 'reveal'; readonly node: number }
  /** The pointer rests on a node, or on none. */
  | { readonly type: 'point'; readonly node: number | null }
  | { readonly type: 'details'; readonly version: number; readonly node: number }
  | { readonly type: 'table'; readonly version: number }
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
  readonly mode: Mode
  readonly upstream: UpstreamChoice
  readonly pinned: boolean
  readonly view: { readonly x: number; readonly y: number; readonly k: number } | null
  readonly selected: number | null
}

const picture = shaped({ markup: text, width: finite, height: finite, depth: finite })
const formula = shaped({ picture, spoken: text })
const placed = shaped({ formula: index, x: finite, y: finite, size: finite })
const point = shaped({ x: finite, y: finite })
const scene = shaped({
  width: finite,
  height: finite,
  groups: index,
  glyphs: listOf(text),
  formulas: listOf(picture),
  nodes: listOf(
    shaped({
      key: text,
      id: index,
      kind: oneOf(['input', 'constant', 'operation', 'opaque', 'group', 'output']),
      x: finite,
      y: finite,
      halfWidth: finite,
      halfHeight: finite,
      symbol: placed,
      name: orNull(placed),
      total: orNull(placed),
      inside: listOf(index),
      spoken: shaped({ expression: text, value: orNull(text), gradient: orNull(text) }),
    }),
  ),
  edges: listOf(
    shaped({
      key: text,
      from: text,
      to: text,
      way: listOf(point),
      value: orNull(placed),
      shape: orNull(placed),
      gradient: orNull(placed),
      arrow: orNull(shaped({ left: finite, right: finite, y: finite })),
    }),
  ),
})

const TO_PANEL: Readonly<Record<ToPanel['type'], Shape>> = {
  init: { strings: object },
  show: {
    version: index,
    uri: text,
    choices: listOf(shaped({ key: text, name: text, line: index })),
    current: text,
    title: formula,
    name: text,
    mode: oneOf(MODES),
    upstream: oneOf(UPSTREAM_CHOICES),
    upstreamName: text,
    pinned: flag,
    collapsed: flag,
    hasNumbers: flag,
    scene,
    selected: orNull(index),
  },
  old: { version: index },
  empty: { version: index, uri: text, code: flag },
  select: { node: index },
  details: {
    version: index,
    details: shaped({
      node: index,
      title: formula,
      rule: orNull(text),
      sentence: orNull(text),
      rows: listOf(
        shaped({
          label: text,
          role: oneOf(['plain', 'value', 'gradient']),
          equations: listOf(listOf(formula)),
          text: orNull(text),
        }),
      ),
    }),
  },
  table: {
    version: index,
    rows: listOf(shaped({ node: index, expression: text, value: text, locals: listOf(text), gradient: text })),
  },
  rasterize: { svg: text, width: finite, height: finite },
}

const FROM_PANEL: Readonly<Record<FromPanel['type'], Shape>> = {
  ready: {},
  choose: { key: text },
  mode: { mode: oneOf(MODES) },
  upstream: { upstream: oneOf(UPSTREAM_CHOICES) },
  pin: { pinned: flag },
  select: { node: index },
  reveal: { node: index },
  point: { node: orNull(index) },
  details: { version: index, node: index },
  table: { version: index },
  toggle: { node: index },
  collapse: { collapsed: flag },
  export: { format: oneOf(EXPORT_FORMATS) },
  copy: { format: oneOf(COPY_FORMATS) },
  png: { base64: text },
  failed: { message: text },
}

function checked(shapes: Readonly<Record<string, Shape>>, value: unknown): boolean {
  if (!isObject(value) || typeof value.type !== 'string' || !Object.hasOwn(shapes, value.type)) return false
  return shaped(shapes[value.type] as Shape)(value)
}

/** Whether the extension has said something that the page understands. */
export const isToPanel = (value: unknown): value is ToPanel => checked(TO_PANEL, value)

/** Whether the page has said something that the extension understands. */
export const isFromPanel = (value: unknown): value is FromPanel => checked(FROM_PANEL, value)

const savedState = shaped({
  uri: text,
  current: text,
  mode: oneOf(MODES),
  upstream: oneOf(UPSTREAM_CHOICES),
  pinned: flag,
  view: orNull(shaped({ x: finite, y: finite, k: finite })),
  selected: orNull(index),
})

/** Whether a stored state is one of ours: an older version may have left another. */
export const isSavedState = (value: unknown): value is SavedState => savedState(value)
