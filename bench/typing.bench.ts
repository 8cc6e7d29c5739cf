/** What a keystroke costs in a long document, and reading all of it, against Markdown parsers on the same text. */
import MarkdownIt from 'markdown-it'
import { micromark } from 'micromark'
import { analyzeMarkdown, analyzeTypeScript } from '../src/analysis'
import type { Analysis } from '../src/derivation'
import { longFile, longNote } from './longNote'
import { compare, report } from './measure'

/** Types and deletes one character in the middle, as an editor would: each time the analysis before is handed over. */
function typist(text: string, place: string, analyze: (text: string, previous?: Analysis) => Analysis) {
  const at = text.indexOf(place) + place.length
  let analysis = analyze(text)
  let typed = false
  return () => {
    typed = !typed
    const next = typed ? `${text.slice(0, at)}1${text.slice(at)}` : text
    analysis = analyze(next, analysis)
    // What an editor asks for at once: the place under the pointer.
    return analysis.at(at - 1)
  }
}

const note = longNote(500)
const file = longFile(430)
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
    { name: 'markdown-it, parsing the note', run: () => markdown.parse(note, {}) },
    { name: 'micromark, the note to HTML', run: () => micromark(note) },
  ]),
)
report(
  'The whole note, read for the first time',
  compare([
    { name: 'GradLens', run: () => analyzeMarkdown(note) },
    { name: 'markdown-it, parsing the note', run: () => markdown.parse(note, {}) },
    { name: 'micromark, the note to HTML', run: () => micromark(note) },
  ]),
)
report(
  'A keystroke in the file, and reading it for the first time',
  compare([
    { name: 'GradLens, a keystroke', run: typist(file, 'const t = x * 200', analyzeTypeScript) },
    { name: 'GradLens, the whole file', run: () => analyzeTypeScript(file) },
  ]),
)
