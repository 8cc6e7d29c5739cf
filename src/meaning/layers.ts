/**
 * Definitions that a note writes once for all layers, `z^l = w^l a^{l-1} + b^l`: what they say of the layer that another name has.
 * Only layers that the note writes are filled in, so that a recurrence ends where the note lets it end.
 */
import { rewritten } from '../reading/rewritten'
import type { Definition, Expr, Indexed, IndexTerm, Name, Statement } from '../reading/statement'
import { namesIn, namesOf } from './parts'

/** A script that says a layer: `l+1`, `L`, `2`, with the brackets that stand around it. */
interface Layer {
  readonly brackets: string
  /** Empty for a number. */
  readonly letter: string
  readonly offset: number
}

const LAYER = /^([([]?)([A-Za-z]|ell)?(?:([+-]?)(\d+))?[)\]]?$/

/** The layer that a mark above a name says; `null` for another mark, and where there is none. */
function layerOf({ key }: Name): Layer | null {
  const mark = /^[^^]+\^([^^']+)'*$/.exec(key)?.[1]
  const [, brackets = '', letter = '', sign = '', digits] = (mark && LAYER.exec(mark)) || []
  if (letter === '' && (digits === undefined || sign !== '')) return null
  if (letter !== '' && digits !== undefined && sign === '') return null
  return { brackets, letter, offset: Number(`${sign}${digits ?? 0}`) }
}

const textOf = ({ letter, offset }: Layer): string =>
  letter === '' ? String(offset) : offset === 0 ? letter : `${letter}${offset > 0 ? '+' : ''}${offset}`

const keyOf = (layer: Layer): string => layer.brackets + textOf(layer)

/** The name without its layer, `z` of `z^{(l)}`. */
const stemOf = (name: Name): string => name.key.slice(0, name.key.indexOf('^'))

/**
 * What a definition that a note writes for all layers says of the layer of a name; `null` where it isn't one for all, and of layers
 * that the note doesn't write.
 * @param wholeOf a name without its places as an entry
 */
export function layersOf(
  statements: readonly Statement[],
  wholeOf: (name: Name) => Name,
): (name: Name, general: Definition) => Definition | null {
  const written = new Set<string>()
  for (const statement of statements) {
    for (const name of namesOf(statement)) {
      const layer = layerOf(wholeOf(name))
      if (layer) written.add(keyOf(layer))
    }
  }
  const known = new Map<Definition, Map<string, Definition>>()
  const isCounted = ({ brackets, letter }: Layer): boolean =>
    [-1, 1].some((offset) => written.has(keyOf({ brackets, letter, offset })))
  return (name, general) => {
    const [layer, own] = [layerOf(name), layerOf(wholeOf(general.target))]
    if (!layer || !own || !written.has(keyOf(layer)) || (layer.letter === '' && layer.offset < 1)) return null
    if (own.letter === '' || own.offset !== 0 || own.brackets !== layer.brackets || !isCounted(own)) return null
    const made = known.get(general) ?? new Map<string, Definition>()
    known.set(general, made)
    const filled = made.get(keyOf(layer)) ?? filledIn(general, own.letter, layer)
    made.set(keyOf(layer), filled)
    return filled
  }
}

/** One key for the names of all layers: whether they are arrays, and of how many axes, is the same for each. */
export const sharedKey = (key: string): string => {
  const layer = layerOf({ key, latex: key, plain: key })
  return layer ? `${key.slice(0, key.indexOf('^'))}^${layer.brackets}` : key
}

/** `w^l a^{l-1}`: what comes out of one layer goes into the next. */
export function areConsecutive(weights: Name, input: Name): boolean {
  const [own, other] = [layerOf(weights), layerOf(input)]
  return (
    own !== null &&
    other !== null &&
    own.brackets === other.brackets &&
    own.letter === other.letter &&
    own.offset - other.offset === 1
  )
}

/** The stem of a name that says a layer, `z` of `z^{(l)}`; `null` for any other. */
export const layeredStem = (name: Name): string | null => (layerOf(name) ? stemOf(name) : null)

/** `\delta^l = (w^{l+1})^\top \delta^{l+1} \odot \sigma'(z^l)`: it says of a layer what another layer's is. */
export function isRecurrence({ target, expr }: Definition, wholeOf: (name: Name) => Name): boolean {
  const own = wholeOf(target)
  const stem = layeredStem(own)
  return (
    stem !== null &&
    namesIn(expr).some((each) => {
      if (each.kind !== 'name') return false
      const other = wholeOf(each.name)
      return other.key !== own.key && layeredStem(other) === stem
    })
  )
}

/** A definition with another layer for its letter. */
function filledIn(definition: Definition, letter: string, layer: Layer): Definition {
  const rename = (name: Name): Name => renamed(name, letter, layer)
  const change = (part: Expr): Expr | null => {
    if (part.kind === 'name') return { ...part, name: rename(part.name) }
    if (part.kind !== 'call') return null
    return { ...part, callee: rename(part.callee), args: part.args.map((arg) => rewritten(arg, change)) }
  }
  return { ...definition, target: rename(definition.target), expr: rewritten(definition.expr, change) }
}

/** The name with its layer counted from another one. */
function renamed(name: Name, letter: string, to: Layer): Name {
  const own = layerOf(name)
  if (!own || own.letter !== letter) return name
  const layer = { ...to, offset: to.offset + own.offset, brackets: own.brackets }
  const close = own.brackets === '(' ? ')' : own.brackets === '[' ? ']' : ''
  const mark = `${own.brackets}${textOf(layer)}${close}`
  const behind = (text: string): string =>
    text.replace(/\^(?:\{[^{}]*\}|[^'])('*)$/, `^${mark.length > 1 ? `{${mark}}` : mark}$1`)
  const term: IndexTerm = {
    letters: layer.letter === '' ? [] : [{ key: layer.letter, latex: layer.letter, factor: 1 }],
    offset: layer.offset,
  }
  return {
    key: name.key.replace(/\^[^^']+('*)$/, `^${mark}$1`),
    latex: behind(name.latex),
    plain: behind(name.plain),
    ...(name.indexed && { indexed: renamedEntry(name.indexed, letter, to, term) }),
    ...(name.unprimed && { unprimed: renamed(name.unprimed, letter, to) }),
  }
}

function renamedEntry({ base, at, raised }: Indexed, letter: string, to: Layer, term: IndexTerm): Indexed {
  const whole = raised && { ...raised, at: [term, ...raised.at.slice(1)] }
  return { base: renamed(base, letter, to), at, ...(whole && { raised: whole }) }
}
