// How a folder of notes is read: formulas seen, what they are read as, and why some are left unread, the reasons ranked.
//   npm run corpus -- FOLDER [--show REASON] [--examples N]
// --show prints each passage in which REASON occurs (a reason, or a kind such as `claim`); --examples some of every kind.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as esbuild from 'esbuild'
import { root } from './root.mjs'

const args = process.argv.slice(2)
const option = (name) => {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args.splice(at, 2)[1]
}
const show = option('--show')
const examples = Number(option('--examples') ?? 0)
const [folder] = args
if (!folder) {
  console.error('usage: npm run corpus -- FOLDER [--show REASON] [--examples N]')
  process.exit(2)
}

/** The reader of notes, built into a folder of its own. */
async function reader() {
  const out = mkdtempSync(join(tmpdir(), 'corpus-'))
  const entry = join(out, 'entry.ts')
  const file = join(out, 'reader.mjs')
  writeFileSync(
    entry,
    `export { readMarkdown } from ${JSON.stringify(join(root, 'src/reading/markdown'))}
     export { noteContext, readPassage } from ${JSON.stringify(join(root, 'src/reading/formula'))}`,
  )
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    format: 'esm',
    nodePaths: [join(root, 'node_modules')],
  })
  const module = await import(pathToFileURL(file).href)
  rmSync(out, { recursive: true })
  return module
}

const notes = (path) =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true })
        .map((name) => join(path, String(name)))
        .filter((name) => /\.(?:md|markdown)$/.test(name))
        .sort()

const { readMarkdown, noteContext, readPassage } = await reader()
const kinds = new Map()
const reasons = new Map()
const opaque = new Map()
const shown = new Map()
let formulas = 0
let unread = 0
const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1)

/** Reasons of everything opaque inside of a reading. */
function reasonsIn(value, found = new Set()) {
  if (Array.isArray(value)) for (const item of value) reasonsIn(item, found)
  else if (value && typeof value === 'object') {
    if (value.kind === 'opaque') found.add(value.reason)
    for (const item of Object.values(value)) reasonsIn(item, found)
  }
  return found
}

function example(name, file, text, passage) {
  const line = text.slice(0, passage.start).split('\n').length
  const list = shown.get(name) ?? []
  if (list.length < examples)
    shown.set(name, [...list, `${file}:${line}  ${passage.text.trim().replace(/\s+/g, ' ').slice(0, 160)}`])
}

for (const file of notes(folder)) {
  const text = readFileSync(file, 'utf8')
  const passages = readMarkdown(text)
  const context = noteContext(passages)
  for (const passage of passages.filter(({ kind }) => kind !== 'code')) {
    formulas++
    const reading = readPassage(passage, context)
    const names = [...new Set(reading.statements.map(({ kind }) => kind))]
    const inside = reasonsIn(reading.statements)
    for (const name of names) {
      count(kinds, name)
      example(name, file, text, passage)
    }
    for (const reason of inside) count(opaque, reason)
    for (const { reason } of reading.unread) {
      unread++
      count(reasons, reason)
      example(`unread: ${reason}`, file, text, passage)
    }
    if (show && (names.includes(show) || inside.has(show) || reading.unread.some(({ reason }) => reason === show))) {
      console.log(`${file}:${text.slice(0, passage.start).split('\n').length}  ${passage.text.trim()}`)
    }
  }
}

const LABELS = {
  definition: 'definitions',
  claim: 'claims',
  binding: 'values',
  mention: 'mentions',
  equation: 'equations',
  declaration: 'shapes',
  assumption: 'assumptions',
}
const ranked = (map) => [...map].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
console.log(`formulas seen   ${formulas}`)
console.log(`left unread     ${unread} (${((100 * unread) / Math.max(1, formulas)).toFixed(1)} %)`)
console.log('\npassages with')
for (const [kind, number] of ranked(kinds)) console.log(`  ${(LABELS[kind] ?? kind).padEnd(14)}${number}`)
console.log('\nwhy passages are unread')
for (const [reason, number] of ranked(reasons)) console.log(`  ${String(number).padStart(5)}  ${reason}`)
console.log('\nwhat is opaque inside of passages, read or not')
for (const [reason, number] of ranked(opaque)) console.log(`  ${String(number).padStart(5)}  ${reason}`)
for (const [name, list] of shown) console.log(`\n${name}\n  ${list.join('\n  ')}`)
