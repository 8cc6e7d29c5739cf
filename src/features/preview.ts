/** The built-in Markdown preview draws graphs with our drawing. */
import * as vscode from 'vscode'
import { graphvizOrderer } from '../drawing/graphviz'
import type { Orderer } from '../drawing/layout'
import { pictureOf } from '../drawing/picture'
import { sceneOf } from '../drawing/scene'
import { readyAtOnce, readyToTypeset } from '../drawing/typeset'
import { drawGraphs, type MarkdownParser } from './previewGraphs'
import type { Services } from './services'
import { settingsFor } from './settings'
import { translate } from './words'

/** How long a page is given to appear before it is asked for again, in milliseconds: one that is replaced while it loads stays away. */
const APPEARING = 1500

/** What VS Code calls when a preview is opened: `extendMarkdownIt` of what `activate` gives. */
export function previewPlugin({ log }: Services): <Parser extends MarkdownParser>(md: Parser) => Parser {
  let loading: Promise<void> | undefined
  let orderer: Orderer | undefined
  const load = async () => {
    await readyToTypeset()
    orderer = await graphvizOrderer()
  }
  /** markdown-it waits for nobody: a page without its graphs comes again when all is there. */
  const again = async () => {
    await loading
    await new Promise<void>((resolve) => setTimeout(resolve, APPEARING))
    await vscode.commands.executeCommand('markdown.preview.refresh')
  }
  let isOwed = false
  return (md) =>
    drawGraphs(md, {
      enabled: () => settingsFor(undefined).preview,
      scene(derivation) {
        try {
          loading ??= load()
          if (!readyAtOnce()) {
            if (!isOwed) again().catch((error) => log.failed('preview', error))
            isOwed = true
            return null
          }
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
