/** How units are written: `kg`, `m/s^2`. */

/** Symbols of units, with the usual prefixes. */
const SYMBOL =
  /^(?:[kMGTcdmnpµμ]?(?:m|g|s|A|K|N|Pa|J|W|C|V|F|H|T|Ω|Hz|L|l|mol|cd|eV|cal|bar|bit|B)|min|h|hr|deg|rad|sr|ft|in|mi|lb|mph|°C?)$/
/** Several of them in one text: `m/s^2`, `kg·m`. */
const COMPOUND = /^[^\s/·*^\d-]+(?:\^?-?\d)?(?:[/·*][^\s/·*^\d-]+(?:\^?-?\d)?)*$/

/** Units alone, joined by signs: `m/s^2`. */
export const isSymbol = (word: string): boolean =>
  COMPOUND.test(word) && word.split(/[/·*]/).every((part) => SYMBOL.test(part.replace(/\^?-?\d$/, '')))
