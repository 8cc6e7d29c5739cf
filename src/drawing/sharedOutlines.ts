/** Letters that come often are drawn once: a formula in a hover must stay short, and VS Code cuts long ones. */

const PATH = /<path([^>]*?) d="([^"]+)"([^>]*?)(?:\/>|><\/path>)/g

/** The same picture, in which an outline that is used several times stands once. For an SVG that is a document of its own. */
export function withSharedOutlines(svg: string): string {
  const counts = new Map<string, number>()
  for (const [, , outline = ''] of svg.matchAll(PATH)) counts.set(outline, (counts.get(outline) ?? 0) + 1)
  const names = new Map<string, string>()
  for (const [outline, count] of counts) if (count > 1) names.set(outline, `o${names.size}`)
  if (names.size === 0) return svg
  const shared = svg.replace(PATH, (path, before: string, outline: string, after: string) => {
    const name = names.get(outline)
    return name === undefined ? path : `<use${before} href="#${name}"${after}/>`
  })
  const outlines = [...names].map(([outline, name]) => `<path id="${name}" d="${outline}"/>`).join('')
  return shared.replace(/^<svg[^>]*>/, (start) => `${start}<defs>${outlines}</defs>`)
}
