/** Sentences of the core in the language of the editor. The core builds them from English templates and knows no other language. */

export type Bundle = Readonly<Record<string, string>>

interface Template {
  readonly pattern: RegExp
  /** Which placeholder each group of the pattern stands for. */
  readonly places: readonly number[]
  readonly translation: string
}

const BETWEEN_SENTENCES = /(?<=\.) (?=[A-Z[])/
const PLACEHOLDER = /\{(\d+)\}/g
const PLACE = / ?\{(\d+)\} ?/g
/** `{0} of {1}`, a count of the panel: of a sentence it would be found in the middle of many that it has nothing to do with. */
const NO_WORDS_OF_ITS_OWN = /^\{\d+\}.*\{\d+\}$/s

/** Translates by a bundle whose keys are English sentences, with `{0}` where something is put in. What it lacks stays English. */
export function translator(bundle: Bundle | undefined): (sentence: string) => string {
  if (!bundle) return (sentence) => sentence
  const templates = Object.entries(bundle)
    .filter(([key]) => key.search(PLACEHOLDER) >= 0 && !NO_WORDS_OF_ITS_OWN.test(key))
    .map(([key, translation]) => templateOf(key, translation))
    // The one that says most by itself comes first: `The factor {0} is missing.` before `{0} is missing.`
    .sort((a, b) => b.pattern.source.length - a.pattern.source.length)
  const translate = (sentence: string): string => {
    const whole = bundle[sentence]
    if (whole !== undefined) return whole
    const sentences = sentence.split(BETWEEN_SENTENCES)
    if (sentences.length > 1) return sentences.map(translate).join('')
    for (const { pattern, places, translation } of templates) {
      const match = pattern.exec(sentence)
      if (!match) continue
      return translation.replace(PLACE, (place, index) => {
        const part = match[places.indexOf(Number(index)) + 1] ?? ''
        const said = isPhrase(part) && part !== sentence ? translate(part) : part
        // Spaces set off a name or a formula; a phrase of these languages needs none.
        return said === part ? place.replace(PLACEHOLDER, () => part) : said
      })
    }
    return sentence
  }
  return translate
}

/** What is put in may be a sentence or a phrase of the core; a single word is a name and stays as it is: `mean`, `size`. */
const isPhrase = (part: string): boolean => part.includes(' ')

function templateOf(key: string, translation: string): Template {
  const places = [...key.matchAll(PLACEHOLDER)].map((match) => Number(match[1]))
  const source = key
    .split(PLACEHOLDER)
    .map((part, i) => (i % 2 === 1 ? '(.+?)' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')))
  return { pattern: new RegExp(`^${source.join('')}$`, 's'), places, translation }
}
