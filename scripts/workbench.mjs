// The bundled workbench: the same workbench and extension host as desktop VS Code's, served to a browser. It comes from
// npm as `code-server`, into the cache folder .vscode-test/, and brings a Node of its own.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './root.mjs'

const version = '4.139.1'
/** The one that this version of the workbench asks for. */
const nodeVersion = '24'

const home = join(root, '.vscode-test', `workbench-${version}`)
const server = join(home, 'node_modules/code-server/lib/vscode')
const done = join(home, 'installed')

const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const nodeBinary = join(home, 'node_modules', nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

function npm(args, cwd) {
  // Scripts would compile native modules (terminal, file watching), which neither tests nor a look around need.
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
  const { status } = spawnSync('npm', ['install', ...flags, ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`The bundled workbench could not be installed: npm ended with ${status} in ${cwd}`)
}

/** Puts the workbench into the cache, unless it is there already. */
export function installWorkbench() {
  if (existsSync(done)) return
  console.log(`Installing the bundled workbench (code-server ${version}) into .vscode-test/ …`)
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n')
  npm([`${nodePackage}@${nodeVersion}`, `code-server@${version}`], home)
  npm(['--omit=dev'], server)
  writeFileSync(done, '')
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/** What keeps the window quiet. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'window.restoreWindows': 'none',
}

/**
 * Starts a workbench with a user folder of its own. `stop` ends it with all that it has started and removes the folder.
 * `origin` is where a browser finds it; `authority` is its place in addresses of files, `vscode-remote://AUTHORITY/path`.
 */
export async function startWorkbench({ settings = {}, env = {}, log = 'ignore' } = {}) {
  installWorkbench()
  const port = await freePort()
  const data = mkdtempSync(join(tmpdir(), 'gradlens-workbench-'))
  const settingsFile = join(data, 'user/User/settings.json')
  mkdirSync(join(data, 'user/User'), { recursive: true })
  writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, ...settings }))
  const args = [
    join(server, 'out/server-main.js'),
    '--host=127.0.0.1',
    `--port=${port}`,
    '--without-connection-token',
    '--accept-server-license-terms',
    // Without it the addresses' `payload` is ignored, and with it the extension under development.
    '--enable-smoke-test-driver',
    '--telemetry-level=off',
    '--disable-workspace-trust',
    `--server-data-dir=${data}`,
    `--user-data-dir=${join(data, 'user')}`,
    `--extensions-dir=${join(data, 'extensions')}`,
  ]
  const child = spawn(nodeBinary, args, {
    stdio: ['ignore', log, log],
    env: { ...process.env, ...env },
    // A group of its own, so that its extension hosts can be ended with it.
    detached: process.platform !== 'win32',
  })
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  const kill = (signal) => {
    try {
      if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'])
      else process.kill(-child.pid, signal)
    } catch {
      // It has ended already.
    }
  }
  const remove = () => rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  // Whatever ends this program, nothing of it stays behind.
  const leave = () => {
    kill('SIGKILL')
    remove()
  }
  process.once('exit', leave)
  const stop = async () => {
    process.off('exit', leave)
    kill('SIGTERM')
    for (let i = 0; i < 20 && !ended; i++) await new Promise((resolve) => setTimeout(resolve, 100))
    kill('SIGKILL')
    remove()
  }
  const origin = `http://127.0.0.1:${port}`
  for (let i = 0; i < 240; i++) {
    if (ended) break
    const answer = await fetch(origin).catch(() => undefined)
    if (answer?.ok) return { origin, authority: `127.0.0.1:${port}`, settingsFile, stop }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  await stop()
  throw new Error('The bundled workbench did not start')
}

/**
 * Makes Ctrl+C, a closed terminal and a polite kill an ordinary end, at which all that was started is ended too.
 * `status` is what the program ends with: a check that was interrupted has failed, a window that was closed has not.
 */
export function endOnSignals(status) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(status))
}
