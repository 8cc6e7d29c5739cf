// Runs the tests inside a real VS Code.
//   node scripts/vscode.mjs [host] [web] [window] [--grep=TEXT]     without a name: all three
// host    mocha in the extension host: desktop VS Code where it can be had, else the bundled workbench
// web     a smoke test in the worker host of the browser
// window  mocha here, which clicks in the real window through Chromium
// GRADLENS_VSCODE=bundled leaves the desktop out. CHROMIUM names the browser. The project must be built.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as esbuild from 'esbuild'
import { chromium } from 'playwright-core'
import { remoteFile, windowAddress } from './address.mjs'
import { chromiumArgs, obtainChromium } from './chromium.mjs'
import { obtainDesktop, runInDesktop } from './desktop.mjs'
import { root } from './root.mjs'
import { addBroken, bundleHostTests, bundleTests, runMocha, testFiles } from './tests.mjs'
import { endOnSignals, quietSettings, startWorkbench } from './workbench.mjs'

const args = process.argv.slice(2)
const options = args.filter((arg) => arg.startsWith('--'))
const grep = options.find((option) => option.startsWith('--grep='))?.slice('--grep='.length)
const names = args.filter((arg) => !arg.startsWith('--'))
/** A window that says nothing for so long has hung. */
const patience = 300_000

/** A copy of the notes that tests open, so that none of them writes into the tree. */
function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'gradlens-notes-'))
  cpSync(join(root, 'test/vscode/notes'), folder, { recursive: true })
  return folder
}

/** Opens a window whose extension host runs the tests, and waits for them. Gives the exit status. */
async function runInBundled(tests, folder, { settings, env } = {}) {
  const workbench = await startWorkbench({ settings, env })
  const browser = await chromium.launch({ executablePath: obtainChromium(), args: chromiumArgs })
  try {
    const page = await browser.newPage()
    const exit = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve))
    await page.exposeFunction('codeAutomationLog', (type, logArgs) => {
      const line = logArgs.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ')
      const counts = /^gradlens-results (.+)$/.exec(line)?.[1]
      if (counts && process.env.GRADLENS_RESULTS) writeFileSync(process.env.GRADLENS_RESULTS, counts)
      else if (line.startsWith('gradlens ')) console.log(line.slice('gradlens '.length))
      else if (process.env.GRADLENS_VERBOSE) console.log(`${type}: ${line}`)
    })
    const entry = ['extensionTestsPath', remoteFile(workbench.authority, tests)]
    await page.goto(windowAddress(workbench, root, folder, [entry]), { timeout: 110_000 })
    const hung = new Promise((resolve) => setTimeout(resolve, patience, 'hung').unref())
    const code = await Promise.race([exit, hung])
    if (code === 'hung') console.error('The window did not end its tests')
    return code === 0 ? 0 : 1
  } finally {
    await browser.close()
    await workbench.stop()
  }
}

async function host() {
  const { bundles, broken } = await bundleHostTests(testFiles('test/vscode/host'), 'host')
  const index = join(root, '.test-build/host/index.js')
  await esbuild.build({
    entryPoints: [join(root, 'test/vscode/host/index.ts')],
    outfile: index,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  })
  const folder = makeFolder()
  const results = process.env.GRADLENS_RESULTS
  const env = { GRADLENS_TESTS: JSON.stringify(bundles), ...(grep && { GRADLENS_GREP: grep }) }
  try {
    const desktop = await obtainDesktop()
    console.log(desktop.path ? 'In desktop VS Code' : `In the bundled workbench (desktop VS Code: ${desktop.reason})`)
    const status = desktop.path
      ? await runInDesktop(desktop.path, index, folder, { ...env, ...(results && { GRADLENS_RESULTS: results }) })
      : await runInBundled(index, folder, { env })
    addBroken(broken)
    return status === 0 && broken === 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function web() {
  const index = join(root, '.test-build/web/index.js')
  // One bundle, no Node: `require` knows only `vscode` there.
  await esbuild.build({
    entryPoints: [join(root, 'test/vscode/web/index.ts')],
    outfile: index,
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  })
  const folder = makeFolder()
  try {
    const { publisher, name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    // An extension with both entries runs in Node unless the user says otherwise.
    return await runInBundled(index, folder, {
      settings: { 'remote.extensionKind': { [`${publisher}.${name}`]: ['web'] } },
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function window() {
  const { bundles, broken } = await bundleTests(testFiles('test/vscode/window'), 'window')
  const browser = await chromium.launchServer({ executablePath: obtainChromium(), args: chromiumArgs })
  const workbench = await startWorkbench()
  try {
    mkdirSync(join(root, '.shots'), { recursive: true })
    const { origin, authority, settingsFile } = workbench
    const found = JSON.stringify({
      origin,
      authority,
      settingsFile,
      settings: quietSettings,
      browser: browser.wsEndpoint(),
    })
    const status = await runMocha(bundles, ['--exit', ...options], {
      timeout: 120_000,
      env: { GRADLENS_WORKBENCH: found },
    })
    addBroken(broken)
    return status === 0 && broken === 0 ? 0 : 1
  } finally {
    await browser.close()
    await workbench.stop()
  }
}

endOnSignals(1)
const suites = { host, web, window }
for (const name of names.length > 0 ? names : Object.keys(suites)) {
  console.log(`\n${name}`)
  if ((await suites[name]()) !== 0) process.exitCode = 1
}
