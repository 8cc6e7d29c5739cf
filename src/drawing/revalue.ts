/** The same drawing with other numbers in it: places stay, so that the eye can follow what changes. */
import type { NodeId } from '../graph/graph'
import type { Tensor } from '../operations/operation'
import { latexTensor } from '../writing/tensor'
import type { Placed } from './letters'
import { FIGURES } from './picture'
import type { Scene, SceneSaying, Slot } from './scene'
import { type Typeset, typesetNow } from './typeset'

/** @param tensorAt the value of a node now; `null` leaves the place empty */
export function revalued(scene: Scene, tensorAt: (node: NodeId) => Tensor | null): Scene {
  const formulas: Typeset[] = [...scene.formulas]
  const known = new Map<string, number>()
  const written = (slot: Slot): Placed | null => {
    const value = tensorAt(slot.node)
    if (!value) return null
    const latex = `${slot.isSide ? '{} = ' : ''}${latexTensor(value, FIGURES)}`
    const formula = known.get(latex) ?? formulas.push(typesetNow(latex)) - 1
    known.set(latex, formula)
    const picture = formulas[formula] as Typeset
    const size = Math.min(slot.size, slot.room / picture.width)
    const width = picture.width * size
    const rise = { on: 0, above: -picture.depth * size, under: picture.height * size }[slot.side]
    return { formula, x: slot.anchor === 'middle' ? slot.x - width / 2 : slot.x, y: slot.y + rise, size }
  }
  const anew = <T extends SceneSaying>(saying: T | null): T | null =>
    saying?.slot ? { ...saying, figure: written(saying.slot) } : saying
  const edges = scene.edges.map((edge) => ({
    ...edge,
    value: anew(edge.value),
    gradient: anew(edge.gradient),
    local: anew(edge.local),
  }))
  const nodes = scene.nodes.map((node) => ({
    ...node,
    total: anew(node.total),
    cells: node.cells.map((cell) => ({ ...cell, ...anew(cell) })),
  }))
  return { ...scene, nodes, edges, formulas }
}
