// Makes the package and runs the tests of its content, test/package/*.test.ts.
import { spawnSync } from 'node:child_process'
import { root } from './root.mjs'
import { addBroken, bundleTests, runMocha, testFiles } from './tests.mjs'

const made = spawnSync('npm', ['run', '--silent', 'package'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
})
const { bundles, broken } = await bundleTests(testFiles('test/package'), 'package')
const status = made.status === 0 ? await runMocha(bundles) : 1
addBroken(broken)
process.exitCode = broken > 0 ? 1 : status
