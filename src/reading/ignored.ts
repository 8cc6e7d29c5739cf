/** Comments by which an author says that a claim is to be left alone. */

const COMMENT =
  /<!--\s*gradlens-ignore\s*-->|\/\/\s*gradlens-ignore\b|\/\*+\s*gradlens-ignore\s*\*+\/|%\s*gradlens-ignore\b/
/** In a note it would be a heading. */
const PYTHON_COMMENT = /#\s*gradlens-ignore\b/

/** By the languages of VS Code; Markdown's in all others that are notes. */
const COMMENTS: ReadonlyMap<string, string> = new Map([
  ...['typescript', 'typescriptreact', 'javascript', 'javascriptreact'].map(
    (each) => [each, '// gradlens-ignore'] as const,
  ),
  ['python', '# gradlens-ignore'],
  ['latex', '% gradlens-ignore'],
  ['tex', '% gradlens-ignore'],
  ['mdx', '{/* gradlens-ignore */}'],
])

/** The comment that an author would write above a passage of this language. */
export const ignoreComment = (language: string): string => COMMENTS.get(language) ?? '<!-- gradlens-ignore -->'

/** Whether what stands at this offset of code is to be left alone: the comment is on its line or on the one above. */
export function isIgnoredCode(text: string, offset: number, language: string): boolean {
  if (!text.includes('gradlens-ignore')) return false
  const lines = linesUpTo(text, offset)
  const comment = language === 'python' ? PYTHON_COMMENT : COMMENT
  return comment.test(lines.at(-1) ?? '') || comment.test(lines.at(-2) ?? '')
}

/**
 * Whether the passage that begins at this offset of a note is to be left alone: the comment stands above its paragraph or
 * display, with at most blank lines between, or on its first line.
 */
export function isIgnoredPassage(text: string, start: number): boolean {
  if (!text.includes('gradlens-ignore')) return false
  const lines = linesUpTo(text, start)
  let i = lines.length - 1
  // Up to the beginning of the paragraph…
  while (i >= 0 && lines[i]?.trim() && !COMMENT.test(lines[i] ?? '')) i--
  // …and over the blank lines above it.
  while (i >= 0 && !lines[i]?.trim()) i--
  return COMMENT.test(lines[i] ?? '')
}

/** The lines up to the one that holds the offset, whole. */
function linesUpTo(text: string, offset: number): string[] {
  const feed = text.indexOf('\n', offset)
  return text.slice(0, feed < 0 ? text.length : feed).split('\n')
}
