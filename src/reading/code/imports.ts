/** Where the files stand that code imports: a specifier as the paths that are tried, for every host alike. */
import type { Language } from './language'

/** Endings that an import of JavaScript leaves out, the likeliest first. */
const ENDINGS = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '/index.ts', '/index.js']
/** Python looks in the folders that it is told of, which often are those above the file. */
const FOLDERS = ['.', '..', '../..', '../../..', '../../../..']

/** Paths relative to the folder of the file that imports, the likeliest first; none for a package. */
export function importPaths(specifier: string, isPython: boolean): readonly string[] {
  if (!isPython) return /^\.\.?\//.test(specifier) ? ENDINGS.map((ending) => specifier + ending) : []
  const [, dots = '', name = ''] = /^(\.*)([\p{L}_][\p{L}\p{N}_.]*)$/u.exec(specifier) ?? []
  if (name === '') return []
  const path = name.replaceAll('.', '/')
  const folders = dots === '' ? FOLDERS : [FOLDERS[dots.length - 1] ?? '.']
  return folders.flatMap((folder) => [`${folder}/${path}.py`, `${folder}/${path}/__init__.py`])
}

/** What a file that was imported itself imports, as its importer would say it: `./b` in `./a/c` is `./a/b`. */
export function specifierWithin(importer: string, specifier: string, { brings }: Language): string {
  if (specifier.includes(' ') || importer.includes(' ')) return specifier
  if (brings) {
    const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(specifier) ?? []
    if (dots === '') return specifier
    const folder = importer.split('.').slice(0, -dots.length)
    return folder.length === 0 ? `.${name}` : `${folder.join('.')}.${name}`
  }
  if (!/^\.\.?\//.test(specifier) || !importer.startsWith('.')) return specifier
  const parts = importer.split('/').slice(0, -1)
  for (const part of specifier.split('/')) {
    if (part === '.') continue
    const last = parts.at(-1)
    if (part === '..' && last !== undefined && last !== '..' && last !== '.') parts.pop()
    else if (part === '..') parts.splice(0, parts.length, ...(last === '.' ? ['..'] : [...parts, '..']))
    else parts.push(part)
  }
  return /^\.\.?$/.test(parts[0] ?? '') ? parts.join('/') : `./${parts.join('/')}`
}
