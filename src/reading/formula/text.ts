/** Words inside of mathematics: names, or prose that parts statements. */
import { isProseScript } from './characters'

const PROSE = new Set(
  (
    'where and or if for else otherwise when with from by so then thus hence let that such is are be the of in on to at as we have get ' +
    'since because therefore given subject st s.t. i.e. e.g. not which this it all any each every only find set substitute using ' +
    'const constant elsewhere while but case cases note since therefore respectively resp. iff after before'
  ).split(' '),
)

/** Text that says something instead of naming a quantity. */
export function isProse(text: string): boolean {
  const word = text.trim()
  if (word === '' || isProseScript(word)) return true
  if (PROSE.has(word.toLowerCase().replace(/[,.:;]+$/, ''))) return true
  return !/^[\p{L}][\p{L}\p{N}_.-]*$/u.test(word)
}

/** A phrase that can name a quantity where nothing else stands on its side: `\text{Marginal utility}`. */
export const isPhrase = (text: string): boolean => {
  const words = text.trim().split(/\s+/)
  if (words.length > 5 || isProseScript(text)) return false
  return (
    words.every((word) => /^[\p{L}][\p{L}\p{N}_-]*$/u.test(word)) &&
    !words.every((word) => PROSE.has(word.toLowerCase())) &&
    !PROSE.has((words[0] ?? '').toLowerCase())
  )
}

/** A letter run of LaTeX mathematics that is English prose. */
export const isProseRun = (run: string): boolean => PROSE.has(run) && run.length > 1

/** The words of a last case. */
export const isOtherwise = (text: string): boolean =>
  /otherwise|else|else\s*where|その他|それ以外|他の場合|其他|其它|否则/i.test(text)
