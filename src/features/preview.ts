/** The built-in Markdown preview draws graphs with our drawing. */
import * as vscode from 'vscode'
import { graphvizOrderer } from '../drawing/graphviz'
import type { Orderer } from '../drawing/layout'
import { pictureOf } from '../drawing/picture'
import { sceneOf } from '../drawing/scene'
import { readyToTypeset } from '../drawing/typeset'
import { drawGraphs, type MarkdownParser } from './previewGraphs'
import type { Services } from './services'
import { settingsFor } from './settings'
import { translate } from './words'

/** What VS Code calls when a preview is opened: `extendMarkdownIt` of what `activate` gives. */
export function previewPlugin({ log }: Services): <Parser extends MarkdownParser>(md: Parser) => Parser {
  let state: 'unasked' | 'loading' | 'ready' = 'unasked'
  let orderer: Orderer | undefined
  const load = async () => {
    state = 'loading'
    await readyToTypeset()
    orderer = await graphvizOrderer()
    state = 'ready'
    await vscode.commands.executeCommand('markdown.preview.refresh')
  }
  return (md) =>
    drawGraphs(md, {
      enabled: () => settingsFor(undefined).preview,
      scene(derivation) {
        // markdown-it waits for nobody: the page comes again when all is there.
        if (state === 'unasked') load().catch((error) => log.failed('preview', error))
        if (state !== 'ready') return null
        try {
          const options = { mode: 'symbols', collapsed: false, turned: new Set<number>(), locals: true } as const
          return sceneOf(pictureOf(derivation, options), orderer)
        } catch (error) {
          // The rest of the page must come all the same.
          log.failed('preview', error)
          return null
        }
      },
      t: translate,
    })
}
