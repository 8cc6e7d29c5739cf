import assert from 'node:assert/strict'
import { type Options, parseOptions, UsageError } from '../../../src/cli/options'

const rows: [args: string, expected: Partial<Options>][] = [
  ['graph a.md', { command: 'graph', files: ['a.md'], format: 'text', outputs: [], at: {} }],
  ['graph --format json a.md b.ts', { format: 'json', files: ['a.md', 'b.ts'] }],
  ['graph --at x=1,y=-2.5e-3 a.md', { at: { x: 1, y: -0.0025 } }],
  ['graph --at x=1 --at y=2 a.md', { at: { x: 1, y: 2 } }],
  ['graph --output t --output u a.md', { outputs: ['t', 'u'] }],
  ['graph --language typescript -', { language: 'typescript', files: ['-'] }],
  ['annotate --write a.md', { command: 'annotate', write: true, force: false }],
]

const wrong: [args: string, message: RegExp][] = [
  ['draw a.md', /unknown command 'draw'/],
  ['graph', /no file given/],
  ['graph --format gif a.md', /no format 'gif'.*json/],
  ['graph --format pdf a.md b.md', /one file at a time/],
  ['annotate --format json a.md', /'annotate' has no option --format/],
  ['graph --write a.md', /'graph' has no option --write/],
  ['graph --at x a.md', /--at wants x=1,y=2, not 'x'/],
  ['graph --at x=one a.md', /--at wants/],
  ['graph --language fortran a.md', /--language is one of markdown, latex, notebook, typescript, python, not/],
  ['graph --colour a.md', /--colour/],
]

describe('arguments of the command line', () => {
  for (const [args, expected] of rows) {
    it(args, () => {
      const options = parseOptions(args.split(' '))
      for (const [key, value] of Object.entries(expected)) assert.deepEqual((options as any)[key], value, key)
    })
  }
  for (const [args, message] of wrong) {
    it(`${args}: an error that says why`, () => {
      assert.throws(
        () => parseOptions(args.split(' ')),
        (error) => error instanceof UsageError && message.test(error.message),
      )
    })
  }
  it('asks for help with --help, -h and nothing at all', () => {
    for (const args of [['--help'], ['graph', '-h'], []]) assert.equal(parseOptions(args), 'help')
  })
})
