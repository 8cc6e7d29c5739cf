/** What the command line touches of its surroundings, so that tests can stand in for them. */
import { decodeText, readText, writeText } from './files'

export interface Environment {
  out(text: string): void
  error(text: string): void
  /** A file, or standard input for `-`. */
  read(file: string): Promise<string>
  write(file: string, text: string): Promise<void>
  /** Whether people read the output, so that colour helps. */
  readonly colour: boolean
  /** Whether standard error is a terminal, so that progress can be shown and taken back. */
  readonly progress: boolean
}

/** The process that this runs in. */
export function processEnvironment(): Environment {
  return {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    read: (file) => (file === '-' ? standardInput() : readText(file)),
    write: writeText,
    colour: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR,
    progress: Boolean(process.stderr.isTTY),
  }
}

async function standardInput(): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array)
  return decodeText(Buffer.concat(chunks))
}
