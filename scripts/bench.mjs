// Runs the benches, bench/*.bench.ts and those named: each prints its measurements as ratios within one run. A run of all
// of them is written to bench/RESULTS.md.
//   node scripts/bench.mjs [part of a name …]
import { spawn } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
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

/** Runs one bench; what it prints is shown while it runs. */
function run(file) {
  const child = spawn(process.execPath, [join('.test-build/bench', file.replace(/\.ts$/, '.js'))], {
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    process.stdout.write(text)
    printed += text
  })
  return new Promise((resolve) => child.once('close', (status) => resolve({ file, printed: printed.trim(), status })))
}

const results = []
for (const file of chosen) results.push(await run(file))
if (results.some(({ status }) => status !== 0)) process.exitCode = 1
else if (wanted.length === 0) {
  const head = `# Results

What \`npm run bench\` printed, with Node ${process.version}. Both sides of a comparison run in turns in one process: the ratios carry over
to other machines, the times don't.
`
  const parts = results.map(
    ({ file, printed }) => `## ${file.replace('.bench.ts', '')}\n\n\`\`\`\n${printed}\n\`\`\`\n`,
  )
  writeFileSync('bench/RESULTS.md', [head, ...parts].join('\n'))
}
