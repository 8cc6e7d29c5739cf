/** Columns and colours of a terminal. */

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/

/**
 * Text of a file as a terminal may have it: what would move the cursor, set a title or colour is shown instead of done.
 * A line end stays one.
 */
export const harmless = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd'
  })

/** Columns that a text takes: East Asian characters take two. */
export const width = (text: string) => [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0)

/** The text with spaces up to this many columns. */
export const pad = (text: string, columns: number) => text + ' '.repeat(Math.max(0, columns - width(text)))

/** Colours a text by an ANSI code, or leaves it as it is. */
export const painter = (colour: boolean) => (code: number, text: string) =>
  colour ? `\u001b[${code}m${text}\u001b[0m` : text
