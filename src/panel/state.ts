/** What the page knows. One object, changed in one place, from which everything is shown. */
import type { DetailsMessage, EmptyMessage, PanelStrings, ShowMessage, TableMessage } from './messages'

export interface PageState {
  strings: PanelStrings | null
  shown: ShowMessage | null
  empty: EmptyMessage | null
  /** The drawing is older than the text. */
  old: boolean
  details: DetailsMessage['details'] | null
  view: 'graph' | 'table'
  table: TableMessage | null
  menu: boolean
  find: { readonly text: string; readonly keys: readonly string[]; readonly at: number } | null
}

export const initialState = (): PageState => ({
  strings: null,
  shown: null,
  empty: null,
  old: false,
  details: null,
  view: 'graph',
  table: null,
  menu: false,
  find: null,
})

/** An English sentence with `{0}` filled in. */
export const filled = (sentence: string, ...parts: readonly (string | number)[]) =>
  sentence.replace(/\{(\d)\}/g, (_, index) => String(parts[Number(index)] ?? ''))
