/** The command line door: the program itself, and each thread of its pool. */
import { isMainThread } from 'node:worker_threads'
import { providePictures } from '../platform/pictures'
import { processEnvironment } from './environment'
import { serve } from './pool'
import { run } from './run'
import { reason } from './sources'

function main(): void {
  providePictures()
  process.stdout.on('error', (error) => {
    process.stderr.write(`gradlens: standard output: ${reason(error)}\n`)
    process.exit(2)
  })
  // Nobody is there to be told.
  process.stderr.on('error', () => process.exit(2))
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
