/** Files as the core reads them. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { analyzeMarkdown, analyzePython, analyzeTypeScript } from '../analysis'
import type { Analysis } from '../derivation'
import type { Environment } from './environment'
import type { NoteLanguage, Options } from './options'

const PYTHON = /\.pyi?$/i
const CODE = /\.[cm]?[jt]sx?$/i

/** The text of a file and what is read in it. */
export interface Source {
  readonly file: string
  readonly text: string
  readonly language: NoteLanguage
  analyze(): Analysis
}

/** What a file is: by its ending, else by `--language`, else a note. */
export function languageOf(file: string, language: Options['language']): NoteLanguage {
  if (file !== '-' && CODE.test(file)) return 'typescript'
  if (file !== '-' && PYTHON.test(file)) return 'python'
  return language ?? 'markdown'
}

/** @param file where the text stands, so that code finds what it imports */
export function analyzeText(file: string, text: string, language: NoteLanguage): Analysis {
  if (language === 'markdown') return analyzeMarkdown(text)
  const analyze = language === 'python' ? analyzePython : analyzeTypeScript
  return analyze(text, undefined, { resolve: (specifier) => importedText(file, specifier) })
}

/** Endings that an import leaves out, the likeliest first. */
const ENDINGS = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '/index.ts', '/index.js']

function importedText(file: string, specifier: string): string | null {
  if (!/^\.\.?\//.test(specifier)) return null
  const base = join(file === '-' ? '.' : dirname(file), specifier)
  for (const ending of ENDINGS) {
    try {
      return readFileSync(base + ending, 'utf8')
    } catch {
      // There is no such file: the next ending is tried.
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
      environment.error(`gradlens: ${file}: ${reason(error)}\n`)
    }
  }
  return good
}

const CODES: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'is a directory',
  EACCES: 'permission denied',
}

/** Why a file failed, in a few words. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  return CODES[code] ?? error.message
}
