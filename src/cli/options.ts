/** What was asked for on the command line. */
import { parseArgs } from 'node:util'

export type Command = 'graph' | 'check' | 'annotate'
/** Commands that answer other programs on standard input and output until these end. */
export type Server = 'lsp' | 'mcp'
export type Format =
  | 'text'
  | 'json'
  | 'svg'
  | 'pdf'
  | 'dot'
  | 'mermaid'
  | 'latex'
  | 'tikz'
  | 'typescript'
  | 'python'
  | 'sarif'
export const NOTE_LANGUAGES = ['markdown', 'latex', 'notebook', 'typescript', 'python'] as const
export type NoteLanguage = (typeof NOTE_LANGUAGES)[number]

export interface Options {
  readonly command: Command
  readonly files: readonly string[]
  readonly format: Format
  /** Names of further outputs. */
  readonly outputs: readonly string[]
  readonly at: Readonly<Record<string, number>>
  /** For standard input, and for files whose ending doesn't tell. */
  readonly language: NoteLanguage | null
  readonly write: boolean
  readonly force: boolean
  readonly quiet: boolean
  readonly jobs: number
  readonly shard: { readonly index: number; readonly count: number } | null
}

/** Something that a person has to write differently. */
export class UsageError extends Error {}

export const FORMATS: Readonly<Record<Command, readonly Format[]>> = {
  graph: ['text', 'json', 'svg', 'pdf', 'dot', 'mermaid', 'latex', 'tikz', 'typescript', 'python'],
  check: ['text', 'json', 'sarif'],
  annotate: ['text'],
}

const FLAGS = {
  format: { type: 'string' },
  output: { type: 'string', multiple: true },
  at: { type: 'string', multiple: true },
  language: { type: 'string' },
  write: { type: 'boolean' },
  force: { type: 'boolean' },
  quiet: { type: 'boolean' },
  jobs: { type: 'string' },
  shard: { type: 'string' },
  stdio: { type: 'boolean' },
  clientProcessId: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/** Which flags a command knows, apart from `--help` and `--language`. */
const KNOWN: Readonly<Record<Command, readonly string[]>> = {
  graph: ['format', 'output', 'at'],
  check: ['format', 'quiet', 'jobs', 'shard'],
  annotate: ['write', 'force'],
}

/** Editors add these to the command of every language server. */
const SERVER_FLAGS = ['stdio', 'clientProcessId']

const isServer = (command: string): command is Server => command === 'lsp' || command === 'mcp'

/** Reads the arguments; throws a `UsageError` that says what is wrong with them. */
export function parseOptions(args: readonly string[]): Options | Server | 'help' | 'version' {
  const { values, positionals } = parse(args)
  if (values.help) return 'help'
  if (values.version) return 'version'
  const [command, ...files] = positionals
  if (command === undefined) return 'help'
  if (isServer(command)) return serverOf(command, files, Object.keys(values))
  if (!Object.hasOwn(KNOWN, command)) throw new UsageError(`unknown command '${command}'`)
  const name = command as Command
  for (const flag of Object.keys(values)) {
    if (flag !== 'language' && !KNOWN[name].includes(flag)) throw new UsageError(`'${name}' has no option --${flag}`)
  }
  if (files.length === 0) throw new UsageError('no file given; use - for standard input')
  if (values.format === 'pdf' && files.length > 1) throw new UsageError('a PDF is made of one file at a time')
  return {
    command: name,
    files,
    format: formatOf(name, values.format),
    outputs: values.output ?? [],
    at: Object.fromEntries((values.at ?? []).flatMap(valuesOf)),
    language: languageOf(values.language),
    write: values.write ?? false,
    force: values.force ?? false,
    quiet: values.quiet ?? false,
    jobs: jobsOf(values.jobs),
    shard: shardOf(values.shard),
  }
}

function serverOf(command: Server, files: readonly string[], flags: readonly string[]): Server {
  const strange = flags.find((flag) => !SERVER_FLAGS.includes(flag))
  if (strange) throw new UsageError(`'${command}' has no option --${strange}`)
  if (files.length > 0) throw new UsageError(`'${command}' takes no files: programs send it their texts`)
  return command
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error))
  }
}

function formatOf(command: Command, format = 'text'): Format {
  const known = FORMATS[command].find((each) => each === format)
  if (!known) throw new UsageError(`'${command}' has no format '${format}'; it has ${FORMATS[command].join(', ')}`)
  return known
}

/** `x=1,y=2` */
function valuesOf(text: string): [name: string, value: number][] {
  return text.split(',').map((part) => {
    const [name, number, ...rest] = part.split('=').map((side) => side.trim())
    const value = Number(number)
    if (!name || !number || rest.length > 0 || Number.isNaN(value))
      throw new UsageError(`--at wants x=1,y=2, not '${text}'`)
    return [name, value]
  })
}

function languageOf(text: string | undefined): NoteLanguage | null {
  if (text === undefined) return null
  // One reader knows both.
  const known = text === 'javascript' ? 'typescript' : NOTE_LANGUAGES.find((each) => each === text)
  if (known) return known
  throw new UsageError(`--language is one of ${NOTE_LANGUAGES.join(', ')}, not '${text}'`)
}

/** 0: as many as there are cores. */
function jobsOf(text: string | undefined): number {
  if (text === undefined) return 0
  const jobs = Number(text)
  if (!Number.isInteger(jobs) || jobs < 1) throw new UsageError(`--jobs wants a number from 1 on, not '${text}'`)
  return jobs
}

function shardOf(text: string | undefined): Options['shard'] {
  if (text === undefined) return null
  const [index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number)
  if (!index || !count || index > count) throw new UsageError(`--shard wants 2/8, not '${text}'`)
  return { index, count }
}
