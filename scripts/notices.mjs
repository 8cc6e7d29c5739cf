// What is bundled and under which licence: dist/THIRD_PARTY_NOTICES.txt, made by every build from what the bundler put in.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Licences under which code may be shipped inside ours, by their SPDX names. */
export const LICENCES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BSL-1.0', 'CC-BY-4.0', 'ISC', 'MIT']

/** What a package carries inside itself and its own file doesn't say. */
const WITHIN = {
  '@hpcc-js/wasm-graphviz':
    'It contains Graphviz and Expat, compiled to WebAssembly: Graphviz under the Eclipse Public License 2.0 (https://www.eclipse.org/legal/epl-2.0/), its source at https://graphviz.org; Expat under the MIT licence.',
}

/** The packages that input files of a bundle belong to, by their folders, each once. */
function packageFolders(inputs) {
  const folders = new Set()
  for (const input of inputs) {
    const at = input.lastIndexOf('node_modules/')
    if (at < 0) continue
    const [, name] = /^((?:@[^/]+\/)?[^/]+)/.exec(input.slice(at + 'node_modules/'.length)) ?? []
    if (name) folders.add(`${input.slice(0, at)}node_modules/${name}`)
  }
  return [...folders].sort()
}

/** The text of a licence file; a package that has none is covered by the text that its licence's name stands for. */
function licenceText(folder) {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)([.-].*)?$/i.test(name))
  return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n')
}

/**
 * Everything that input files come from.
 * @param inputs paths relative to `root`, as esbuild's metafile has them
 * @returns `{ name, version, licence, text }`, sorted by name
 */
export function bundledPackages(inputs, root) {
  return packageFolders(inputs)
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => {
      const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      const by = typeof author === 'string' ? author : (author?.name ?? '')
      return { name, version, licence: license ?? '', by, text: licenceText(folder) }
    })
}

/** The notices as text. @throws where a package's licence is none that may be shipped */
export function noticesOf(packages) {
  const strange = packages.filter(({ licence }) => !LICENCES.includes(licence))
  if (strange.length > 0) {
    const list = strange.map(({ name, licence }) => `${name} (${licence || 'none named'})`).join(', ')
    throw new Error(`Licences that are not in the list of scripts/notices.mjs: ${list}`)
  }
  const parts = packages.map(({ name, version, licence, by, text }) =>
    [
      `${name} ${version} (${licence})`,
      text || `${by ? `Copyright ${by}. ` : ''}Licensed under ${licence}.`,
      WITHIN[name],
    ]
      .filter(Boolean)
      .join('\n\n'),
  )
  const line = `\n\n${'-'.repeat(80)}\n\n`
  return `GradLens contains parts of the following packages. Each stands under its own licence.${line}${parts.join(line)}\n`
}
