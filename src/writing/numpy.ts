/** Graphs as expressions of Python with NumPy. */
import type { NodeId } from '../graph/graph'
import { operationSpelled } from '../operations/index'
import { type Attributes, type Operation, PRECEDENCE, type Printed } from '../operations/operation'
import type { Dialect } from './gradientBody'
import { exactNumber } from './number'
import type { Form } from './print'

/** What NumPy has under a name; `null` where it has no such function. */
const functionIn = (entry: Operation): string | null =>
  entry.spellings.python?.find((spelling) => spelling.startsWith('np.')) ?? null

const OPERATOR = /^(?:[-+*/@<>]|\*\*|[<>=!]=)$/

const isOperator = (entry: Operation): boolean => entry.spellings.python?.some((each) => OPERATOR.test(each)) ?? false

/** A sign before its input, or nothing. */
const isBare = (entry: Operation): boolean =>
  entry.arity === 1 && /^-?a$/.test(entry.text([{ text: 'a', precedence: PRECEDENCE.atom }], {}).text)

/** How a reduction says along which axis, and whether that stays; a sign and the letter of a size only matter to a reader. */
const KEYWORDS: Readonly<Record<string, (value: unknown) => string>> = {
  axis: (value) => (value === null ? '' : `, axis=${value}`),
  keep: (value) => (value ? ', keepdims=True' : ''),
  sign: () => '',
  size: () => '',
}

function canWrite(entry: Operation | undefined, attributes: Attributes): boolean {
  if (!entry) return false
  if (!entry.elementwise && !Object.keys(attributes).every((key) => Object.hasOwn(KEYWORDS, key))) return false
  return functionIn(entry) !== null || isOperator(entry) || isBare(entry) || isSharedExpression(entry)
}

/** An expression of TypeScript that Python reads alike, but for the names of functions. */
const isSharedExpression = ({ expression }: Operation): boolean => {
  const probe = { text: 'a', precedence: PRECEDENCE.atom }
  const text = expression?.typescript?.([probe, probe, probe]).text
  return text !== undefined && !/[?|&!=]|Number|\.\.\./.test(text)
}

/** `Math.exp` as NumPy has it. */
const translated = (text: string): string =>
  text.replace(/\bMath\.\w+/g, (name) => {
    const entry = operationSpelled('typescript', name)
    return (entry && functionIn(entry)) ?? name.replace('Math.', 'np.')
  })

const atom = ({ text, precedence }: Printed): string => (precedence < PRECEDENCE.atom ? `(${text})` : text)

function operationText(entry: Operation, inputs: readonly Printed[], attributes: Attributes): Printed {
  const [a, b] = inputs
  const own = functionIn(entry)
  if (isOperator(entry) || isBare(entry)) {
    const plain = entry.text(inputs, attributes)
    if (plain.precedence === PRECEDENCE.power && a && b) return { ...plain, text: `${atom(a)} ** ${atom(b)}` }
    // What compares binds less than all else, also than what stands around it in a sum.
    return plain.precedence === PRECEDENCE.comparison ? { text: `(${plain.text})`, precedence: PRECEDENCE.atom } : plain
  }
  if (own !== null) {
    const given = Object.entries(attributes).map(([key, value]) => KEYWORDS[key]?.(value) ?? '')
    return {
      text: `${own}(${inputs.map(({ text }) => text).join(', ')}${given.join('')})`,
      precedence: PRECEDENCE.atom,
    }
  }
  const expression = entry.expression?.typescript?.(inputs)
  return expression ? { ...expression, text: translated(expression.text) } : entry.text(inputs, attributes)
}

function leafText(value: number, text: unknown): Printed {
  if (text === '\\pi' || text === 'π' || text === 'Math.PI') return { text: 'np.pi', precedence: PRECEDENCE.atom }
  if (Number.isFinite(value))
    return { text: exactNumber(value), precedence: value < 0 ? PRECEDENCE.negation : PRECEDENCE.atom }
  return { text: Number.isNaN(value) ? 'np.nan' : value > 0 ? 'np.inf' : '-np.inf', precedence: PRECEDENCE.negation }
}

const form = (names: ReadonlyMap<NodeId, string>): Form => ({
  name: (node) => names.get(node.id) ?? null,
  named: (text) => ({ text, precedence: PRECEDENCE.atom }),
  leaf: ({ attributes }) => leafText(attributes.value as number, attributes.text),
  operation: operationText,
})

export const NUMPY: Dialect = { form, canWrite, declare: (name, value) => `${name} = ${value}` }
