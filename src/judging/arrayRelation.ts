/** What a comparison of arrays says of a step: it holds, holds under an assumption, is wrong with a slip that it looks like, or can't be told. */
import { ancestors, type GraphBuilder, isGuessedIn, leavesOf, type NodeId } from '../graph/graph'
import { shownSize } from '../graph/sizes'
import { axesByLetter } from '../meaning/arrayNames'
import type { Built, Meaning } from '../meaning/build'
import { arrays, isMatrixProduct, isTransposition } from '../operations/arrays'
import { entryOf, tabulated } from '../operations/indexed'
import { letterOf, placeText, sizeOf } from '../operations/indexTerms'
import type { Shape } from '../operations/operation'
import { canBe, compareArrays, freeLetters, type Looks } from './arrays'
import type { Relation, Witness } from './equivalence'
import { deniesStructure, type Structure, SUM_TO_ONE, SYMMETRIC, structuresIn } from './structures'

const unknown = (reason: string): Relation => ({ kind: 'unknown', reason })

const DOUBTFUL = {
  opaque: 'A part of it can’t be read.',
  cyclic: 'A definition that it uses depends on itself.',
  independent: 'The function doesn’t depend on the variable here, so another one is meant.',
  variable: 'The variable of the derivative isn’t certain.',
} as const
const UNDEFINED = 'It uses a function that the note doesn’t define.'
const HIDDEN = 'It rests on a definition that can’t be read.'
const SHAPES = 'It has vectors or matrices of which the shapes aren’t known.'
const NO_VALUES = 'No values were found for which both sides are defined.'

/** What the note says of its arrays in words, and the claim's own lines of its indices. */
export interface Said {
  readonly text: string
  readonly line: string
  /** Nothing is asked but whether it holds. */
  readonly onlyEqual: boolean
}

/** Why nothing can be told of two sides with arrays whatever their numbers are; `null` where something may be. */
export function beyondTelling(truth: Built, side: Built): string | null {
  for (const [doubt, reason] of Object.entries(DOUBTFUL)) {
    if (truth.doubts.has(doubt as keyof typeof DOUBTFUL) || side.doubts.has(doubt as keyof typeof DOUBTFUL))
      return reason
  }
  if (usesUndefined(truth, side) && truth.derived.size + side.derived.size > 0) return UNDEFINED
  return truth.doubts.has('mismatch') ? SHAPES : null
}

const usesUndefined = (truth: Built, side: Built): boolean =>
  truth.doubts.has('undefined') || side.doubts.has('undefined')

/** How a side with arrays stands to the truth. */
export function relateArrays(world: Meaning, { text, line, onlyEqual }: Said, truth: Built, side: Built): Relation {
  const beyond = beyondTelling(truth, side)
  // By whichever variable a step holds, that one is meant.
  if (beyond !== null && beyond !== DOUBTFUL.variable) return unknown(beyond)
  const stranger = strangerIn(world, truth, side)
  // What doesn't fit together shows that a guess was wrong, not the step.
  const isGuess =
    [truth, side].some(({ node }) => isGuessedIn(world.builder.graph, node)) || hasLooseProduct(world, truth)
  if (side.doubts.has('mismatch')) {
    if (beyond !== null) return unknown(beyond)
    if (isGuess) return unknown(SHAPES)
    // Derivatives of arrays that nothing is known of are multiplied in whatever order their author means.
    if (usesUndefined(truth, side)) return unknown(UNDEFINED)
    if (hasDerivativeAsRow(world, side)) return unknown(SHAPES)
    return stranger === null ? misfit(world, truth, side) : unknown(stranger)
  }
  const stated = structuresIn(text)
  const found = compareArrays(world, truth.node, side.node, stated, onlyEqual)
  if (found.kind === 'equal') return { kind: 'equal', condition: null }
  if (beyond !== null) return unknown(beyond)
  if (onlyEqual) return unknown(SHAPES)
  if (usesUndefined(truth, side)) return unknown(UNDEFINED)
  // Whatever the definition says, what is equal for all values is equal for those.
  if ([truth, side].some(({ doubts }) => doubts.has('hidden') || doubts.has('veiled'))) return unknown(HIDDEN)
  if (found.kind === 'unknown') return unknown(found.reason === 'domain' ? NO_VALUES : SHAPES)
  if (stranger !== null) return unknown(stranger)
  if (hasLooseProduct(world, truth)) return unknown(SHAPES)
  if (found.kind === 'misfit') return isGuess ? unknown(SHAPES) : misfit(world, truth, side)
  if (isGuess && isOneANumber(world, truth, side)) return unknown(SHAPES)
  if (isEntryMeant(world, truth.node, side.node)) return unknown(SHAPES)
  const { rightWhere } = found.looks
  const letters = [truth, side].flatMap(({ node }) => freeLetters(world, node))
  // Where the line has both cases, each has to be right.
  const isOneCase = (where: 'same' | 'apart', other: 'same' | 'apart') =>
    saysOfIndices(line, letters, where) && !saysOfIndices(line, letters, other)
  if (rightWhere !== null && isOneCase(rightWhere, rightWhere === 'same' ? 'apart' : 'same'))
    return { kind: 'equal', condition: rightWhere === 'same' ? SAME_INDEX : INDICES_DIFFER }
  if (rightWhere === 'apart') return unknown(INDICES_DIFFER)
  const assumed = heldUnder(world, text, truth, side, stated)
  if (assumed !== null) return unknown(assumed)
  const { witness, looks } = found
  return {
    kind: 'different',
    constant: false,
    witness: {
      at: new Map(),
      left: witness.left,
      right: witness.right,
      apart: 1,
      arrays: witness,
      ...sentenceFor(world, truth, side, looks),
    },
  }
}

