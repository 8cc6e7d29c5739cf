/** What the page knows. One object, changed in one place, from which everything is shown. */
import type { Leaves, Live } from './live'
import type { DetailsMessage, EmptyMessage, Sentence, ShowMessage, TableMessage } from './messages'
import type { Quiz } from './quiz'
import type { PanelStrings } from './strings'

export interface PageState {
  /** The graph, where it can be moved, and the values that its leaves have now. */
  live: Live | null
  leaves: Leaves
  /** A value differs from what the extension was told. */
  moved: boolean
  /** Inputs that a descent moves, and which entry of an array its slider moves. */
  chosen: ReadonlySet<number>
  entries: ReadonlyMap<number, number>
  /** How far each slider goes, by `node.index`: it stays while the value moves. */
  ranges: ReadonlyMap<string, readonly [number, number]>
  rate: number
  /** The output at each step of the descent. */
  losses: readonly number[]
  /** The input that the plot runs over. */
  over: number | null
  contours: boolean
  /** Inputs and plot are open. */
  panes: boolean
  player: {
    readonly index: number | null
    readonly playing: boolean
    readonly speed: number
    readonly sentence: Sentence | null
  }
  quiz: Quiz | null
  strings: PanelStrings | null
  shown: ShowMessage | null
  empty: EmptyMessage | null
  /** The drawing is older than the text. */
  old: boolean
  /** Another one is being made. */
  working: boolean
  details: DetailsMessage['details'] | null
  view: 'graph' | 'table'
  table: TableMessage | null
  menu: boolean
  find: { readonly text: string; readonly keys: readonly string[]; readonly at: number } | null
}

export const initialState = (): PageState => ({
  live: null,
  leaves: new Map(),
  moved: false,
  chosen: new Set(),
  entries: new Map(),
  ranges: new Map(),
  rate: 0.1,
  losses: [],
  over: null,
  contours: false,
  panes: true,
  player: { index: null, playing: false, speed: 1, sentence: null },
  quiz: null,
  strings: null,
  shown: null,
  empty: null,
  old: false,
  working: false,
  details: null,
  view: 'graph',
  table: null,
  menu: false,
  find: null,
})

/** A sentence with `{0}` filled in. */
export const filled = (sentence: string, ...parts: readonly (string | number)[]) =>
  sentence.replace(/\{(\d)\}/g, (_, index) => String(parts[Number(index)] ?? ''))
