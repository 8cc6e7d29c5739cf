/** The hover on the innermost expression under the pointer. */
import * as vscode from 'vscode'
import type { Analysis, JudgedStep, Place } from '../derivation'
import { stepAt } from '../report/judged'
import { explain } from '../writing/explanation'
import { latexSummary } from '../writing/summary'
import { SELECTOR } from './documents'
import { escapeHtml, hoverContent } from './hoverContent'
import { definitionOf } from './names'
import { drawFormula, palette } from './pictures'
import type { Services } from './services'
import { settingsFor } from './settings'
import type { TrialStore } from './trials'
import { tried } from './tried'
import { translate } from './words'

/** What the links of a hover may run. */
const COMMANDS = ['gradlens.showGraph', 'gradlens.copyLatex']

/** Registers the hover and the command behind its link. */
export function registerHover({ documents, log, trials }: Services): vscode.Disposable {
  const provider: vscode.HoverProvider = {
    async provideHover(document, position, token) {
      if (!settingsFor(document).hover) return null
      try {
        const analysis = documents.analysis(document)
        if (!analysis || token.isCancellationRequested) return null
        const offset = document.offsetAt(position)
        const place = analysis.at(offset)
        const judged = stepAt(analysis, offset)
        const unread = place || judged ? undefined : analysis.unread.find(({ range }) => contains(range, offset))
        const range = place?.range ?? judged?.step.range ?? unread?.range
        if (!range || token.isCancellationRequested) return null
        if (unread) return new vscode.Hover(unreadText(unread.reason), rangeOf(document, range))
        const verdict = judged && !isUnderlined(document, position) ? `${verdictHtml(judged.step)}\n\n` : ''
        if (!verdict && !place) return null
        const contents = markdown(verdict + (place ? await contentsOf(document, analysis, place, trials) : ''))
        return token.isCancellationRequested ? null : new vscode.Hover(contents, rangeOf(document, range))
      } catch (error) {
        log.failed('hover', error)
        return null
      }
    },
  }
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(SELECTOR, provider),
    vscode.commands.registerCommand('gradlens.copyLatex', copyLatex),
  )
}

/** A diagnostic of ours tells about this place already. */
const isUnderlined = (document: vscode.TextDocument, position: vscode.Position) =>
  vscode.languages
    .getDiagnostics(document.uri)
    .some(({ source, range }) => source === 'gradlens' && range.contains(position))

const contains = ({ start, end }: { start: number; end: number }, offset: number) => start <= offset && offset < end

const unreadText = (reason: string) =>
  new vscode.MarkdownString().appendText(vscode.l10n.t('Not read by GradLens: {0}', translate(reason)))

const rangeOf = (document: vscode.TextDocument, { start, end }: { start: number; end: number }) =>
  new vscode.Range(document.positionAt(start), document.positionAt(end))

function markdown(text: string): vscode.MarkdownString {
  const contents = new vscode.MarkdownString(text, true)
  contents.supportHtml = true
  contents.isTrusted = { enabledCommands: COMMANDS }
  return contents
}

const VERDICTS = {
  holds: { sign: '✓', words: () => vscode.l10n.t('This step holds.') },
  fails: { sign: '✗', words: () => vscode.l10n.t('This step fails.') },
  unknown: { sign: '?', words: () => vscode.l10n.t('This step is not settled.') },
}

/** Whether a written step is right, and why. */
function verdictHtml({ verdict, reason }: JudgedStep): string {
  const { sign, words } = VERDICTS[verdict]
  const why = reason === null ? '' : ` ${escapeHtml(translate(reason))}`
  return `<strong>${sign} ${escapeHtml(words())}</strong>${why}`
}

async function contentsOf(
  document: vscode.TextDocument,
  analysis: Analysis,
  place: Place,
  trials: TrialStore,
): Promise<string> {
  const explanation = explain(trials.valued(document, place.derivation), place.node)
  const colours = palette()
  const html = await hoverContent(explanation, {
    t: translate,
    draw: drawFormula,
    valueStyle: `color:${colours.value};`,
  })
  tried('hover')
  const told = trials.told(document, place.derivation)
  const note = told === null ? '' : `<div>${escapeHtml(vscode.l10n.t('With what is tried out: {0}', told))}</div>`
  return `${html}${note}\n\n${links(document, analysis, place)}`
}

function links(document: vscode.TextDocument, analysis: Analysis, place: Place): string {
  const parts: string[] = []
  if (settingsFor(document).graph) {
    const target = { uri: document.uri.toString(), offset: place.range.start }
    parts.push(`[${vscode.l10n.t('Show in graph')}](${commandUri('gradlens.showGraph', target)})`)
  }
  const latex = latexSummary(place.derivation, place.node)
  parts.push(`[${vscode.l10n.t('Copy as LaTeX')}](${commandUri('gradlens.copyLatex', { latex })})`)
  const meaning = meaningOf(document, analysis, place)
  if (meaning) parts.push(meaning)
  return parts.join(' &nbsp;·&nbsp; ')
}

/** Where the meaning of a name stands, if that isn't the line under the pointer. */
function meaningOf(document: vscode.TextDocument, analysis: Analysis, place: Place): string | null {
  const definition = definitionOf(analysis, place)
  if (!definition) return null
  const line = document.positionAt(definition.start).line
  if (line === document.positionAt(place.range.start).line) return null
  return `[${vscode.l10n.t('defined in line {0}', line + 1)}](${document.uri.with({ fragment: `L${line + 1}` }).toString()})`
}

const commandUri = (command: string, argument: object) =>
  `command:${command}?${encodeURIComponent(JSON.stringify([argument])).replace(/[()]/g, (bracket) => `%${bracket.charCodeAt(0).toString(16)}`)}`

async function copyLatex(argument: unknown): Promise<void> {
  if (typeof argument !== 'object' || argument === null || !('latex' in argument)) return
  await vscode.env.clipboard.writeText(String(argument.latex))
  vscode.window.setStatusBarMessage(vscode.l10n.t('LaTeX copied'), 3000)
}
