// Builds what the extension, the panel and the command line consist of into dist/.
//   node scripts/build.mjs [--production] [--watch]
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as esbuild from 'esbuild'
import { bundledPackages, noticesOf } from './notices.mjs'
import { root } from './root.mjs'

const kilobyte = 1024
const common = {
  absWorkingDir: root,
  bundle: true,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
}
/** Everything that runs in Node is CommonJS: the extension host of VS Code loads nothing else. */
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20' }
/** The worker host of the browser has no Node modules: an import of one fails the build. */
const web = { ...common, platform: 'browser', format: 'cjs', mainFields: ['browser', 'module', 'main'] }
/** Bundles for either host: no Node modules, CommonJS for both. */
const both = web

/**
 * Each bundle with the size in kilobytes that it must stay under when minified. The core alone is some 650: reading of
 * formulas and of code in two languages with what NumPy does to arrays, the table of operations, judging.
 */
export const bundles = [
  // The core with the study of the panel: steps, inputs, quiz, and the readers of two kinds of documents.
  { entry: 'src/extension.ts', file: 'dist/extension.js', limit: 1160, options: { ...node, external: ['vscode'] } },
  { entry: 'src/extension.ts', file: 'dist/extension.web.js', limit: 1160, options: { ...web, external: ['vscode'] } },
  {
    entry: 'src/panel/main.ts',
    file: 'dist/panel.js',
    limit: 400,
    options: { ...web, format: 'iife', loader: { '.ttf': 'file', '.svg': 'text' }, assetNames: '[name]' },
  },
  // The core for a page of its own, without the panel's script, which is the same.
  {
    entry: 'src/standalone/main.ts',
    file: 'dist/standalone.js',
    limit: 1070,
    options: { ...web, format: 'iife' },
  },
  {
    entry: 'src/cli/main.ts',
    file: 'dist/cli.js',
    limit: 1110,
    options: { ...node, banner: { js: '#!/usr/bin/env node' } },
  },
  // Servers for other programs, loaded when asked for.
  { entry: 'src/cli/servers/lsp.ts', file: 'dist/lsp.js', limit: 1200, options: node },
  { entry: 'src/cli/servers/mcp.ts', file: 'dist/mcp.js', limit: 1300, options: node },
  {
    entry: 'src/package.ts',
    file: 'dist/index.mjs',
    limit: 1000,
    options: { ...web, format: 'esm', mainFields: ['browser', 'module', 'main'] },
  },
  // The two heavy ones are loaded on first use, by Node and (src/platform/web.ts) by the worker host alike.
  { entry: 'src/platform/mathjaxBundle.ts', file: 'dist/mathjax.js', limit: 2600, options: both },
  { entry: 'src/platform/graphvizBundle.ts', file: 'dist/graphviz.js', limit: 1200, options: both },
]

function optionsOf({ entry, file, options }, production) {
  return {
    ...options,
    entryPoints: [entry],
    outfile: file,
    minify: production,
    // Maps are for debugging (F5); they never go into the package.
    sourcemap: production ? false : 'linked',
    define: {
      'process.env.NODE_ENV': production ? '"production"' : '"development"',
      ...(options.platform === 'browser' && { global: 'globalThis' }),
    },
  }
}

/** Limits are for what is delivered; without minification a bundle is about twice as large. */
function tooLarge({ file, limit }, metafile, production) {
  const size = metafile.outputs[file].bytes / kilobyte
  console.log(`${file.padEnd(24)} ${size.toFixed(0).padStart(6)} kB${production ? ` of ${limit}` : ''}`)
  return production && size > limit
}

/** The types of the npm package: those of the report as they stand, and the entry's two exports. */
function writeTypes() {
  const contract = readFileSync(join(root, 'src/report/contract.ts'), 'utf8')
  writeFileSync(
    join(root, 'dist/index.d.mts'),
    `${contract}\n${readFileSync(join(root, 'src/package.types.txt'), 'utf8')}`,
  )
}

async function build({ production = false, watch = false } = {}) {
  if (!watch) rmSync(join(root, 'dist'), { recursive: true, force: true })
  mkdirSync(join(root, 'dist'), { recursive: true })
  let failed = false
  const inputs = new Set()
  for (const bundle of bundles) {
    if (watch) {
      const context = await esbuild.context({ ...optionsOf(bundle, production), logLevel: 'info' })
      await context.watch()
      continue
    }
    try {
      const { metafile } = await esbuild.build(optionsOf(bundle, production))
      for (const { inputs: parts } of Object.values(metafile.outputs)) {
        for (const [input, { bytesInOutput }] of Object.entries(parts)) if (bytesInOutput > 0) inputs.add(input)
      }
      if (tooLarge(bundle, metafile, production)) {
        console.error(`${bundle.file} is larger than its limit`)
        failed = true
      }
    } catch {
      // esbuild has told what is wrong.
      failed = true
    }
  }
  writeTypes()
  if (!watch) writeFileSync(join(root, 'dist/THIRD_PARTY_NOTICES.txt'), noticesOf(bundledPackages(inputs, root)))
  if (!watch && existsSync(join(root, 'dist/cli.js'))) chmodSync(join(root, 'dist/cli.js'), 0o755)
  return !failed
}

if (!(await build({ production: process.argv.includes('--production'), watch: process.argv.includes('--watch') }))) {
  process.exitCode = 1
}
// What the task of .vscode/tasks.json waits for.
if (process.argv.includes('--watch')) console.log('watching')
