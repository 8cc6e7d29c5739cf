/** Go to Definition and Find All References for the names of a note. Code has a language service of its own for that. */
import * as vscode from 'vscode'
import type { Analysis, Place } from '../derivation'
import { NOTE_SELECTOR } from './documents'
import { definitionOf, referencesOf, type Span } from './names'
import type { Services } from './services'
import { settingsFor } from './settings'

/** Registers both providers. */
export function registerMeaning({ documents, log }: Services): vscode.Disposable {
  const answer = (
    document: vscode.TextDocument,
    position: vscode.Position,
    ask: (analysis: Analysis, place: Place) => readonly Span[],
  ): vscode.Location[] => {
    if (!settingsFor(document).navigation) return []
    try {
      const analysis = documents.analysis(document)
      const place = analysis?.at(document.offsetAt(position))
      if (!analysis || !place) return []
      return ask(analysis, place).map(({ start, end }) => {
        const range = new vscode.Range(document.positionAt(start), document.positionAt(end))
        return new vscode.Location(document.uri, range)
      })
    } catch (error) {
      log.failed('navigation', error)
      return []
    }
  }
  return vscode.Disposable.from(
    vscode.languages.registerDefinitionProvider(NOTE_SELECTOR, {
      provideDefinition: (document, position) =>
        answer(document, position, (analysis, place) => {
          const definition = definitionOf(analysis, place)
          return definition ? [definition] : []
        }),
    }),
    vscode.languages.registerReferenceProvider(NOTE_SELECTOR, {
      provideReferences: (document, position, { includeDeclaration }) =>
        answer(document, position, (analysis, place) => referencesOf(analysis, place, includeDeclaration)),
    }),
  )
}
