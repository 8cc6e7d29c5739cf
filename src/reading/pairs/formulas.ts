/** Two functions as formulas on one machine: the second sees what the first left in `this`. */

import { operation } from '../../operations/index'
import { asNumber, mathFunction } from '../code/arithmetic'
import type { Expression, FunctionCode } from '../code/core'
import type { SourceFile } from '../code/file'
import { parametersOf, runOn } from '../code/functions'
import { freshKey, inputOf, type Machine, newMachine, objectOf, type Parameter, type Program } from '../code/machine'
import { nameOf } from '../code/names'
import { declaredNames } from '../code/scope'
import { assumedShapes } from '../code/sizes'
import type { Value } from '../code/value'
import type { Expr, Range } from '../statement'
import type { PairFormula, PairParameter, PairResult } from './candidate'
import type { Member } from './members'

export interface Formulas {
  readonly machine: Machine
  readonly function: PairFormula
  readonly derivative: PairFormula
}

/** A value that a flag of the function has. */
export type Fixed = ReadonlyMap<string, Value>

export function pairMachine(program: Program, file: SourceFile): Machine {
  return newMachine(program, file, { file, from: 0, to: file.text.length }, 'nan')
}

/** Reads one function; `null` where it returns no numbers. */
export function formulaOf(machine: Machine, member: Member, fixed?: Fixed): PairFormula | null {
  const range = { start: member.nameSpan.from, end: member.nameSpan.to }
  if (member.value.kind === 'builtin') return builtinFormula(machine, member, range)
  const { code, scope, self: closed } = member.value
  machine.file = member.value.file
  const run = runOn(
    machine,
    { code, scope, self: () => member.self() ?? closed },
    { fixed, shapes: machine.file.language.brings ? undefined : assumedShapes(code), asArrays: false },
  )
  const results = resultsOf(machine, run.value, range)
  if (!results) return null
  const [returned] = run.returns
  const single = results.length === 1 && run.returns.length === 1 && returned
  return {
    name: member.name,
    title: member.title,
    range,
    parameters: inOrder(parametersOf(run), usualValues(code)),
    results,
    locals: code.body.flatMap((statement) => (statement.kind === 'let' ? declaredNames(statement) : [])),
    returned: single && run.value.kind === 'number' ? { start: returned.from, end: returned.to } : null,
  }
}

function builtinFormula(machine: Machine, member: Member, range: Range): PairFormula | null {
  const { name } = member.value
  const key = freshKey(machine, 'x')
  const x = inputOf(machine, nameOf('x', key), range, key)
  const value = mathFunction(name, [{ kind: 'number', expr: x }], range, range)
  if (value?.kind !== 'number') return null
  const parameters: PairParameter[] = [{ name: x.name, plain: 'x', usual: null }]
  return {
    name: member.name,
    title: member.title,
    range,
    parameters,
    results: [{ label: null, expr: value.expr }],
    locals: [],
    returned: null,
  }
}

/** Numbers that parameters have by default: `a = 0.01`. */
function usualValues({ parameters }: FunctionCode): ReadonlyMap<string, number> {
  return new Map(
    parameters.flatMap(({ pattern, fallback }): [string, number][] => {
      const value = fallback ? numberIn(fallback) : null
      return value !== null && pattern.kind === 'name' ? [[pattern.name, value]] : []
    }),
  )
}

/** A number as it is written, with its sign. */
function numberIn(code: Expression): number | null {
  if (code.kind === 'number') return code.value
  const [operand] = code.kind === 'operation' && code.op === '-' ? code.args : []
  return operand?.kind === 'number' ? -operand.value : null
}

/** Parts of a list in the order of their indices, however the code uses them. */
function inOrder(parameters: readonly Parameter[], usual: ReadonlyMap<string, number>): PairParameter[] {
  const roots = [...new Set(parameters.map(({ root }) => root))]
  const index = ({ name }: Parameter): number => Number(/\[(\d+)\]$/.exec(name.plain)?.[1] ?? 0)
  return roots.flatMap((root) =>
    parameters
      .filter((parameter) => parameter.root === root)
      .toSorted((a, b) => index(a) - index(b))
      .map(({ name }) => ({ name, plain: name.plain, usual: usual.get(name.plain) ?? null })),
  )
}

const MAX_RESULTS = 40

/** The numbers of a result: one, those of a list or of a record. */
function resultsOf(machine: Machine, value: Value, range: Range): PairResult[] | null {
  if (value.kind === 'reference') {
    const object = objectOf(machine, value)
    const entries =
      object.kind === 'list'
        ? [...object.items.entries()]
        : object.kind === 'record'
          ? [...object.fields.entries()]
          : []
    if (entries.length === 0 || entries.length > MAX_RESULTS) return null
    const results: PairResult[] = []
    for (const [key, item] of entries) {
      const inner = resultsOf(machine, item, range)
      if (!inner) return null
      const label = typeof key === 'string' ? key : null
      results.push(...inner.map((result) => ({ ...result, label: label ?? result.label })))
    }
    return results
  }
  const number = asNumber(machine, value, range, '')
  if (!number || number.truth) return null
  const results = entriesOf(machine, number.expr).map((expr) => ({ label: labelOf(expr), expr }))
  return results.length > MAX_RESULTS ? null : results
}

/** The numbers of an array that is made of numbers, `np.array([dx, dy])`, under whatever name. */
function entriesOf(machine: Machine, expr: Expr): readonly Expr[] {
  const made = machine.definitions.findLast(({ target }) => expr.kind === 'name' && target.key === expr.name.key)
  const array = made?.expr ?? expr
  if (array.kind === 'matrix') return array.rows.flat()
  const isGathered = array.kind === 'apply' && operation(array.op)?.gathers && !array.attributes?.axis
  return isGathered ? array.args.flatMap((entry) => entriesOf(machine, entry)) : [expr]
}

const labelOf = (expr: Expr): string | null => (expr.kind === 'name' ? expr.name.plain : null)
