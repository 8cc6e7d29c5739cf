/** Readings in a compact form, so that a row of a table reads as a specification. */
import { noteContext, readPassage } from '../../../src/reading/formula'
import { readMarkdown } from '../../../src/reading/markdown'
import type { Expr, Passage, Reading, Statement } from '../../../src/reading/statement'

const SIGNS: Readonly<Record<string, string>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  power: '^',
  less: '<',
  lessEqual: '<=',
  greater: '>',
  greaterEqual: '>=',
  equals: '==',
  notEqual: '!=',
}
/** Short words for what stands in many rows. */
const WORDS: Readonly<Record<string, string>> = { piecewise: 'select', summation: 'total', signum: 'sign' }
export const wordOf = (op: string): string => WORDS[op] ?? op

/** An expression with all brackets, operations by their signs, short words or names in the table. */
export function printExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.text
    case 'name':
      return expr.name.key
    case 'apply': {
      const args = expr.args.map(printExpr)
      const sign = SIGNS[expr.op]
      if (sign && args.length === 2)
        return `(${args[0]} ${expr.attributes?.sign === 'hadamard' ? '.*' : sign} ${args[1]})`
      return expr.op === 'negate' ? `-${args[0]}` : `${wordOf(expr.op)}(${args.join(', ')})`
    }
    case 'call':
      return `${expr.callee.key}${"'".repeat(expr.primes)}[${expr.args.map(printExpr).join(', ')}]`
    case 'derivative': {
      const wrt = expr.wrt.map(({ variable, order }) => printExpr(variable) + (order > 1 ? `^${order}` : '')).join(' ')
      const at = expr.at ? ` at ${expr.at.map(({ name, value }) => `${name.key}=${printExpr(value)}`).join(',')}` : ''
      const order = expr.wrt.length === 0 && expr.order > 1 ? expr.order : ''
      return `D${order}{${printExpr(expr.of)}${wrt ? ` / ${wrt}` : ''}${at}}`
    }
    case 'matrix':
      return `[${expr.rows.map((row) => row.map(printExpr).join(' ')).join('; ')}]`
    case 'binder': {
      const limits = expr.indices.map(({ name, from, to }) =>
        [name.key, from && `=${printExpr(from)}`, to && `..${printExpr(to)}`].filter(Boolean).join(''),
      )
      const condition = expr.condition ? ` if ${printExpr(expr.condition)}` : ''
      return `${wordOf(expr.op)}[${limits.join(', ')}${condition}]{${printExpr(expr.body)}}`
    }
    case 'entry':
      return `${printExpr(expr.of)} at ${expr.at.length}`
    case 'opaque':
      return `?<${expr.reason}>`
  }
}

export function printStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'definition': {
      const parameters = statement.parameters ? `(${statement.parameters.map((p) => p.name.key).join(', ')})` : ''
      return `${statement.chain ? 'chain' : 'def'} ${statement.target.key}${parameters} := ${printExpr(statement.expr)}`
    }
    case 'binding':
      return `bind ${printExpr(statement.target)} = ${printExpr(statement.value)}`
    case 'declaration':
      return `shape ${statement.target.name.key} [${statement.shape.join(', ')}]`
    case 'claim':
    case 'equation':
      return `${statement.kind === 'claim' ? 'claim' : 'eq'} ${statement.sides
        .map(
          (side) =>
            `${side.relation === null ? '' : side.relation === 'other' ? ' ~ ' : ` ${side.relation} `}${printExpr(side.expr)}`,
        )
        .join('')}`
    case 'assumption':
      return `given ${printExpr(statement.left)} ${statement.relation} ${printExpr(statement.right)}`
    case 'mention':
      return `mention ${printExpr(statement.expr)}`
    case 'function':
      return `function ${statement.name.key}`
  }
}

export const printReading = ({ statements, unread }: Reading): string[] => [
  ...statements.map(printStatement),
  ...unread.map(({ reason }) => `unread: ${reason}`),
]

/** All that is read in a note. */
export function readNote(text: string): { passage: Passage; reading: Reading }[] {
  const passages = readMarkdown(text)
  const context = noteContext(passages)
  return passages.map((passage) => ({ passage, reading: readPassage(passage, context) }))
}

export const printNote = (text: string): string[] =>
  readNote(text).flatMap(({ passage, reading }) => (passage.kind === 'code' ? ['code'] : printReading(reading)))
