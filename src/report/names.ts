/** The identifiers that the text form of a derivation uses. */
import type { Derivation } from '../derivation'
import { type TextNames, textNames } from '../writing/text'

/** One for each named node: none twice. The order of the nodes decides, so that it is the same for the same text. */
export function namesIn(derivation: Derivation): TextNames {
  const upstream = derivation.upstream ? [derivation.upstream.node] : []
  return textNames(derivation.graph, [...new Set([...derivation.written, ...upstream])])
}
