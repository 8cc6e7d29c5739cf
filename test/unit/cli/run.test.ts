import assert from 'node:assert/strict'
import type { Environment } from '../../../src/cli/environment'
import { run } from '../../../src/cli/run'

/** Runs the command line on files that exist only here. */
async function call(args: string[], files: Record<string, string> = {}) {
  const seen = { out: '', error: '', files: { ...files }, status: -1 }
  const environment: Environment = {
    out: (text) => (seen.out += text),
    error: (text) => (seen.error += text),
    read: async (file) => {
      const text = files[file]
      if (text === undefined) throw Object.assign(new Error('not there'), { code: 'ENOENT' })
      return text
    },
    write: async (file, text) => {
      seen.files[file] = text
    },
    colour: false,
    progress: false,
  }
  seen.status = await run(args, environment)
  return seen
}

const SEED = '$$\nz = t^2\n$$\n\n$$\nt = x + y\n$$\n\n$x = -0.19$, $y = 0.239$\n'

describe('the command line', () => {
  it('prints help and version', async () => {
    assert.match((await call(['--help'])).out, /gradlens graph/)
    assert.match((await call(['--version'])).out, /^\d+\.\d+\.\d+\n$/)
  })

  it('says what is wrong with the arguments, with status 2', async () => {
    const { status, error } = await call(['graph', '--format', 'gif', 'a.md'])
    assert.equal(status, 2)
    assert.match(error, /no format 'gif'[\s\S]*--help/)
  })

  it('goes on after a file that cannot be read, with status 2', async () => {
    const { status, error, out } = await call(['graph', 'missing.md', 'a.md'], { 'a.md': SEED })
    assert.equal(status, 2)
    assert.equal(error, 'gradlens: missing.md: no such file\n')
    assert.match(out, /0\.098/)
  })

  it('shows values, local derivatives and gradients as text', async () => {
    const { out, status } = await call(['graph', 'a.md'], { 'a.md': SEED })
    assert.equal(status, 0)
    assert.match(out, /t = x \+ y +0\.049 +∂t\/∂x = 1, ∂t\/∂y = 1 +2t/)
  })

  it('takes values from --at before those of the file', async () => {
    const { out } = await call(['graph', '--format', 'json', '--at', 'x=1,y=2', 'a.md'], { 'a.md': SEED })
    assert.equal(JSON.parse(out).derivations[0].value, 9)
  })

  it('says where no input has the name that --at gives', async () => {
    const { error, status } = await call(['graph', '--at', 'x=1,q=2,t=3', 'a.md'], { 'a.md': SEED })
    assert.equal(error, "gradlens: a.md: no input is called 'q'\ngradlens: a.md: no input is called 't'\n")
    assert.equal(status, 0)
  })

  it('adds what --output names', async () => {
    const { out } = await call(['graph', '--format', 'json', '--output', 't', 'a.md'], { 'a.md': SEED })
    assert.deepEqual(
      JSON.parse(out).derivations.map((each: any) => each.output.name),
      ['z', 't'],
    )
  })

  it('prints one JSON object a line, one line a file, in order', async () => {
    const { out } = await call(['graph', '--format', 'json', 'b.md', 'a.md'], { 'a.md': SEED, 'b.md': 'prose' })
    assert.deepEqual(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).file),
      ['b.md', 'a.md'],
    )
  })

  it('reads standard input as the language that is given', async () => {
    const code = '/** @at x = 2 */\nexport const square = (x: number) => x * x\n'
    const { out } = await call(['graph', '--format', 'json', '--language', 'typescript', '-'], { '-': code })
    assert.equal(JSON.parse(out).derivations[0].value, 4)
  })

  it('prints the annotated note, and writes it only with --write', async () => {
    const printed = await call(['annotate', 'a.md'], { 'a.md': SEED })
    assert.match(printed.out, /<!-- gradlens:begin -->/)
    assert.equal(printed.files['a.md'], SEED)
    const written = await call(['annotate', '--write', 'a.md'], { 'a.md': SEED })
    assert.equal(written.out, '')
    assert.equal(written.files['a.md'], printed.out)
  })

  it('keeps an annotation that was edited by hand, unless forced', async () => {
    const { out } = await call(['annotate', 'a.md'], { 'a.md': SEED })
    const edited = out.replace('| --- |', '| :-- |').replace('x = -0.19', 'x = -0.2')
    const kept = await call(['annotate', '--write', 'a.md'], { 'a.md': edited })
    assert.equal(kept.status, 2)
    assert.match(kept.error, /a\.md: line \d+: the annotation was edited by hand/)
    assert.equal(kept.files['a.md'], edited)
    const forced = await call(['annotate', '--write', '--force', 'a.md'], { 'a.md': edited })
    assert.equal(forced.status, 0)
    assert.doesNotMatch(forced.files['a.md'] ?? '', /\| :-- \|/)
  })

  it('does not annotate code', async () => {
    const { status, error } = await call(['annotate', 'a.ts'], { 'a.ts': 'export const f = (x: number) => x' })
    assert.equal(status, 2)
    assert.match(error, /only notes/)
  })
})

describe('the JSON', () => {
  const report = async () => JSON.parse((await call(['graph', '--format', 'json', 'a.md'], { 'a.md': SEED })).out)

  it('has the output, its value and its inputs', async () => {
    const [derivation] = (await report()).derivations
    assert.equal(derivation.output.name, 'z')
    assert.ok(Math.abs(derivation.value - 0.002401) < 1e-12)
    assert.deepEqual(
      derivation.inputs.map(({ name, latex, value }: any) => ({ name, latex, value })),
      [
        { name: 'x', latex: 'x', value: -0.19 },
        { name: 'y', latex: 'y', value: 0.239 },
      ],
    )
    assert.equal(derivation.upstream, null)
  })

  it('has tight ranges, zero-based', async () => {
    const [derivation] = (await report()).derivations
    const node = derivation.nodes.find((each: any) => each.name === 't')
    assert.deepEqual(node.range, { start: { line: 5, character: 4 }, end: { line: 5, character: 9 } })
    const x = derivation.nodes.find((each: any) => each.name === 'x')
    assert.deepEqual(x.range, { start: { line: 5, character: 4 }, end: { line: 5, character: 5 } })
  })

  it('has local derivatives in the order of the inputs, and the gradient in names', async () => {
    const [derivation] = (await report()).derivations
    const node = derivation.nodes.find((each: any) => each.name === 't')
    assert.deepEqual(
      node.local.map(({ input, text, value }: any) => ({ input, text, value })),
      [
        { input: node.inputs[0], text: '1', value: 1 },
        { input: node.inputs[1], text: '1', value: 1 },
      ],
    )
    assert.equal(node.gradient.text.replaceAll(' ', ''), '2*t')
    assert.ok(Math.abs(node.gradient.value - 0.098) < 1e-12)
  })

  it('leaves claims and pairs to check', async () => {
    const { claims, pairs, version, formulas } = await report()
    assert.deepEqual([claims, pairs, version, formulas], [[], [], 1, 4])
  })
})
