/** The tools that the assistants of the editor may call: those of `report/tools.ts`, which say the same to other programs. */
import * as vscode from 'vscode'
import { QuestionError } from '../report/answers'
import { TOOLS, type Tool } from '../report/tools'
import type { Services } from './services'

/** Registers the tools where the editor has assistants. */
export function registerAssistant({ log }: Services): vscode.Disposable {
  return vscode.Disposable.from(...TOOLS.map((tool) => vscode.lm.registerTool(tool.name, served(tool, log))))
}

function served(tool: Tool, log: Services['log']): vscode.LanguageModelTool<object> {
  return {
    prepareInvocation: () => ({ invocationMessage: vscode.l10n.t('Asking GradLens') }),
    invoke({ input }) {
      try {
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(tool.answer(input))])
      } catch (error) {
        // What to do differently is for the assistant; anything else is ours.
        if (!(error instanceof QuestionError)) log.failed(tool.name, error)
        throw error
      }
    },
  }
}
