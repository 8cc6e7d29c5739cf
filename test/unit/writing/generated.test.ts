import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import vm from 'node:vm'
import { transformSync } from 'esbuild'
import { analyzeTypeScript } from '../../../src/analysis'
import type { CodeFunction } from '../../../src/reading/statement'
import { gradientCode } from '../../../src/writing/typescript'
import { type Row, SCALARS, SHAPES } from './generated'

/** The code with the gradient of `f` behind it. */
function generated([code]: Row): { text: string; name: string } {
  const analysis = analyzeTypeScript(code)
  const fn = analysis.passages
    .flatMap(({ statements }) => statements)
    .find((statement): statement is CodeFunction => statement.kind === 'function' && statement.name.key === 'f')
  const derivation = analysis.derivations.find(({ name }) => name.key === 'f')
  assert.ok(fn && derivation, 'read')
  const taken = new Set(code.match(/[A-Za-z_$][\w$]*/g) ?? [])
  const gradient = gradientCode(derivation, { name: 'f', signature: fn.signature, typed: true, exported: true, taken })
  assert.ok(gradient, 'generated')
  return { text: `${code}\n${gradient.code}\n`, name: gradient.name }
}

type Nested = number | Nested[] | { [key: string]: Nested }

type Exports = Record<string, (...args: unknown[]) => unknown>

/** Compares what a gradient says with finite differences, number by number; what it leaves out has to be 0. */
function compare(given: Nested | undefined, argument: Nested, set: (value: Nested) => void, run: () => number): void {
  if (typeof argument !== 'number') {
    const parts = argument as Record<string, Nested>
    for (const [key, part] of Object.entries(parts))
      compare(
        (given as Record<string, Nested> | undefined)?.[key],
        part,
        (value) => Object.assign(parts, { [key]: value }),
        run,
      )
    return
  }
  const [right, left] = [1e-6, -1e-6].map((step) => {
    set(argument + step)
    return run()
  })
  set(argument)
  const slope = ((right ?? Number.NaN) - (left ?? Number.NaN)) / 2e-6
  assert.ok(
    Math.abs((given === undefined ? 0 : Number(given)) - slope) < 1e-5 * Math.max(1, Math.abs(slope)),
    `${given}, not ${slope}`,
  )
}

/** What the compiler says of the texts, each a file. */
function complaints(texts: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'gradlens-generated-'))
  try {
    const files = texts.map((_text, k) => join(folder, `f${k}.ts`))
    texts.forEach((text, k) => writeFileSync(files[k] as string, text))
    const options = ['--ignoreConfig', '--noEmit', '--strict', '--target', 'es2022', '--types', '', '--pretty', 'false']
    const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', ...options, ...files], {
      encoding: 'utf8',
    })
    return tsc.stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('generated gradients', () => {
  const rows = [...SCALARS, ...SHAPES]

  it('compile', () => assert.equal(complaints(rows.map((row) => generated(row).text)), '')).timeout(60_000)

  for (const row of rows)
    it(row[0].slice(0, 90).replaceAll('\n', ' '), () => {
      const { text, name } = generated(row)
      const { code } = transformSync(text, { loader: 'ts', format: 'cjs' })
      const sandbox = { module: { exports: {} as Exports } }
      const args = vm.runInNewContext(`${code}\n;[${row[1]}]`, sandbox) as Nested[]
      const { f, Model, [name]: gradientOf } = sandbox.module.exports
      const own = Model ? args.slice(1) : args
      const instance = args[0] as unknown as Exports
      const run = (): number => (Model ? instance.f?.(...own) : f?.(...own)) as number
      const gradient = gradientOf?.(...args) as Record<string, Nested>
      const names = /^[^(]*\(([^)]*)\)/.exec(text.slice(text.lastIndexOf('function ')))?.[1] ?? ''
      // By the name of a parameter; a pattern's names stand there themselves.
      const given = own.map((argument, k) => {
        if (/^\s*[[{]/.test(names)) return Array.isArray(argument) ? Object.values(gradient) : gradient
        return gradient[names.split(',')[Model ? k + 1 : k]?.split(/[:=]/)[0]?.trim() ?? '']
      })
      own.forEach((argument, k) => {
        compare(
          given[k],
          argument,
          (value) => {
            own[k] = value
          },
          run,
        )
      })
    })
})
