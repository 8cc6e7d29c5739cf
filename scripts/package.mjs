// Makes gradlens.vsix: the same bytes for the same commit, whenever and wherever it is made.
import { spawnSync } from 'node:child_process'
import { root } from './root.mjs'

/** When the commit was made, in seconds: the time that the files of the archive get. */
function commitTime() {
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : '315532800'
}

const options = '--no-dependencies --no-rewrite-relative-links --allow-missing-repository --out gradlens.vsix'.split(
  ' ',
)
const { status } = spawnSync('npx', ['--no-install', 'vsce', 'package', ...options], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, SOURCE_DATE_EPOCH: process.env.SOURCE_DATE_EPOCH ?? commitTime() },
})
process.exitCode = status ?? 1
