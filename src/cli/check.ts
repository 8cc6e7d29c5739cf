/** `gradlens check`: judges what is claimed in each file. Many files go to as many threads as there are cores. */
import { availableParallelism } from 'node:os'
import type { Result } from 'sarif'
import type { Verdict } from '../derivation'
import type { Checked } from './checkFile'
import type { Environment } from './environment'
import type { Options } from './options'
import { noPool, openPool, type Pool } from './pool'
import { sarifLog } from './sarif'
import { languageOf, reason } from './sources'
import { harmless } from './terminal'

/** Fewer files than this are checked sooner than a second thread has started. */
const FEW = 16
/** How many files are read ahead of what has been printed, for each thread: memory stays bounded however many there are. */
const AHEAD = 8

/** Gives the exit status. */
export async function check(options: Options, environment: Environment): Promise<number> {
  const files = shardOf(options)
  // More threads than cores only take memory.
  const cores = availableParallelism()
  const jobs = options.jobs > 0 ? Math.min(options.jobs, cores) : files.length < FEW ? 1 : cores
  const pool = jobs > 1 ? openPool(jobs) : noPool
  const tally = new Tally(files.length, environment, options)
  try {
    // Each file is started in order and printed in order; between the two it takes as long as it takes.
    const running: Promise<Checked | Error>[] = []
    for (const [i, file] of files.entries()) {
      running.push(checkOne(file, options, environment, pool))
      if (running.length >= jobs * AHEAD) tally.add(files[i - running.length + 1] ?? file, await running.shift())
    }
    for (const [i, result] of running.entries()) tally.add(files[files.length - running.length + i] ?? '', await result)
  } finally {
    pool.close()
  }
  return tally.end()
}

/** Every `count`th file, so that large files spread evenly. */
function shardOf({ files, shard }: Options): readonly string[] {
  return shard ? files.filter((_, i) => i % shard.count === shard.index - 1) : files
}

async function checkOne(
  file: string,
  options: Options,
  environment: Environment,
  pool: Pool,
): Promise<Checked | Error> {
  try {
    const text = await environment.read(file)
    const { format } = options
    return await pool.check({
      file,
      text,
      language: languageOf(file, options.language),
      format,
      colour: environment.colour,
    })
  } catch (error) {
    return new Error(reason(error))
  }
}

/** Prints results as they come and counts them. */
class Tally {
  readonly #results: Result[] = []
  readonly #verdicts: Record<Verdict, number> = { holds: 0, fails: 0, unknown: 0 }
  #done = 0
  #failed = 0
  #wrong = false

  constructor(
    private readonly total: number,
    private readonly environment: Environment,
    private readonly options: Options,
  ) {}

  add(file: string, result: Checked | Error | undefined): void {
    this.#done++
    this.#progress()
    if (!result || result instanceof Error) {
      this.#failed++
      this.environment.error(`${this.#clear()}${harmless(`gradlens: ${file}: ${result?.message ?? 'no result'}`)}\n`)
      return
    }
    this.#wrong ||= result.wrong
    for (const verdict of ['holds', 'fails', 'unknown'] as const) this.#verdicts[verdict] += result.verdicts[verdict]
    this.#results.push(...result.results)
    if (result.output) this.environment.out(result.output)
  }

  /** Prints what comes last and gives the exit status. */
  end(): number {
    const { format, quiet } = this.options
    if (this.environment.progress && !quiet) this.environment.error(this.#clear())
    if (format === 'sarif')
      this.environment.out(`${JSON.stringify(sarifLog(this.#results, this.#failed === 0), null, 2)}\n`)
    if (format === 'text' && !quiet) {
      const { holds, fails, unknown } = this.#verdicts
      const files = `${this.#done} ${this.#done === 1 ? 'file' : 'files'}`
      this.environment.error(`${files}: ${holds} steps hold, ${fails} fail, ${unknown} unknown\n`)
    }
    if (this.#failed > 0) return 2
    return this.#wrong ? 1 : 0
  }

  #progress(): void {
    if (this.environment.progress && !this.options.quiet && this.total > FEW) {
      this.environment.error(`\r${this.#done}/${this.total}`)
    }
  }

  #clear(): string {
    return this.environment.progress ? '\r\u001b[K' : ''
  }
}
