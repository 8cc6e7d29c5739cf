/**
 * Layers that are used at the top level, `price = layer.forward(count, tax)`: the statements that lead there are read as the body of a
 * function of the numbers that they begin with.
 */
import type { Expression, FunctionCode, LetStatement, ParameterCode, Span, Statement, TopLevel } from './core'
import type { SourceFile } from './file'
import type { Region } from './machine'
import { namesBound } from './scope'
import { nobody, type Site } from './site'

export interface Script {
  /** The statement that gives the result: the function stands there. */
  readonly last: TopLevel
  readonly region: Region
  readonly site: Site
}

/** What a text must hold for it. */
const FORWARD = /\.\s*forward\s*\(/
const METHOD = 'forward'
/** More statements are a program, not a calculation that is written down. */
const MOST_STATEMENTS = 60

/** The last number that a layer gives at the top level of a file; `null` where none is used there. */
export function scriptOf(file: SourceFile): Script | null {
  const last = file.statements.findLast((top) => !top.facts.hasFunctions && FORWARD.test(textOf(file, top)))
  if (!last) return null
  const before = file.statements.slice(0, file.statements.indexOf(last) + 1)
  const statements = before.filter(({ facts }) => !facts.hasFunctions).flatMap(written)
  const end = statements.findLastIndex(isForward)
  const result = statements[end]
  if (result?.kind !== 'let' || result.pattern.kind !== 'name' || end >= MOST_STATEMENTS) return null
  const used = statements.slice(0, end + 1)
  const given = used.filter((each) => isGiven(each, used))
  const body = used.filter((each) => each.kind !== 'let' || !given.includes(each))
  // What stands behind the last function; numbers from above it are told to be here.
  const from = Math.max(before.findLast(({ facts }) => facts.hasFunctions)?.to ?? 0, used[0]?.from ?? 0)
  const region = { file, from: Math.min(from, last.from), to: last.to }
  const code = functionOf(result, given, body, region)
  const { pattern } = result
  const site = { name: pattern.name, nameSpan: pattern, code, exported: false, comment: null, scope: file.scope }
  return { last, region, site: { ...site, self: nobody, group: file.scope } }
}

const textOf = (file: SourceFile, { from, to }: Span): string => file.text.slice(from, to)

/** The statements of the top level; those of `if __name__ == '__main__':` are such. */
const written = (top: TopLevel): readonly Statement[] =>
  top.statements().flatMap((each) => (each.kind === 'if' && isMain(each.condition) ? each.consequent : [each]))

const isMain = (condition: Expression): boolean =>
  condition.kind === 'operation' && condition.args.some((arg) => arg.kind === 'name' && arg.name === '__name__')

function isForward(statement: Statement): boolean {
  const callee = statement.kind === 'let' && statement.value?.kind === 'call' ? statement.value.callee : null
  return callee?.kind === 'member' && callee.key === METHOD && callee.object.kind === 'name'
}

/** `count = 2`, a number that nothing else gives. */
function isGiven(statement: Statement, all: readonly Statement[]): statement is LetStatement {
  if (statement.kind !== 'let' || statement.pattern.kind !== 'name' || statement.value?.kind !== 'number') return false
  const { name } = statement.pattern
  return all.every((each) => each === statement || each.kind !== 'let' || !binds(each, name))
}

const binds = ({ pattern }: LetStatement, name: string): boolean =>
  namesBound(pattern).some((each) => each.name === name)

function functionOf(
  result: LetStatement,
  given: readonly LetStatement[],
  body: readonly Statement[],
  { from, to }: Span,
): FunctionCode {
  const { pattern } = result
  const name = pattern.kind === 'name' ? pattern.name : null
  const span = { from: pattern.from, to: pattern.to }
  const value: Expression = { kind: 'name', name: name ?? '', ...span }
  return {
    name,
    nameSpan: span,
    parameters: given.map(parameterOf),
    body: [...body, { kind: 'return', value, ...span }],
    isExpression: false,
    bodySpan: { from: result.from, to: result.to },
    form: 'plain',
    unfollowed: null,
    returns: null,
    takesSelf: false,
    from,
    to,
  }
}

const parameterOf = ({ pattern, value, from, to }: LetStatement): ParameterCode => ({
  pattern,
  type: null,
  fallback: value,
  rest: false,
  optional: false,
  field: false,
  from,
  to,
})
