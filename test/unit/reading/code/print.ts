/** Statements that were read from code, as lines that a test can show. */
import { operation } from '../../../../src/operations/index'
import { type CodeOptions, readTypeScript } from '../../../../src/reading/code'
import type { CodeFunction, Expr } from '../../../../src/reading/statement'
import { wordOf } from '../printed'

export function printExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.text === '\\pi' ? 'pi' : expr.text
    case 'name':
      return expr.name.key
    case 'opaque':
      return `?${expr.reason}?`
    case 'apply':
      return printApply(expr.op, expr.args.map(printExpr))
    default:
      return expr.kind
  }
}

function printApply(op: string, args: readonly string[]): string {
  const sign = operation(op)?.spellings.typescript?.find((spelling) => !/\w/.test(spelling))
  if (op === 'negate') return `(-${args[0]})`
  if (sign && args.length === 2) return `(${args[0]} ${sign} ${args[1]})`
  return `${wordOf(op)}(${args.join(', ')})`
}

/** `f(x, y): t = (x + y); (t * t) @ x=1`. */
export function printFunction(read: CodeFunction): string {
  const parameters = read.parameters.map(({ name }) => name.key).join(', ')
  const steps = read.definitions.map(({ target, expr }) => `${target.key} = ${printExpr(expr)}; `)
  const bindings = read.bindings.map(({ target, value }) =>
    target.kind === 'name' ? `${target.name.key}=${printExpr(value)}` : '',
  )
  return `${read.name.key}(${parameters}): ${steps.join('')}${printExpr(read.result)}${bindings.length > 0 ? ` @ ${bindings.join(' ')}` : ''}`
}

export const functionsOf = (text: string, options?: CodeOptions): CodeFunction[] =>
  readTypeScript(text, options).readings.flatMap(({ statements }) =>
    statements.filter((statement) => statement.kind === 'function'),
  )

export const printAll = (text: string, options?: CodeOptions): string[] => functionsOf(text, options).map(printFunction)
