/** The command line door: the program itself, and each thread of its pool. */
import { isMainThread, parentPort } from 'node:worker_threads'
import { providePictures } from '../platform/pictures'
import { type CheckTask, checkText } from './checkFile'
import { processEnvironment } from './environment'
import type { Answer } from './pool'
import { run } from './run'
import { reason } from './sources'

function main(): void {
  providePictures()
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads the pipe has seen enough (`| head`).
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
  // The exit status is set, not forced: output that goes into a pipe is still being written.
  run(process.argv.slice(2), processEnvironment()).then(
    (status) => {
      process.exitCode = status
    },
    (error) => {
      process.stderr.write(`gradlens: ${reason(error)}\n`)
      process.exitCode = 2
    },
  )
}

function thread(): void {
  parentPort?.on('message', (task: CheckTask) => parentPort?.postMessage(answer(task)))
}

function answer(task: CheckTask): Answer {
  try {
    return { checked: checkText(task) }
  } catch (error) {
    return { error: reason(error) }
  }
}

if (isMainThread) main()
else thread()