/** `\frac{\partial L}{\partial z} W` by a z with one column fits where derivatives are rows: another layout, and no slip. */
function hasDerivativeAsRow({ builder }: Meaning, side: Built): boolean {
  const asRow = (id: NodeId): Shape | null => {
    const [rows, columns] = builder.shapeOf(id) ?? []
    return builder.node(id).op === 'upstream' && rows !== undefined && columns === 1 ? [1, rows] : null
  }
  const areFitting = (left: Shape | null, right: Shape | null): boolean =>
    left?.length === 2 &&
    right?.length === 2 &&
    builder.sizes.resolve(left[1] ?? 0) === builder.sizes.resolve(right[0] ?? 0)
  return ancestors(builder.graph, side.node).some((id) => {
    const { op, inputs, attributes } = builder.node(id)
    const [a, b] = inputs
    if (!isMatrixProduct(op) || !attributes.mismatch || a === undefined || b === undefined) return false
    return areFitting(asRow(a), builder.shapeOf(b)) || areFitting(builder.shapeOf(a), asRow(b))
  })
}

/** A number beside an array: where shapes are guessed, a letter that was taken for a number may be an array. */
const isOneANumber = ({ builder }: Meaning, truth: Built, side: Built): boolean =>
  (builder.shapeOf(truth.node)?.length === 0) !== (builder.shapeOf(side.node)?.length === 0)

/** `\frac{\partial z_j}{\partial W_{ji}} = \frac{\partial}{\partial W_{ji}}(Wx + b)`: the array is written for its entry. */
function isEntryMeant(world: Meaning, truth: NodeId, side: NodeId): boolean {
  const { builder } = world
  const [array, number] = builder.shapeOf(truth)?.length === 0 ? [side, truth] : [truth, side]
  const [size, further] = builder.shapeOf(array) ?? []
  if (builder.shapeOf(number)?.length !== 0 || size === undefined || further !== undefined) return false
  return builder.indicesOf(number).some((index) => {
    if (!canBe(world, sizeOf(index), size) || !builder.sizes.equate(sizeOf(index), size)) return false
    const at = placeText({ parts: [{ index, factor: 1 }], offset: 0 })
    return areEqual(world, number, entryOf(builder, array, [at]))
  })
}

/** Beside arrays `X W` of two capitals that nothing is said of is no product of numbers. */
function hasLooseProduct({ builder }: Meaning, truth: Built): boolean {
  const isLoose = (id: NodeId): boolean => {
    const { op, name } = builder.node(id)
    return op === 'input' && name !== null && builder.shapeOf(id)?.length === 0 && axesByLetter(name) === 2
  }
  return truth.slopes
    .flatMap(({ of }) => ancestors(builder.graph, of))
    .some((id) => builder.node(id).inputs.length > 1 && builder.node(id).inputs.every(isLoose))
}

