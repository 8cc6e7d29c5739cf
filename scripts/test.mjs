// Everything that is checked, on a fresh machine: `npm ci && npm test`. Each suite says what it counted; the last line adds up.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './root.mjs'

/** A check has no counts of its own: it is one thing that passes or fails. */
const checks = [
  ['format', 'npm', ['run', '--silent', 'format:check']],
  ['lint', 'npm', ['run', '--silent', 'lint']],
  ['types', 'npm', ['run', '--silent', 'types']],
  ['build', 'npm', ['run', '--silent', 'build']],
]
const suites = [
  ['unit', ['scripts/unit.mjs']],
  ['package', ['scripts/packageTest.mjs']],
  ['extension host', ['scripts/vscode.mjs', 'host']],
  ['worker host', ['scripts/vscode.mjs', 'web']],
  ['window', ['scripts/vscode.mjs', 'window']],
]

const run = (command, args, env = {}) =>
  spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    shell: command === 'npm' && process.platform === 'win32',
  }).status === 0

/** What the runner of a suite has written down. One that wrote nothing, or whose end contradicts it, has failed. */
function counts(file, ended) {
  try {
    const { passes, failures } = JSON.parse(readFileSync(file, 'utf8'))
    return { passed: passes, failed: failures === 0 && !ended ? 1 : failures }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

const results = []
const folder = mkdtempSync(join(tmpdir(), 'gradlens-results-'))
try {
  for (const [name, command, args] of checks) {
    console.log(`\n— ${name}`)
    const ok = run(command, args)
    results.push({ name, passed: ok ? 1 : 0, failed: ok ? 0 : 1 })
  }
  for (const [name, args] of suites) {
    console.log(`\n— ${name}`)
    const file = join(folder, `${name.replace(' ', '-')}.json`)
    const ended = run(process.execPath, args, { GRADLENS_RESULTS: file })
    results.push({ name, ...counts(file, ended) })
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

console.log('')
for (const { name, passed, failed } of results) {
  console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(16)} ${passed} passed, ${failed} failed`)
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') > 0 ? 1 : 0
