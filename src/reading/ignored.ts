/** Comments by which an author says that a claim is to be left alone. */

const COMMENT = /<!--\s*gradlens-ignore\s*-->|\/\/\s*gradlens-ignore\b|\/\*+\s*gradlens-ignore\s*\*+\//

/** The comment that an author would write above a passage of this language. */
export const ignoreComment = (language: string) =>
  language === 'markdown' ? '<!-- gradlens-ignore -->' : '// gradlens-ignore'

/**
 * Whether a finding at this offset is to be left alone: the comment stands on its line, or above its paragraph or block, with
 * at most blank lines between.
 */
export function isIgnored(text: string, offset: number): boolean {
  if (!text.includes('gradlens-ignore')) return false
  const before = text.slice(0, lineEnd(text, offset)).split('\n')
  if (COMMENT.test(before.at(-1) ?? '')) return true
  let i = before.length - 2
  // Up to the beginning of the paragraph or block…
  while (i >= 0 && before[i]?.trim() && !COMMENT.test(before[i] ?? '')) i--
  // …and over the blank lines above it.
  while (i >= 0 && !before[i]?.trim()) i--
  return COMMENT.test(before[i] ?? '')
}

function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset)
  return feed < 0 ? text.length : feed
}