/** `(i = j)`, `\\quad i \\ne j` on the claim's lines. */
function saysOfIndices(line: string, letters: readonly string[], where: 'same' | 'apart'): boolean {
  const [one, other] = [...new Set(letters)].filter((letter) => /^[a-z]$/i.test(letter))
  if (one === undefined || other === undefined) return false
  const sign = where === 'same' ? '=' : String.raw`(?:\\neq?(?![a-z])|\\not\s*=|≠|!=)`
  return new RegExp(`(?<![\\w\\\\])(?:${one}\\s*${sign}\\s*${other}|${other}\\s*${sign}\\s*${one})(?!\\w)`, 'u').test(
    line,
  )
}

const SAME_INDEX = 'It holds where the two indices are the same.'
const INDICES_DIFFER = 'It holds where the two indices differ.'

function misfit(world: Meaning, truth: Built, side: Built): Relation {
  const shapes = [world.builder.shapeOf(truth.node), world.builder.shapeOf(side.node)] as const
  const sentence = shapeSlip(world, side, ...shapes)
  const witness: Witness = {
    at: new Map(),
    left: Number.NaN,
    right: Number.NaN,
    apart: 1,
    arrays: { shapes },
    sentence,
  }
  return { kind: 'different', constant: false, witness }
}

/** What two shapes that differ look like: turned, or with an axis over which the truth sums. */
function shapeSlip(world: Meaning, side: Built, right: Shape | null, written: Shape | null): string {
  if (!right || !written || side.doubts.has('mismatch')) return SLIPS.shapes
  const { graph } = world.builder
  const text = (shape: Shape) => shape.map((size) => String(shownSize(graph.sizes, size)))
  const [a, b] = [text(right), text(written)]
  if (a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0]) return SLIPS.transposed
  const over = b.findIndex((_size, k) => b.length === a.length + 1 && b.toSpliced(k, 1).join() === a.join())
  return over < 0 ? SLIPS.shapes : `The sum over ${b[over]} is missing.`
}

/** Something that the side has and the truth knows nothing of. */
function strangerIn(world: Meaning, truth: Built, side: Built): string | null {
  const { graph } = world.builder
  const functions = [...new Set(truth.slopes.map(({ of }) => of))]
  const known = new Set(leavesOf(graph, [truth.node, ...functions]))
  const own = leavesOf(graph, [side.node])
  for (const id of own) {
    const { op, name } = world.builder.node(id)
    if (op === 'input' && !world.generic.has(id) && !known.has(id))
      return `${name?.plain ?? 'A name'} isn’t defined in the note.`
  }
  const symbols = (ids: readonly NodeId[]) =>
    ids
      .filter((id) => world.builder.node(id).op === 'upstream')
      .sort()
      .join()
  const isKnown = symbols(leavesOf(graph, [truth.node])) === symbols(own)
  return isKnown ? null : UNDEFINED
}

/** An assumption that authors make without saying it, under which the step holds: then nothing is proved. */
function heldUnder(
  world: Meaning,
  text: string,
  truth: Built,
  side: Built,
  stated: ReadonlyMap<string, Structure>,
): string | null {
  const { builder } = world
  const leaves = leavesOf(builder.graph, [truth.node, side.node]).filter((id) => builder.node(id).op === 'input')
  const under = (structure: Structure, ids: readonly NodeId[]): boolean => {
    const all = new Map([...ids.map((id) => [builder.node(id).name?.key ?? '', structure] as const), ...stated])
    return areEqual(world, truth.node, side.node, all)
  }
  const square = leaves.filter((id) => {
    const shape = builder.shapeOf(id)
    const isSquare =
      shape?.length === 2 && builder.sizes.resolve(shape[0] ?? 1) === builder.sizes.resolve(shape[1] ?? 1)
    return isSquare && maySymmetric(world, text, truth, id)
  })
  if (square.length > 0 && !deniesStructure(text) && under(SYMMETRIC, square)) return 'It holds for symmetric matrices.'
  const targets = leaves.filter((id) => (builder.shapeOf(id)?.length ?? 0) > 0 && isTarget(world, id))
  return targets.length > 0 && under(SUM_TO_ONE, targets) ? 'It holds where the targets sum to one.' : null
}

