import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { analyzeTypeScript } from '../../../src/analysis'
import type { CodeFunction } from '../../../src/reading/statement'
import { gradientCode } from '../../../src/writing/typescript'
import { gradientTest } from '../../../src/writing/typescriptTest'

const functions: [name: string, code: string, points: number[][]][] = [
  [
    'a chain',
    'export function f(x: number, y: number) { const t = x + y; return t ** 2 }',
    [
      [0.5, 1.25],
      [-2, 0.3],
    ],
  ],
  [
    'a product of sums',
    'export const f = (x: number, y: number) => (x + 2 * y) * (x - y) / (1 + y * y)',
    [
      [1, 2],
      [0.3, -0.7],
    ],
  ],
  [
    'a neuron',
    'export function f(x: number, w: number, b: number) { const z = w * x + b; const a = 1 / (1 + Math.exp(-z)); return 0.5 * (a - 1) ** 2 }',
    [[0.5, 1.2, -0.3]],
  ],
  [
    'a variable that is reassigned',
    'export function f(x: number, y: number) { let s = x * y; s += Math.sin(x); s *= s; return s / (1 + y ** 2) }',
    [
      [1, 2],
      [-0.4, 0.6],
    ],
  ],
  [
    'shared parts',
    'export const f = (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))',
    [[0.7], [-1.1]],
  ],
  [
    'branches',
    'export function f(x: number, d: number) { if (Math.abs(x) <= d) return 0.5 * x * x; return d * (Math.abs(x) - 0.5 * d) }',
    [
      [0.5, 1],
      [-3, 1],
    ],
  ],
  [
    'a negative base and exponents',
    'export const f = (x: number, y: number) => (-x) ** 2 + x ** -2 - (y - x) ** 3',
    [[1.5, 2]],
  ],
  ["a parameter that isn't used", 'export const f = (x: number, unused: number) => Math.log(x)', [[2, 1]]],
  [
    'a constant of the module',
    'const gradT = 1\nexport function f(x: number) { const t = x * gradT; return t * t }',
    [[3]],
  ],
]

/** What the analysis and the generator make of the only exported function. */
function generate(code: string) {
  const analysis = analyzeTypeScript(code)
  const fn = analysis.passages
    .flatMap(({ statements }) => statements)
    .find((statement): statement is CodeFunction => statement.kind === 'function')
  const derivation = analysis.derivations[0]
  assert.ok(fn && derivation)
  const parameters = fn.parameters.map(({ name }) => name.plain)
  const { signature } = fn
  const taken = new Set(code.match(/[A-Za-z_$][\w$]*/g) ?? [])
  const gradient = gradientCode(derivation, { name: 'f', signature, typed: true, exported: true, taken })
  return { derivation, gradient, parameters }
}

/** Runs TypeScript and gives what it exports. */
function load(code: string): Record<string, (...args: number[]) => any> {
  const folder = mkdtempSync(join(tmpdir(), 'gradlens-code-'))
  try {
    const file = join(folder, 'code.cjs')
    writeFileSync(file, transformSync(code, { loader: 'ts', format: 'cjs' }).code)
    return createRequire(join(folder, 'index.js'))(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('a generated gradient function', () => {
  for (const [name, code, points] of functions) {
    it(`${name}: agrees with finite differences`, () => {
      const { gradient, parameters } = generate(code)
      assert.ok(gradient)
      const { f, [gradient.name]: gradientOf } = load(`${code}\n${gradient.code}`)
      assert.ok(f && gradientOf)
      for (const point of points) {
        for (const [by, value] of Object.entries<number>(gradientOf(...point))) {
          const moved = (step: number) => f(...point.map((x, i) => (parameters[i] === by ? x + step : x)))
          const difference = (moved(1e-6) - moved(-1e-6)) / 2e-6
          assert.ok(
            Math.abs(value - difference) < 1e-6 * Math.max(1, Math.abs(value)),
            `${by} at ${point}: ${value}, ${difference}`,
          )
        }
      }
    })
  }

  it('is written as a person would', () => {
    const { gradient } = generate('export function f(x: number, y: number) { const t = x + y; return t ** 2 }')
    assert.equal(
      gradient?.code,
      [
        '/** Gradient of `f`: the derivative of its result by `x` and `y`. */',
        'export function fGradient(x: number, y: number): { x: number; y: number } {',
        '  const t = x + y',
        '  const gradT = 2 * t',
        '  return { x: gradT, y: gradT }',
        '}',
      ].join('\n'),
    )
  })

  it('writes shared parts once', () => {
    const { gradient } = generate(functions[4]?.[1] ?? '')
    assert.equal(gradient?.code.match(/Math\.tanh/g)?.length, 1)
    assert.equal(gradient?.code.match(/Math\.sqrt/g)?.length, 1)
  })

  it('is not offered for what cannot be written', () => {
    assert.equal(
      generate('declare function g(x: number): number\nexport const f = (x: number) => x * g(x)').gradient,
      null,
    )
  })

  it('comes with a test that passes', function () {
    this.timeout(30_000)
    const code = functions[2]?.[1] ?? ''
    const { derivation, gradient, parameters } = generate(code)
    assert.ok(gradient)
    const text = gradientTest(derivation, gradient, { name: 'f', parameters, module: './code.mjs', typed: false })
    const folder = mkdtempSync(join(tmpdir(), 'gradlens-test-'))
    try {
      writeFileSync(join(folder, 'code.mjs'), transformSync(`${code}\n${gradient.code}`, { loader: 'ts' }).code)
      writeFileSync(join(folder, 'f.test.mjs'), text ?? '')
      const { status, stdout } = spawnSync(process.execPath, ['--test', join(folder, 'f.test.mjs')], {
        encoding: 'utf8',
      })
      assert.equal(status, 0, stdout)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
