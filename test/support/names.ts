/** Names for graphs that tests build by hand. */
import type { Name } from '../../src/reading/statement'

/** A name that is the same in every notation. */
export const asciiName = (text: string): Name => ({ key: text, latex: text, plain: text })
