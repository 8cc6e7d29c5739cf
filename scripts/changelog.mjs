// The changelog's way from one version to the next.

/**
 * The changelog with what was unreleased under its version, and nothing unreleased.
 * @throws where nothing is unreleased
 */
export function releasedChangelog(text, version, date) {
  const match = /^## Unreleased\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(text)
  if (!match?.[1]?.trim()) throw new Error('Nothing stands under "## Unreleased" in CHANGELOG.md.')
  return text.replace(match[0], `## ${version} (${date})\n${match[1]}`)
}
