// Desktop VS Code for the tests in the extension host, where it can be downloaded and there is a display to open it on.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.mjs'

/** How long the download may take until its first byte; a machine without the way out to it is found by that. */
const patience = 15_000

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY) || hasVirtualDisplay()
const hasVirtualDisplay = () => spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).status === 0

/** The path of desktop VS Code, or why there is none. */
export async function obtainDesktop() {
  if (process.env.GRADLENS_VSCODE === 'bundled') return { reason: 'GRADLENS_VSCODE=bundled' }
  if (!hasDisplay()) return { reason: 'no display' }
  // In a process of its own, which can be ended in the middle of a connection that leads nowhere.
  const program = `
    const { downloadAndUnzipVSCode } = require('@vscode/test-electron')
    const reporter = { report: (r) => console.log('stage ' + r.stage), error: (e) => console.error(String(e)) }
    downloadAndUnzipVSCode({ version: 'stable', cachePath: process.argv[1], timeout: 10000, reporter })
      .then((path) => console.log('path ' + path), (e) => { console.error(String(e)); process.exit(1) })`
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', program, join(root, '.vscode-test')], { cwd: root })
    let output = ''
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      resolve({ reason: 'the download does not begin' })
    }, patience)
    child.stdout.on('data', (text) => {
      output += text
      if (/^stage (downloading|foundMatchingInstall)/m.test(output)) clearTimeout(timer)
    })
    child.once('close', (code) => {
      clearTimeout(timer)
      const path = /^path (.+)$/m.exec(output)?.[1]
      resolve(code === 0 && path ? { path } : { reason: 'the download failed' })
    })
  })
}

/** Runs the tests of the extension host in it; gives the exit status. */
export function runInDesktop(path, tests, folder, env) {
  const args = [
    `--extensionDevelopmentPath=${root}`,
    `--extensionTestsPath=${tests}`,
    '--disable-extensions',
    '--disable-workspace-trust',
    '--skip-welcome',
    '--skip-release-notes',
    '--disable-gpu',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${join(root, '.vscode-test/user-data')}`,
    folder,
  ]
  const virtual = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
  const [command, ...all] = virtual ? ['xvfb-run', '-a', path, ...args] : [path, ...args]
  return new Promise((resolve) => {
    const child = spawn(command, all, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
    child.once('close', resolve)
  })
}
