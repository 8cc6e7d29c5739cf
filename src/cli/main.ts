/** The command line door: the program itself, and each thread of its pool. */
import { isMainThread } from 'node:worker_threads'
import { providePictures } from '../platform/pictures'
import { processEnvironment } from './environment'
import { serve } from './pool'
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

if (isMainThread) main()
else serve()
