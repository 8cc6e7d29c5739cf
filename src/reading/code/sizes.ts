/**
 * Sizes that parameters are taken to have where a function is to be tried with numbers and nothing says how long its
 * lists are: three, or as long as the function asks for.
 */
import type { Shape } from '../../operations/operation'
import type { Expression, FunctionCode, Pattern, Statement } from './core'
import { namesBound } from './scope'
import { walkCode } from './walk'

const USUAL = 3

/** The shapes of a function's parameters that are used as lists, by name. */
export function assumedShapes({ parameters, body }: FunctionCode): Map<string, Shape> {
  const shapes = new Map<string, Shape>()
  for (const { pattern, type, rest } of parameters) {
    if (pattern.kind !== 'name' || rest) continue
    const uses = usesOf(body, pattern.name)
    const rank = type === null ? uses.rank : rankOfType(type)
    const size = Math.max(USUAL, uses.largest + 1)
    if (rank > 0 && uses.isGeneral)
      shapes.set(
        pattern.name,
        Array.from({ length: rank }, () => size),
      )
  }
  return shapes
}

/** `number[]` is 1, `number[][]` and `Float64Array[]` are 2, anything else 0. */
function rankOfType(type: string): number {
  const text = type.replace(/\breadonly\s+|\s*\|\s*(undefined|null)\b|[\s()]/g, '')
  const lists = text.replace(/^(?:Readonly)?Array<(.+)>$/, '$1[]').replace(/^(?:Readonly)?Array<(.+)>/, '$1[]')
  if (/^(number\[\]|Float(32|64)Array)$/.test(lists)) return 1
  return /^(number\[\]\[\]|Float(32|64)Array\[\])$/.test(lists) ? 2 : 0
}

interface Uses {
  /** How many indices deep it is used as a list. */
  readonly rank: number
  /** Used as a whole, or asked for its length: with indices alone its parts are inputs, however many they are. */
  readonly isGeneral: boolean
  /** The largest index that is written. */
  readonly largest: number
}

const LIST_MEMBERS =
  /^(length|map|reduce|reduceRight|forEach|filter|slice|every|some|at|entries|keys|values|flatMap|concat)$/

/** What is done to numbers alone: `p * t` where `p` may also be asked for its length. */
const ARITHMETIC = /^(-|\*|\/|\*\*|%)$/

/** How a name is used in a piece of code. */
function usesOf(code: readonly Statement[], name: string): Uses {
  let rank = 0
  let isGeneral = false
  let largest = -1
  let isNumber = false
  const is = (part: Expression): boolean => part.kind === 'name' && part.name === name
  walkCode(code, (part) => {
    const found = part as Expression
    if (found.kind === 'member' && is(found.object) && LIST_MEMBERS.test(found.key)) {
      rank = Math.max(rank, 1)
      isGeneral = true
    }
    if (
      found.kind === 'member' &&
      found.object.kind === 'index' &&
      is(found.object.object) &&
      LIST_MEMBERS.test(found.key)
    )
      rank = 2
    if (found.kind === 'index' && is(found.object)) {
      const [index] = found.indices
      if (index?.kind === 'number') largest = Math.max(largest, index.value)
      if (index?.kind !== 'text') rank = Math.max(rank, 1)
    }
    if (found.kind === 'index' && found.object.kind === 'index' && is(found.object.object)) rank = 2
    isNumber ||= found.kind === 'operation' && ARITHMETIC.test(found.op) && found.args.some(is)
    if (found.kind === 'call' && rowsOf(found, is)) rank = 2
    // Handed on as a whole: to a helper that takes the list.
    if (found.kind === 'call' && found.args.some(({ value }) => is(value))) isGeneral = true
    if (
      (part.kind === 'each' && is(part.source)) ||
      (found.kind === 'list' && found.items.some((item) => item.spread && is(item.value)))
    ) {
      rank = Math.max(rank, 1)
      isGeneral = true
    }
    if (part.kind === 'each' && is(part.source) && isList(part.body, part.pattern)) rank = 2
    return true
  })
  return { rank: isNumber ? 0 : rank, isGeneral, largest }
}

/** `X.map((row) => row.reduce(…))`: what is handed to the callback is a list itself. */
function rowsOf({ callee, args }: Expression & { kind: 'call' }, is: (part: Expression) => boolean): boolean {
  const [first] = args
  if (callee.kind !== 'member' || !is(callee.object) || first?.value.kind !== 'lambda') return false
  const { parameters, body } = first.value.code
  const item = parameters[/^reduce/.test(callee.key) ? 1 : 0]
  return item !== undefined && isList(body, item.pattern)
}

const isList = (code: readonly Statement[], pattern: Pattern): boolean =>
  pattern.kind === 'listPattern' || namesBound(pattern).some(({ name }) => usesOf(code, name).rank > 0)