/** Authors leave unsaid that a matrix is symmetric where it is a covariance or stands in a quadratic form; of weights nobody means it. */
function maySymmetric({ builder }: Meaning, text: string, truth: Built, id: NodeId): boolean {
  if (SPEAKS_OF_SYMMETRY.test(text) || /^(?:Sigma|Lambda|Omega)/.test(builder.node(id).name?.key ?? '')) return true
  return truth.slopes.flatMap(({ of }) => ancestors(builder.graph, of)).some((node) => isQuadratic(builder, node, id))
}
const SPEAKS_OF_SYMMETRY =
  /symmetr|sim[eé]tric|covarian|hessian|kernel|\bgram\b|laplacian|adjacency|対称|对称|對稱|共分散|協方差|协方差|ヘッセ|黑塞|海森|カーネル|二次形式|二次型|대칭|공분산/iu

/** xᵀ A x, of one x. */
function isQuadratic(builder: GraphBuilder, node: NodeId, matrix: NodeId): boolean {
  const { op, inputs } = builder.node(node)
  const factors = isMatrixProduct(op) ? inputs.flatMap((input) => matrixFactors(builder, input)) : []
  return factors.some((factor, k) => {
    const before = builder.node(factors[k - 1] ?? factor)
    return factor === matrix && isTransposition(before.op) && before.inputs[0] === factors[k + 1]
  })
}

/** The factors of a chain of matrix products, from left to right. */
function matrixFactors(builder: GraphBuilder, id: NodeId): NodeId[] {
  const { op, inputs, name } = builder.node(id)
  return isMatrixProduct(op) && name === null ? inputs.flatMap((input) => matrixFactors(builder, input)) : [id]
}

/** Equal for all entries that arrays with what is stated of them may have. */
export const areEqual = (
  world: Meaning,
  a: NodeId,
  b: NodeId,
  stated: ReadonlyMap<string, Structure> = new Map(),
): boolean => compareArrays(world, a, b, stated).kind === 'equal'

/** What a softmax is compared with. */
const isTarget = ({ builder }: Meaning, id: NodeId): boolean =>
  /^(?:[tTyYpq]|y_hat|d)(?:_bold)?$/.test(builder.node(id).name?.key ?? '')

export const MISFIT = 'Its shapes don’t fit together.'
const SLIPS = {
  shapes: MISFIT,
  transposed: 'A transposition is missing or too many.',
  sign: 'The sign is wrong.',
  sameIndex: 'It is right only where the two indices are the same.',
} as const

function sentenceFor(world: Meaning, truth: Built, side: Built, looks: Looks): { readonly sentence?: string } {
  if (looks.rightWhere === 'same') return { sentence: SLIPS.sameIndex }
  if (looks.factor !== null && Math.abs(looks.factor + 1) < 1e-7) return { sentence: SLIPS.sign }
  if (looks.factor !== null) return { sentence: factorSentence(looks.factor) }
  if (looks.size !== null) {
    const { symbol, power } = looks.size
    return { sentence: power === 1 ? `The factor 1/${symbol} is missing.` : `The factor ${symbol} is missing.` }
  }
  if (isTransposed(world, truth.node, side.node)) return { sentence: SLIPS.transposed }
  const index = wrongIndex(world, truth.node, side.node)
  return index === null ? {} : { sentence: index }
}

/** A step that is right once two of its free indices have changed places. */
function wrongIndex(world: Meaning, truth: NodeId, side: NodeId): string | null {
  const { builder } = world
  const [first, second, third] = builder.indicesOf(side)
  if (first === undefined || second === undefined || third !== undefined) return null
  if (!builder.sizes.equate(sizeOf(first), sizeOf(second))) return null
  const table = tabulated(builder, side, [first, second])
  const at = [second, first].map((index) => placeText({ parts: [{ index, factor: 1 }], offset: 0 }))
  const turned = entryOf(builder, table, at)
  if (!areEqual(world, truth, turned)) return null
  return `The indices ${letterOf(first)} and ${letterOf(second)} are interchanged.`
}

function factorSentence(factor: number): string {
  const missing = 1 / factor
  const isWhole = (x: number) => Math.abs(x - Math.round(x)) < 1e-7 && Math.abs(x) < 1000
  if (isWhole(missing)) return `The factor ${Math.round(missing)} is missing.`
  if (isWhole(factor)) return `The factor ${Math.round(factor)} is too many.`
  return 'It differs by a factor.'
}

function isTransposed(world: Meaning, truth: NodeId, side: NodeId): boolean {
  const { builder } = world
  if (builder.shapeOf(truth)?.length !== 2) return false
  return areEqual(world, arrays<NodeId>(builder.apply).transposed(truth), side)
}
