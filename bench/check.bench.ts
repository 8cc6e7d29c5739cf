/** `gradlens check` on ten thousand generated notes: files a second with one thread and with two. Needs `npm run build`. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const NOTES = 10_000
/** Names of files in one call: the command line of an operating system has an end. */
const BATCH = 2_500

const CHAINS: readonly (readonly [definitions: string, claim: string])[] = [
  [
    'z = t^2, \\quad t = x + y',
    '\\frac{\\partial z}{\\partial x} = \\frac{\\partial z}{\\partial t} \\cdot \\frac{\\partial t}{\\partial x} = 2t = 2(x + y)',
  ],
  ['y = \\sigma(u), \\quad u = w x + b', '\\frac{\\partial y}{\\partial w} = y(1 - y) x'],
  ['f = \\frac{\\sin x}{x}', "f'(x) = \\frac{x \\cos x - \\sin x}{x^2}"],
  ['E = \\frac{1}{2}(a - t)^2, \\quad a = w x', '\\frac{dE}{dw} = (a - t) x = (w x - t)'],
]

const folder = mkdtempSync(join(tmpdir(), 'gradlens-bench-'))
mkdirSync(folder, { recursive: true })
const files = Array.from({ length: NOTES }, (_, k) => {
  const [definitions, claim] = CHAINS[k % CHAINS.length] as (typeof CHAINS)[number]
  const file = join(folder, `${k}.md`)
  writeFileSync(
    file,
    `# Note ${k}\n\nA word before.\n\n$$\n${definitions}\n$$\n\nand so, at $x = ${k / 100}$,\n\n$$\n${claim}\n$$\n`,
  )
  return file
})

/** Files a second, and how many steps failed, so that both runs are seen to do the same. */
function run(jobs: number): { rate: number; wrong: number } {
  const start = performance.now()
  let wrong = 0
  for (let from = 0; from < files.length; from += BATCH) {
    const args = [
      'dist/cli.js',
      'check',
      '--quiet',
      '--jobs',
      String(jobs),
      '--format',
      'json',
      ...files.slice(from, from + BATCH),
    ]
    const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 })
    if (status !== 1) throw new Error(`gradlens check ended with ${status}: ${stderr.slice(0, 300)}`)
    wrong += stdout.split('"verdict":"fails"').length - 1
  }
  return { rate: NOTES / ((performance.now() - start) / 1000), wrong }
}

try {
  const [one, two] = [run(1), run(2)]
  if (one.wrong !== two.wrong) throw new Error(`one thread found ${one.wrong} wrong steps, two found ${two.wrong}`)
  console.log(`\ngradlens check on ${NOTES} notes, ${one.wrong} of them with a wrong step`)
  console.log(`  one thread   ${one.rate.toFixed(0)} files a second`)
  console.log(`  two threads  ${two.rate.toFixed(0)} files a second, ${(two.rate / one.rate).toFixed(2)} × as many`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
