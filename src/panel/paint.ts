/** What the parts of the drawing look like beside their form: classes that follow selection, light and the passes. */
import type { Drawn } from './elements'
import type { Links } from './links'

/** How far the passes have come: nodes whose value is known, and whose gradient is. */
export interface Unveiled {
  readonly values: ReadonlySet<number> | null
  readonly gradients: ReadonlySet<number>
  /** The step at hand, or the node that is asked about. */
  readonly current: number | null
  /** Gradients that aren't known are asked for: a question mark stands in their place. */
  readonly asks: boolean
}
/** All that classes follow. Nodes and edges are called by their keys. */
export interface Looks {
  readonly links: Links
  readonly selected: string | null
  /** The node whose way to the output is lit for a moment. */
  readonly lit: string | null
  readonly marked: ReadonlySet<string>
  readonly unveiled: Unveiled | null
  /** The node that each edge leaves. */
  readonly edgeStart: ReadonlyMap<string, number>
}

/** Gives the drawn parts their classes. */
export function paintClasses(
  drawn: { readonly nodes: ReadonlyMap<string, Drawn>; readonly edges: ReadonlyMap<string, Drawn> },
  looks: Looks,
): void {
  const { links, selected, lit, marked, unveiled } = looks
  const path = lit ?? selected
  const way = path ? links.pathFrom(path) : null
  for (const [key, { element }] of drawn.edges) {
    const from = looks.edgeStart.get(key)
    const hidden = unveiled !== null && from !== undefined ? unveiled : null
    const lacksGradient = hidden !== null && !hidden.gradients.has(from as number)
    turn(element, {
      lit: way?.edges.has(key) ?? false,
      'no-value': hidden !== null && hidden.values !== null && !hidden.values.has(from as number),
      'no-gradient': lacksGradient,
      asks: lacksGradient && hidden.asks,
      current: hidden !== null && from === hidden.current,
    })
  }
  for (const [key, { element }] of drawn.nodes) {
    const node = links.node(key)
    const isOutput = node?.kind === 'output'
    turn(element, {
      lit: (way?.nodes.has(key) ?? false) && key !== path,
      selected: key === selected,
      pointed: key === lit,
      marked: marked.has(key),
      current: unveiled !== null && node?.id === unveiled.current && !isOutput,
      'no-gradient': unveiled !== null && !unveiled.gradients.has(node?.id ?? -1),
    })
    element.setAttribute('tabindex', key === (selected ?? links.first) && !isOutput ? '0' : '-1')
    element.setAttribute('aria-pressed', String(key === selected))
  }
}

function turn(element: SVGGElement, classes: Readonly<Record<string, boolean>>): void {
  for (const [name, on] of Object.entries(classes)) element.classList.toggle(name, on)
}
