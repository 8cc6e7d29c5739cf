/** Nodes of index notation, as those write them who build graphs: what the attributes of these entries mean stands here. */
import type { IndexId } from './indexTerms'
import type { Attributes, Dimension, NodeId, Shape } from './operation'

/** All that a node is but where it was written. */
export interface NodeForm {
  readonly op: string
  readonly inputs?: readonly NodeId[]
  readonly attributes: Attributes
  readonly shape?: Shape
}

export const ENTRY = 'entry'
const INDEX = 'indexValue'
export const isEntry = (op: string): boolean => op === ENTRY
export const isIndexValue = (op: string): boolean => op === INDEX

/** An array at places, one for each axis. */
export const entryNode = (array: NodeId, at: readonly string[]): NodeForm => ({
  op: ENTRY,
  inputs: [array],
  attributes: { at: [...at] },
})
/** The number that an index counts: at the place `position` its value is `at`. */
export const indexNode = (at: string, position: string): NodeForm => ({
  op: INDEX,
  attributes: { at, position },
  shape: [],
})
/** Kronecker's delta of two places. */
export const deltaNode = (at: readonly string[]): NodeForm => ({ op: 'delta', attributes: { at: [...at] }, shape: [] })
/** A size as a number. */
export const extentNode = (size: Dimension): NodeForm => ({ op: EXTENT, attributes: { size }, shape: [] })
const EXTENT = 'extent'
export const isExtent = (op: string): boolean => op === EXTENT
/** The array whose entry at these indices is the body. */
export const tabulatedNode = (body: NodeId, indices: readonly IndexId[]): NodeForm => ({
  op: TABULATED,
  inputs: [body],
  attributes: { indices: [...indices] },
})
export const TABULATED = 'tabulate'
/** The sum over an index. */
export const isSummation = (op: string): boolean => op === 'summation'

/** A vector of ones. */
export const onesNode = (size: Dimension): NodeForm => ({ op: ONES, attributes: { shape: [size] } })
const ONES = 'ones'
export const isOnes = (op: string): boolean => op === ONES
export const identityMatrixNode = (size: Dimension): NodeForm => ({
  op: 'identityMatrix',
  attributes: { shape: [size, size] },
})
