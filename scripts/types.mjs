// Checks the types of every zone, each with the globals that it may use and no others.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

const zones = ['src', 'src/features', 'src/panel', 'src/standalone', 'src/cli', 'src/platform', 'test']
const tsc = join(root, 'node_modules/typescript/bin/tsc')

const check = (zone) =>
  new Promise((done) => {
    let output = ''
    const child = spawn(process.execPath, [tsc, '-p', zone, '--pretty', 'false'], { cwd: root })
    child.stdout.on('data', (text) => (output += text))
    child.stderr.on('data', (text) => (output += text))
    child.on('close', (code) => done({ zone, code, output: output.trim() }))
  })

/** A zone that has no file yet is no error. */
const isEmpty = (zone) =>
  !existsSync(join(root, zone, 'tsconfig.json')) ||
  !readdirSync(join(root, zone), { recursive: true }).some((file) => /\.tsx?$/.test(String(file)))

const results = []
for (const zone of zones.filter((zone) => !isEmpty(zone))) results.push(await check(zone))

const told = new Set()
for (const { zone, code, output } of results) {
  // A file of the core is read by several zones; its faults are told once.
  const lines = output.split('\n').filter((line) => line && !told.has(line))
  for (const line of lines) {
    told.add(line)
    console.log(line)
  }
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${zone}`)
}
process.exitCode = results.some(({ code }) => code !== 0) ? 1 : 0
