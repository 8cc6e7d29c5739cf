/** Entry for VS Code, on the desktop, remote and in the browser: registers the features, and gives other extensions the core. */
import * as vscode from 'vscode'
import { registerAnnotate } from './features/annotate'
import { registerAssistant } from './features/assistant'
import { registerBeside } from './features/beside'
import { registerCodeActions } from './features/codeActions'
import { registerDiagnostics } from './features/diagnostics'
import { openDocuments } from './features/documents'
import { registerGenerate } from './features/generate'
import { registerGraphPanel } from './features/graphPanel'
import { registerHover } from './features/hover'
import { GRADLENS, type GradLens } from './features/interface'
import { openLog } from './features/log'
import { registerMarks } from './features/marks'
import { registerMeaning } from './features/meaning'
import { previewPlugin } from './features/preview'
import { registerProgram } from './features/program'
import { registerSample } from './features/sample'
import type { Services } from './features/services'
import { registerStatusBar } from './features/statusBar'
import { openTrials } from './features/trials'
import { registerTried } from './features/tried'
import { providePictures } from './platform/pictures'

export function activate(
  context: vscode.ExtensionContext,
): GradLens & { extendMarkdownIt: ReturnType<typeof previewPlugin> } {
  const log = openLog()
  const documents = openDocuments(log)
  const trials = openTrials(documents)
  const services: Services = { context, documents, log, trials }
  providePictures((name) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', name)))
  context.subscriptions.push(
    log,
    documents,
    trials,
    registerHover(services),
    registerGraphPanel(services),
    registerAnnotate(services),
    registerMeaning(services),
    registerDiagnostics(services),
    registerCodeActions(services),
    registerGenerate(services),
    registerProgram(services),
    registerMarks(services),
    registerBeside(services),
    registerStatusBar(services),
    registerAssistant(services),
    registerSample(services),
    registerTried(),
  )
  return { ...GRADLENS, extendMarkdownIt: previewPlugin(services) }
}
