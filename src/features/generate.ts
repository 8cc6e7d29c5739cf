/** Generate Gradient Function, and a finite-difference test of it, for the function under the cursor. */
import * as vscode from 'vscode'
import type { Analysis, Derivation } from '../derivation'
import type { CodeFunction } from '../reading/statement'
import { type GradientCode, gradientCode } from '../writing/typescript'
import { gradientTest } from '../writing/typescriptTest'
import type { Services } from './services'
import { settingsFor } from './settings'

const LANGUAGES = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact']

/** Registers the code actions. */
export function registerGenerate({ documents, log }: Services): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range) {
      try {
        const analysis = settingsFor(document).codeActions ? documents.analysis(document) : null
        const found = analysis && functionAt(analysis, document.offsetAt(range.start))
        if (!found) return []
        const gradient = codeFor(document, found)
        return gradient ? actionsFor(document, found, gradient) : []
      } catch (error) {
        log.failed('generated code', error)
        return []
      }
    },
  }
  const selector = LANGUAGES.map((language) => ({ language }))
  return vscode.languages.registerCodeActionsProvider(selector, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.RefactorRewrite],
  })
}

interface Found {
  readonly fn: CodeFunction
  readonly derivation: Derivation
  /** Offset behind the statement of the top level that holds the function. */
  readonly end: number
}

/** The innermost function around an offset. */
function functionAt(analysis: Analysis, offset: number): Found | null {
  for (const { key, passage, statements } of analysis.passages) {
    const at = offset - passage.start
    const around = statements.filter(
      (statement): statement is CodeFunction =>
        statement.kind === 'function' && statement.range.start <= at && at <= statement.range.end,
    )
    const fn = around.sort((a, b) => a.range.end - a.range.start - (b.range.end - b.range.start))[0]
    const derivation =
      fn &&
      analysis.derivations.find(
        ({ name, sources }) => name.key === fn.name.key && sources.some((source) => source.passage === key),
      )
    if (fn && derivation) return { fn, derivation, end: passage.start + passage.text.length }
  }
  return null
}

/** The parameters, where each is one number; `null` for lists, records and methods. */
function numbersOf({ parameters, signature }: CodeFunction): string[] | null {
  const names = parameters.map(({ name }) => name.plain)
  const written = signature.parameters.map(({ name }) => name)
  return signature.receiver === null && names.join() === written.join() ? names : null
}

/** Fields that code outside of their class can't name. */
const hiddenFields = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/(?:\b(?:private|protected)\s+(?:readonly\s+)?|#)([A-Za-z_$][\w$]*)/g)].map(
      (match) => match[1] as string,
    ),
  )

function codeFor(document: vscode.TextDocument, { fn, derivation }: Found): GradientCode | null {
  return gradientCode(derivation, {
    name: fn.name.plain,
    signature: fn.signature,
    hidden: hiddenFields(document.getText()),
    typed: document.languageId.startsWith('typescript'),
    exported: fn.exported,
    taken: new Set(document.getText().match(/[A-Za-z_$][\w$]*/g) ?? []),
  })
}

function actionsFor(document: vscode.TextDocument, found: Found, gradient: GradientCode): vscode.CodeAction[] {
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n'
  const write = (title: string) => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.RefactorRewrite)
    const edit = new vscode.WorkspaceEdit()
    const text = `${eol}${eol}${gradient.code.replaceAll('\n', eol)}`
    edit.insert(document.uri, document.positionAt(found.end), text)
    action.edit = edit
    return { action, edit }
  }
  const { action } = write(vscode.l10n.t('Generate Gradient Function'))
  const test = testFor(document, found, gradient)
  if (!test) return [action]
  const { action: withTest, edit } = write(vscode.l10n.t('Generate Gradient Function and Gradient Test'))
  edit.createFile(test.uri, { ignoreIfExists: true })
  edit.insert(test.uri, new vscode.Position(0, 0), test.text)
  return [action, withTest]
}

/** A new file beside the function's; only a function that is exported can be imported. */
function testFor(document: vscode.TextDocument, { fn, derivation }: Found, gradient: GradientCode) {
  const match = /^(.*\/)?([^/]+)\.([cm]?[jt]sx?)$/.exec(document.uri.path)
  const parameters = numbersOf(fn)
  if (!fn.exported || document.isUntitled || !match || !parameters) return null
  const [, folder = '/', base = '', ending = ''] = match
  const module = `./${base}`
  const text = gradientTest(derivation, gradient, {
    name: fn.name.plain,
    parameters,
    module,
    typed: ending.includes('t'),
  })
  return text === null
    ? null
    : { uri: document.uri.with({ path: `${folder}${base}.${fn.name.plain}.test.${ending}` }), text }
}
