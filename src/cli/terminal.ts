/** Columns and colours of a terminal. */

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/

/** Columns that a text takes: East Asian characters take two. */
export const width = (text: string) => [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0)

/** The text with spaces up to this many columns. */
export const pad = (text: string, columns: number) => text + ' '.repeat(Math.max(0, columns - width(text)))

/** Colours a text by an ANSI code, or leaves it as it is. */
export const painter = (colour: boolean) => (code: number, text: string) =>
  colour ? `\u001b[${code}m${text}\u001b[0m` : text
