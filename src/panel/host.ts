/** The line to the extension. */
import type { FromPanel, SavedState, ToPanel } from './messages'
import { isSavedState, isToPanel } from './schemas'

const api = acquireVsCodeApi()

/** Says something to the extension. */
export const send = (message: FromPanel): void => api.postMessage(message)

/** Listens to the extension; what isn't understood is dropped, and told. */
export function listen(receive: (message: ToPanel) => void): void {
  window.addEventListener('message', ({ data }) => {
    if (isToPanel(data)) receive(data)
    else send({ type: 'failed', message: `not understood: ${String(data?.type)}` })
  })
}

/** What was kept while the page was hidden. */
export function savedState(): SavedState | null {
  const state = api.getState()
  return isSavedState(state) ? state : null
}

/** Keeps it. */
export const saveState = (state: SavedState): void => api.setState(state)
