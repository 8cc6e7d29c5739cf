// What the runners of tests share: finding test files, bundling them, running mocha on them in Node.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Programs that tests start or that find files beside themselves: they stay in node_modules. */
const external = [
  'vscode',
  'esbuild',
  'mocha',
  'playwright-core',
  'fast-check',
  'typescript',
  '@biomejs/biome',
  'mathjs',
]

/** All `*.test.ts` below a folder, as paths from the root. */
export function testFiles(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true })
    .map((file) => `${folder}/${String(file).replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
}

/**
 * Bundles each test file by itself, so that one that doesn't build takes no other with it.
 * Gives the bundles, and how many failed (esbuild has told why).
 */
export async function bundleTests(files, folder) {
  const out = join(root, '.test-build', folder)
  rmSync(out, { recursive: true, force: true })
  const built = await Promise.all(
    files.map(async (file) => {
      const outfile = join(out, file.replace(/\.ts$/, '.cjs'))
      try {
        await esbuild.build({
          absWorkingDir: root,
          entryPoints: [file],
          outfile,
          bundle: true,
          platform: 'node',
          format: 'cjs',
          target: 'node20',
          sourcemap: 'inline',
          logLevel: 'warning',
          external,
        })
        return outfile
      } catch {
        return undefined
      }
    }),
  )
  const bundles = built.filter((file) => file !== undefined)
  return { bundles, broken: built.length - bundles.length }
}

/** Runs mocha on bundled tests in a process of its own; the counts go to GRADLENS_RESULTS. Gives the exit status. */
export function runMocha(bundles, options = [], { coverage = false, timeout = 20_000 } = {}) {
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js')
  const args = ['--reporter', join(root, 'scripts/reporter.cjs'), '--timeout', String(timeout), ...options, ...bundles]
  const measured = coverage ? [join(root, 'node_modules/c8/bin/c8.js'), '--src', 'src', '--exclude', 'test'] : []
  const node = [...(coverage ? [] : ['--enable-source-maps']), ...measured]
  return spawnSync(process.execPath, [...node, ...(coverage ? [process.execPath] : []), mocha, ...args], {
    cwd: root,
    stdio: 'inherit',
  }).status
}

/** A suite whose mocha never got to write its counts has failed; so have test files that didn't build. */
export function addBroken(broken, ran) {
  const file = process.env.GRADLENS_RESULTS
  if (!file || (broken === 0 && ran)) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.broken`, JSON.stringify({ passes: 0, failures: broken + (ran ? 0 : 1), pending: 0 }))
}
