// Runs the benches, bench/*.bench.ts and those named: each prints its measurements as ratios within one run.
//   node scripts/bench.mjs [part of a name …]
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const wanted = process.argv.slice(2)
const files = readdirSync('bench').filter((file) => file.endsWith('.bench.ts'))
const chosen = files.filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
await build({
  entryPoints: chosen.map((file) => join('bench', file)),
  outdir: '.test-build/bench',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  packages: 'external',
  logLevel: 'error',
})
let failed = false
for (const file of chosen) {
  const { status } = spawnSync(process.execPath, [join('.test-build/bench', file.replace(/\.ts$/, '.js'))], {
    stdio: 'inherit',
  })
  failed ||= status !== 0
}
process.exitCode = failed ? 1 : 0
