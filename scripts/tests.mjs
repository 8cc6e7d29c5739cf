// What the runners of tests share: finding test files, bundling them, running mocha on them in Node.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as esbuild from 'esbuild'
import { root } from './root.mjs'

export { root }

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

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
  external,
}
/** What CommonJS has and ES modules lack: some libraries look for it. */
const commonjs = [
  "import { createRequire as __requireFrom } from 'node:module'",
  "import { dirname as __folderOf } from 'node:path'",
  "import { fileURLToPath as __pathOf } from 'node:url'",
  'const require = __requireFrom(import.meta.url)',
  'const __filename = __pathOf(import.meta.url)',
  'const __dirname = __folderOf(__filename)',
].join(';')

/**
 * Bundles test files for Node, what they share once: loading the core for each file alone takes most of the time of a run.
 * A file that doesn't build takes no other with it: then each is bundled by itself. Gives the bundles, and how many failed
 * (esbuild has told why).
 */
export async function bundleTests(files, folder) {
  const outdir = join(root, '.test-build', folder)
  rmSync(outdir, { recursive: true, force: true })
  const bundle = (entryPoints) =>
    esbuild.build({
      ...options,
      entryPoints,
      outdir,
      outbase: root,
      format: 'esm',
      splitting: entryPoints.length > 1,
      outExtension: { '.js': '.mjs' },
      banner: { js: commonjs },
    })
  const outfile = (file) => join(outdir, file.replace(/\.ts$/, '.mjs'))
  try {
    if (files.length > 0) await bundle(files)
    return { bundles: files.map(outfile), broken: 0 }
  } catch {
    const built = await Promise.allSettled(files.map((file) => bundle([file])))
    const bundles = files.filter((_, k) => built[k].status === 'fulfilled').map(outfile)
    return { bundles, broken: files.length - bundles.length }
  }
}

/** Bundles each test file by itself, for VS Code's extension host, which loads CommonJS alone. */
export async function bundleHostTests(files, folder) {
  const out = join(root, '.test-build', folder)
  rmSync(out, { recursive: true, force: true })
  const outfile = (file) => join(out, file.replace(/\.ts$/, '.cjs'))
  const built = await Promise.allSettled(
    files.map((file) =>
      esbuild.build({ ...options, entryPoints: [file], outfile: outfile(file), format: 'cjs', sourcemap: 'inline' }),
    ),
  )
  const bundles = files.filter((_, k) => built[k].status === 'fulfilled').map(outfile)
  return { bundles, broken: files.length - bundles.length }
}

/**
 * Writes the one file that mocha loads. A test file that throws while it is loaded becomes a failing test there, where
 * mocha by itself would end without running any other.
 */
function makeIndex(bundles) {
  const index = join(root, '.test-build', `index-${process.pid}-${indices++}.mjs`)
  const load = (file) => {
    const name = JSON.stringify(relative(root, file))
    const address = JSON.stringify(pathToFileURL(file).href)
    return `try { await import(${address}) } catch (error) { it(${name} + ' loads', () => { throw error }) }`
  }
  writeFileSync(index, bundles.map(load).join('\n'))
  return index
}
let indices = 0

/** Runs mocha on bundled tests in a process of its own; the counts go to GRADLENS_RESULTS. Gives the exit status. */
export function runMocha(bundles, options = [], { coverage = false, timeout = 20_000, env = {} } = {}) {
  const measure = coverage ? [join(root, 'node_modules/c8/bin/c8.js'), '--exclude-after-remap', '--include=src'] : []
  const mocha = [
    '--enable-source-maps',
    join(root, 'node_modules/mocha/bin/mocha.js'),
    `--reporter=${join(root, 'scripts/reporter.cjs')}`,
    `--timeout=${timeout}`,
  ]
  const index = makeIndex(bundles)
  const args = [...measure, ...(coverage ? [process.execPath] : []), ...mocha, ...options, index]
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  return new Promise((resolve) =>
    child.once('close', (code) => {
      rmSync(index, { force: true })
      resolve(code ?? 1)
    }),
  )
}

/**
 * Runs mocha in two processes beside each other, every second bundle in the one: the same on every machine, so that what a
 * file leaves behind for the next doesn't depend on chance. Adds up the counts. Gives the exit status.
 */
export async function runMochaTwice(bundles, options) {
  const results = process.env.GRADLENS_RESULTS
  const halves = [0, 1].map((half) => bundles.filter((_, k) => k % 2 === half)).filter((half) => half.length > 0)
  const own = halves.map((_, k) => join(root, '.test-build', `results-${process.pid}-${k}.json`))
  const statuses = await Promise.all(
    halves.map((half, k) => runMocha(half, options, { env: { GRADLENS_RESULTS: own[k] } })),
  )
  const counts = own.map((file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null))
  for (const file of own) rmSync(file, { force: true })
  // A process that wrote no counts has failed as a whole.
  const sum = (key) =>
    counts.reduce((total, each) => total + (each ? each[key] : 0), key === 'failures' && counts.includes(null) ? 1 : 0)
  if (results)
    writeFileSync(
      results,
      JSON.stringify({ passes: sum('passes'), failures: sum('failures'), pending: sum('pending') }),
    )
  return statuses.find((status) => status !== 0) ?? 0
}

/** Counts test files that did not build as failures, beside the counts of those that ran. */
export function addBroken(broken) {
  const file = process.env.GRADLENS_RESULTS
  if (!file || broken === 0) return
  const ran = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passes: 0, failures: 0, pending: 0 }
  writeFileSync(file, JSON.stringify({ ...ran, failures: ran.failures + broken }))
}
