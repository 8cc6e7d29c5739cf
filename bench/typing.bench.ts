/** What a keystroke costs in a long document, and reading all of it, against Markdown parsers on the same text. */
import MarkdownIt from 'markdown-it'
import { micromark } from 'micromark'
import { analyzeMarkdown, analyzeTypeScript } from '../src/analysis'
import type { Analysis } from '../src/derivation'
import { longFile, longNote } from './longNote'
import { compare, report } from './measure'

/** Types and deletes one character in the middle, as an editor would: each time the analysis before is handed over. */
/** With `asks`, the place at the cursor is looked up after each, as a hover does. */
function typist(text: string, place: string, analyze: (text: string, previous?: Analysis) => Analysis, asks = false) {
  const at = text.indexOf(place) + place.length
  let analysis = analyze(text)
  let typed = false
  return () => {
    typed = !typed
    const next = typed ? `${text.slice(0, at)}1${text.slice(at)}` : text
    analysis = analyze(next, analysis)
    return asks ? analysis.at(at - 1) : analysis
  }
}

const note = longNote(500)
const file = longFile(430)
/** What was read lately is remembered: a first reading needs a text that wasn't seen for long. */
const editions = <T>(make: (edition: number) => T) => {
  const made = Array.from({ length: 40 }, (_, k) => make(k + 1))
  let next = 0
  return () => made[next++ % made.length] as T
}
const newNote = editions((edition) => longNote(500, edition))
const newFile = editions((edition) => longFile(430, edition))
const markdown = new MarkdownIt()
const half = 'z_{249} = t_{249}^'
const prose = '## Part 250\n\nHere we look'
console.log(
  `a note of ${note.split('\n').length} lines, ${analyzeMarkdown(note).derivations.length} derivations; a file of ${file.split('\n').length} lines, ${analyzeTypeScript(file).derivations.length} functions`,
)

report(
  'A keystroke in the note',
  compare([
    { name: 'GradLens, in a formula', run: typist(note, half, analyzeMarkdown) },
    { name: 'GradLens, in prose', run: typist(note, prose, analyzeMarkdown) },
    { name: 'GradLens, in a formula, and a hover on it', run: typist(note, half, analyzeMarkdown, true) },
    { name: 'markdown-it, parsing the note', run: () => markdown.parse(note, {}) },
    { name: 'micromark, the note to HTML', run: () => micromark(note) },
  ]),
)
report(
  'The whole note, read for the first time',
  compare([
    { name: 'GradLens', run: () => analyzeMarkdown(newNote()) },
    { name: 'markdown-it, parsing the note', run: () => markdown.parse(note, {}) },
    { name: 'micromark, the note to HTML', run: () => micromark(note) },
  ]),
)
report(
  'A keystroke in the file, and reading it for the first time',
  compare([
    { name: 'GradLens, a keystroke', run: typist(file, 'const t = x * 200', analyzeTypeScript) },
    { name: 'GradLens, a keystroke and a hover', run: typist(file, 'const t = x * 200', analyzeTypeScript, true) },
    { name: 'GradLens, the whole file', run: () => analyzeTypeScript(newFile()) },
  ]),
)
