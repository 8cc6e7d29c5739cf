// Gives the next version its number: package.json, package-lock.json, the heading of the changelog, a commit and a tag.
//   npm run release -- 1.0.0
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { releasedChangelog } from './changelog.mjs'
import { root } from './root.mjs'

function main([version]) {
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? '')) throw new Error('Say the version: npm run release -- 1.0.0')
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' })
  if (git('status', '--porcelain')) throw new Error('Commit everything first.')
  const file = join(root, 'CHANGELOG.md')
  writeFileSync(file, releasedChangelog(readFileSync(file, 'utf8'), version, new Date().toISOString().slice(0, 10)))
  execFileSync('npm', ['version', version, '--no-git-tag-version'], { cwd: root, shell: process.platform === 'win32' })
  git('commit', '--all', '--message', `Version ${version}`)
  git('tag', `v${version}`)
  console.log(`Version ${version}. What publishes it: git push origin main v${version}`)
}

try {
  main(process.argv.slice(2))
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
