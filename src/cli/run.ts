/** One call of the command line: arguments in, exit status out. */
import { platform } from '#platform'
import { version } from '../../package.json'
import { annotate } from './annotate'
import { check } from './check'
import type { Environment } from './environment'
import { graph } from './graph'
import { HELP } from './help'
import { type Options, parseOptions, type Server, UsageError } from './options'

const COMMANDS = { graph, check, annotate }

/** Exit status: 0 nothing wrong, 1 a step fails (`check`), 2 the command itself failed. */
export async function run(args: readonly string[], environment: Environment): Promise<number> {
  const options = optionsOf(args, environment)
  if (options === null) return 2
  if (options === 'help') return say(HELP, environment)
  if (options === 'version') return say(`${version}\n`, environment)
  if (options === 'lsp' || options === 'mcp') return answer(options)
  return COMMANDS[options.command](options, environment)
}

/** Answers other programs until they end; what that needs is a bundle beside this one. */
async function answer(server: Server): Promise<number> {
  const { serve } = (await platform.loadBundle(`${server}.js`)) as { serve(): Promise<void> }
  await serve()
  return 0
}

function say(text: string, environment: Environment): number {
  environment.out(text)
  return 0
}

function optionsOf(args: readonly string[], environment: Environment): Options | Server | 'help' | 'version' | null {
  try {
    return parseOptions(args)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    environment.error(`gradlens: ${error.message}\nTry 'gradlens --help'.\n`)
    return null
  }
}
