/**
 * The panel as a page of its own: the study runs in the page too, so that everything plays without an editor. It stands
 * before the panel's script and gives it what VS Code would give.
 */
import { analyzeMarkdown, analyzeTypeScript } from '../analysis'
import { DARK, LIGHT, svgFile } from '../drawing/svg'
import { provideMathJax } from '../drawing/typeset'
import type { SavedState, ToPanel } from '../panel/messages'
import { isFromPanel } from '../panel/schemas'
import type { PanelStrings } from '../panel/strings'
import { study } from '../study/study'
import { type Bundle, translator } from '../study/translate'

/** What the page is about; it stands in the page as JSON. */
interface PageData {
  readonly name: string
  readonly text: string
  readonly language: 'markdown' | 'typescript'
  readonly strings: PanelStrings
  /** Sentences of the core in the language of the page. */
  readonly bundle: Bundle
  readonly saved: SavedState
}

declare global {
  interface Window {
    acquireVsCodeApi?: () => unknown
    gradlensMathJax?: unknown
  }
}

const data: PageData = JSON.parse(document.getElementById('gradlens-data')?.textContent ?? '{}')
const analysis = (data.language === 'markdown' ? analyzeMarkdown : analyzeTypeScript)(data.text)
const translate = translator(data.bundle)
const dark = () => window.matchMedia('(prefers-color-scheme: dark)').matches

provideMathJax(() => Promise.resolve(window.gradlensMathJax))

const KINDS = {
  svg: 'image/svg+xml;charset=utf-8',
  png: 'image/png',
  pdf: 'application/pdf',
  html: 'text/html;charset=utf-8',
} as const

/** Lets the reader keep a file. */
function download(name: string, address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}

const work = study(
  {
    document: () => ({ uri: data.saved.uri, name: data.name, isCode: data.language !== 'markdown' }),
    analysis: () => analysis,
    cursor: () => null,
    post: (message: ToPanel) => window.postMessage(message, '*'),
    strings: () => data.strings,
    translate,
    select: () => undefined,
    mark: () => undefined,
    copy: async (text) => navigator.clipboard.writeText(text),
    svg: (derivation, scene, onPaper) =>
      svgFile(scene, { palette: dark() && !onPaper ? DARK : LIGHT, title: derivation.name.plain }),
    save: async (name, format, content) =>
      download(
        `${name || 'graph'}.${format}`,
        format === 'png'
          ? `data:${KINDS.png};base64,${content}`
          : `data:${KINDS[format]},${encodeURIComponent(content)}`,
      ),
    page: null,
    write: null,
    tried: () => undefined,
    pinned: () => undefined,
    failed: (what, error) => console.error(what, error),
    now: () => performance.now(),
    pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  },
  data.saved,
  data.saved.upstream,
)

let state: unknown = data.saved
window.acquireVsCodeApi = () => ({
  postMessage(message: unknown) {
    if (isFromPanel(message)) work.receive(message).catch((error) => console.error(error))
  },
  getState: () => state,
  setState(next: unknown) {
    state = next
  },
})

const theme = () => {
  document.body.className = dark() ? 'vscode-dark' : 'vscode-light'
}
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', theme)
theme()
