/**
 * LaTeX documents as notes: the same text, character for character as long, in which sections are headings and what is no text
 * (comments, listings, the preamble) is blank. Delimiters and environments of formulas are those that notes have, too.
 */

/** Environments without prose or formulas. */
const SILENT = ['comment', 'verbatim', 'lstlisting', 'minted', 'tikzpicture', 'filecontents', 'thebibliography']
const LEVELS: ReadonlyMap<string, number> = new Map([
  ['part', 1],
  ['chapter', 1],
  ['section', 2],
  ['subsection', 3],
  ['subsubsection', 4],
  ['paragraph', 5],
])

export interface TexDocument {
  /** As long as the document. */
  readonly note: string
  /** What stands before `\begin{document}`: macros may be defined there. */
  readonly preamble: string
}

export function texDocument(text: string): TexDocument {
  const uncommented = text.replace(/(\\[\s\S])|%.*/g, (found, escaped) => (escaped ? found : blank(found)))
  const begin = uncommented.indexOf('\\begin{document}')
  const end = uncommented.indexOf('\\end{document}', Math.max(begin, 0))
  const preamble = begin < 0 ? '' : uncommented.slice(0, begin)
  const body = uncommented.slice(preamble.length, end < 0 ? undefined : end)
  const tail = end < 0 ? '' : uncommented.slice(end)
  return { note: blank(preamble) + asMarkdown(withoutSilent(body)) + blank(tail), preamble }
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ')

function withoutSilent(body: string): string {
  let text = body
  for (const name of SILENT) {
    const parts: string[] = []
    let done = 0
    for (let at = text.indexOf(`\\begin{${name}`); at >= 0; at = text.indexOf(`\\begin{${name}`, done)) {
      const close = text.indexOf(`\\end{${name}`, at)
      if (close < 0) break
      parts.push(text.slice(done, at), blank(text.slice(at, close)))
      done = close
    }
    if (done > 0) text = parts.join('') + text.slice(done)
  }
  return text
}

const HEADING = /^[ \t]*\\(part|chapter|section|subsection|subsubsection|paragraph)\*?\{/

/** Lines that Markdown would take for something else than a paragraph are kept from it. */
function asMarkdown(body: string): string {
  return body
    .replaceAll('`', "'")
    .split('\n')
    .map((line) => {
      const heading = HEADING.exec(line)
      if (heading) {
        const marks = '#'.repeat(LEVELS.get(heading[1] ?? '') ?? 2)
        return `${`${marks} `.padEnd(heading[0].length)}${line.slice(heading[0].length)}`
      }
      // Indentation means nothing.
      return line.replace(/^[ \t]+/, (indent) => '\u00a0'.repeat(indent.length))
    })
    .join('\n')
}
