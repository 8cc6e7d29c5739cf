/** A sentence that speaks of keys: each is drawn as a key. */
import { html, type TemplateResult } from 'lit'

/** `{0}` is the first of the keys, and so on. */
export function withKeys(sentence: string, ...keys: readonly string[]): TemplateResult {
  const parts = sentence.split(/\{(\d)\}/)
  return html`${parts.map((part, i) => (i % 2 === 0 ? part : html`<kbd>${keys[Number(part)] ?? ''}</kbd>`))}`
}
