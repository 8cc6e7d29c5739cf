/**
 * Graphs in a page of Markdown, as a plug-in of markdown-it: of `gradlens` blocks, which are small notes of their own, and of
 * annotations, whose Mermaid remains what other programs see. Knows no editor.
 */
import { analyzeMarkdown } from '../analysis'
import type { Derivation } from '../derivation'
import type { Scene } from '../drawing/scene'
import { type Palette, svgFile } from '../drawing/svg'
import { ANNOTATION_BEGIN } from '../writing/annotation'
import { mermaidOf } from '../writing/mermaid'

/** What is used of markdown-it's tokens. */
export interface MarkdownToken {
  type: string
  readonly content: string
  readonly info: string
  /** Whatever a plug-in keeps with it. */
  meta: unknown
}
/** What is used of markdown-it, which the editor brings. */
export interface MarkdownParser {
  readonly core: {
    readonly ruler: {
      push(
        name: string,
        rule: (state: { readonly src: string; readonly tokens: readonly MarkdownToken[] }) => void,
      ): void
    }
  }
  readonly renderer: { readonly rules: Record<string, unknown> }
}

/** The theme's colours, as the page calls them. */
const THEME: Palette = {
  background: null,
  text: 'var(--vscode-editor-foreground)',
  dim: 'var(--vscode-descriptionForeground)',
  line: 'var(--vscode-descriptionForeground)',
  body: 'var(--vscode-editor-background)',
  forward: 'var(--vscode-gradlens-forward)',
  backward: 'var(--vscode-gradlens-backward)',
  tag: 'var(--vscode-editor-background)',
}

export interface PreviewTools {
  /** Whether graphs are wanted at all. */
  enabled(): boolean
  /** The scene of a derivation; `null` while what draws it is still being loaded, after which the page is asked to come again. */
  scene(derivation: Derivation): Scene | null
  /** Translates an English sentence. */
  t(sentence: string): string
}

/** Lets markdown-it draw graphs. */
export function drawGraphs<Parser extends MarkdownParser>(md: Parser, tools: PreviewTools): Parser {
  md.core.ruler.push('gradlens', (state) => {
    if (!tools.enabled()) return
    let annotated: ReadonlyMap<string, Derivation> | null = null
    const isAnnotated = state.src.includes(ANNOTATION_BEGIN)
    for (const token of state.tokens) {
      if (token.type !== 'fence') continue
      const language = token.info.trim()
      let derivations: readonly Derivation[] = []
      if (language === 'gradlens') derivations = analyzeMarkdown(token.content).derivations
      else if (language === 'mermaid' && isAnnotated) {
        annotated ??= graphsOf(state.src)
        const derivation = annotated.get(token.content.trim())
        derivations = derivation ? [derivation] : []
      }
      if (derivations.length === 0) continue
      token.type = 'gradlens'
      token.meta = derivations
    }
  })
  // Drawn when it is shown, not when it is read: the editor keeps what was read, and reads for its outline too.
  md.renderer.rules.gradlens = (tokens: readonly MarkdownToken[], index: number) =>
    drawable(tokens[index])
      .map((derivation, i) => graphHtml(derivation, `g${index}-${i}-`, tools))
      .join('')
  return md
}

/** What was found in a token of ours. */
const drawable = (token: MarkdownToken | undefined) => (token?.meta ?? []) as readonly Derivation[]

/** The derivations of a note, by the Mermaid that its annotations say of them. */
const graphsOf = (text: string): ReadonlyMap<string, Derivation> =>
  new Map(analyzeMarkdown(text).derivations.map((derivation) => [mermaidOf(derivation).trim(), derivation]))

/** @param prefix of the identifiers in the picture: a page holds several */
function graphHtml(derivation: Derivation, prefix: string, { scene, t }: PreviewTools): string {
  const drawn = scene(derivation)
  if (!drawn) return '<p class="gradlens-graph">…</p>\n'
  const hint = ({ spoken: { expression, value, gradient } }: Scene['nodes'][number]) =>
    [
      expression,
      ...(value === null ? [] : [`${t('value')} ${value}`]),
      ...(gradient === null ? [] : [`${t('gradient')} ${gradient}`]),
    ].join('\n')
  const svg = svgFile(drawn, { palette: THEME, title: derivation.name.plain, hint })
  return `<div class="gradlens-graph">${svg.replaceAll('glyph-', prefix)}</div>\n`
}
