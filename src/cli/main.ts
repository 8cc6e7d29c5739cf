/** The command line door. */
import { providePictures } from '../platform/pictures'
import { processEnvironment } from './environment'
import { run } from './run'

providePictures()

// The exit status is set, not forced: output that goes into a pipe is still being written.
run(process.argv.slice(2), processEnvironment()).then(
  (status) => {
    process.exitCode = status
  },
  (error) => {
    process.stderr.write(`gradlens: ${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 2
  },
)
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads the pipe has seen enough (`| head`).
  if (error.code === 'EPIPE') process.exit()
  throw error
})
