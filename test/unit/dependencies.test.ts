import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** What Biome finds, with the project's configuration, in files that have the given texts: for each, the rules that fire. */
function lint(sources: Map<string, string>): Map<string, string[]> {
  // A folder of its own: sources that break a rule have no place in the tree.
  const folder = mkdtempSync(join(tmpdir(), 'gradlens-lint-'))
  try {
    cpSync('biome.jsonc', join(folder, 'biome.jsonc'))
    for (const [file, source] of sources) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), source)
    }
    const biome = resolve('node_modules/@biomejs/biome/bin/biome')
    const args = [biome, 'lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.']
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
    const found = new Map([...sources.keys()].map((file) => [file, [] as string[]]))
    for (const { category, location } of JSON.parse(stdout).diagnostics) {
      const rule = /(noRestrictedImports|noNodejsModules)$/.exec(category)?.[1]
      if (rule) found.get(location.path)?.push(rule)
    }
    return found
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const core = ['operations', 'arithmetic', 'reading', 'graph', 'calculus', 'meaning', 'writing', 'judging', 'drawing']

/** Each zone with what it may import; the table of ARCHITECTURE.md once more, from the side of the reader. */
const table: Record<string, string[]> = {
  operations: [],
  arithmetic: ['operations'],
  reading: ['operations', 'arithmetic'],
  graph: ['operations', 'arithmetic', 'reading'],
  calculus: ['operations', 'arithmetic', 'graph'],
  meaning: ['operations', 'arithmetic', 'reading', 'graph', 'calculus'],
  writing: ['operations', 'arithmetic', 'graph', 'calculus'],
  judging: ['operations', 'arithmetic', 'reading', 'graph', 'calculus', 'meaning', 'writing'],
  drawing: ['operations', 'arithmetic', 'graph', 'calculus', 'writing'],
  panel: ['operations', 'arithmetic', 'graph', 'calculus', 'writing', 'drawing'],
  report: [...core, 'analysis'],
  study: [...core, 'analysis', 'panel/messages'],
  standalone: [...core, 'study', 'analysis', 'panel/messages'],
  features: [...core, 'study', 'analysis', 'report', '#platform', 'panel/messages', 'vscode'],
  cli: [...core, 'analysis', 'report', '#platform', 'node'],
  analysis: ['operations', 'arithmetic', 'reading', 'graph', 'calculus', 'meaning', 'writing', 'judging'],
}

/** How a target is written in an import of the given zone. */
function specifier(zone: string, target: string): string {
  const up = zone.endsWith('.ts') ? '.' : '..'
  if (target === 'vscode' || target === '#platform') return target
  if (target === 'node') return 'node:fs'
  return target.includes('/') ? `${up}/${target}` : `${up}/${target}/index`
}

const targets = [
  ...core,
  'study',
  'standalone',
  'analysis',
  'report',
  'features',
  'panel',
  'cli',
  '#platform',
  'panel/messages',
  'vscode',
  'node',
]
const imports = (zone: string, list: string[]) =>
  list.map((target, n) => `import { a as a${n} } from '${specifier(zone, target)}'\nvoid a${n}\n`).join('')

/** The ways to import, each from `reading`, which must not know `judging`. */
const ways: [string, string][] = [
  ['a type', "import type { A } from '../judging/claims'\nexport const a: A | undefined = undefined\n"],
  ['a re-export', "export { a } from '../judging/claims'\n"],
  ['import()', "export const a = import('../judging/claims')\n"],
  ['a file name with its ending', "import { a } from '../judging/claims.ts'\nvoid a\n"],
]

describe('dependency direction', () => {
  const fileOf = (zone: string, name: string) => (zone.endsWith('.ts') ? `src/${zone}` : `src/${zone}/${name}.ts`)
  const fileOfWay = (way: string) => `src/reading/${way.replace(/\W+/g, '-')}.ts`
  const deep = 'src/reading/deep/fixture.ts'
  const forbiddenIn = (zone: string) =>
    targets.filter((t) => !table[zone]?.includes(t) && t !== zone && `${t}.ts` !== zone && !t.startsWith(`${zone}/`))
  let allowed: Map<string, string[]>
  let forbidden: Map<string, string[]>

  before(function () {
    this.timeout(60_000)
    const zones = Object.keys(table)
    allowed = lint(new Map(zones.map((zone) => [fileOf(zone, 'allowed'), imports(zone, table[zone] ?? [])])))
    forbidden = lint(
      new Map([
        ...zones.map((zone) => [fileOf(zone, 'forbidden'), imports(zone, forbiddenIn(zone))] as const),
        ...ways.map(([way, source]) => [fileOfWay(way), source] as const),
        [deep, "import { a } from '../../judging/claims'\nvoid a\n"] as const,
      ]),
    )
  })

  for (const [zone, may] of Object.entries(table)) {
    it(`src/${zone} may import ${may.join(', ') || 'nothing'}`, () =>
      assert.deepEqual(allowed.get(fileOf(zone, 'allowed')), []))
    it(`src/${zone} may not import ${forbiddenIn(zone).join(', ')}`, () =>
      assert.equal(forbidden.get(fileOf(zone, 'forbidden'))?.length, forbiddenIn(zone).length))
  }

  for (const [way] of ways) {
    it(`is enforced on ${way}`, () => assert.deepEqual(forbidden.get(fileOfWay(way)), ['noRestrictedImports']))
  }

  it('is enforced in folders inside a folder', () => assert.deepEqual(forbidden.get(deep), ['noRestrictedImports']))
})
