/** Files as the core reads them. */
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { analyzeLatex, analyzeMarkdown, analyzeNotebook, analyzePython, analyzeTypeScript } from '../analysis'
import type { Analysis } from '../derivation'
import { importPaths } from '../reading/code/imports'
import type { Environment } from './environment'
import type { NoteLanguage, Options } from './options'
import { harmless } from './terminal'

/** What a file's ending says; everything else is a note. */
const ENDINGS_OF: readonly (readonly [RegExp, NoteLanguage])[] = [
  [/\.[cm]?[jt]sx?$/i, 'typescript'],
  [/\.pyi?$/i, 'python'],
  [/\.ipynb$/i, 'notebook'],
  [/\.(?:tex|ltx|latex)$/i, 'latex'],
]

/** The text of a file and what is read in it. */
export interface Source {
  readonly file: string
  readonly text: string
  readonly language: NoteLanguage
  analyze(): Analysis
}

/** What a file is: by its ending, else by `--language`, else a note. */
export function languageOf(file: string, language: Options['language']): NoteLanguage {
  const known = file === '-' ? undefined : ENDINGS_OF.find(([ending]) => ending.test(file))?.[1]
  return known ?? language ?? 'markdown'
}

/** @param file where the text stands, so that code finds what it imports */
export function analyzeText(file: string, text: string, language: NoteLanguage): Analysis {
  if (language === 'markdown') return analyzeMarkdown(text)
  if (language === 'latex') return analyzeLatex(text)
  if (language === 'notebook') return analyzeNotebook(text)
  const analyze = language === 'python' ? analyzePython : analyzeTypeScript
  const texts = new Map<string, string | null>()
  const resolve = (specifier: string): string | null => {
    if (!texts.has(specifier)) texts.set(specifier, importedText(file, specifier, language))
    return texts.get(specifier) ?? null
  }
  return analyze(text, undefined, { resolve })
}

/** Larger files are no modules of a derivation. */
const LARGEST_IMPORT = 500_000

/** Pipes and devices have no end, so they are not even opened. */
function whatIs(file: string): { readonly isFile: boolean; readonly size: number } {
  const stats = statSync(file)
  return { isFile: stats.isFile(), size: stats.size }
}

function importedText(file: string, specifier: string, language: NoteLanguage): string | null {
  const folder = file === '-' ? '.' : dirname(file)
  for (const path of importPaths(specifier, language === 'python')) {
    try {
      const { isFile, size } = whatIs(join(folder, path))
      if (isFile && size <= LARGEST_IMPORT) return readFileSync(join(folder, path), 'utf8')
    } catch {
      // There is no such file: the next path is tried.
    }
  }
  return null
}

/**
 * Runs `each` for every file in order. One that can't be read or that fails is told on standard error, and the others
 * still run; gives whether all went well.
 */
export async function forEachFile(
  options: Options,
  environment: Environment,
  each: (source: Source) => Promise<void> | void,
): Promise<boolean> {
  let good = true
  for (const file of options.files) {
    try {
      const text = await environment.read(file)
      const language = languageOf(file, options.language)
      await each({ file, text, language, analyze: () => analyzeText(file, text, language) })
    } catch (error) {
      good = false
      environment.error(harmless(`gradlens: ${file}: ${reason(error)}\n`))
    }
  }
  return good
}

const CODES: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'is a directory',
  EACCES: 'permission denied',
  ENOSPC: 'no space left',
  EPIPE: 'closed before everything was written',
}

/** Why a file failed, in a few words. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  return CODES[code] ?? error.message
}
