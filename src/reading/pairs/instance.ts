/** The object whose methods a pair is, where its constructor computes fields from what it is given. */
import { instantiate } from '../code/classes'
import type { ClassCode, Expression, FunctionCode } from '../code/core'
import { evaluate } from '../code/expression'
import type { Machine } from '../code/machine'
import type { Value } from '../code/value'
import { walkCode } from '../code/walk'
import type { Group } from './members'
import { inputOfSize, ownParameters, SITE, type Slot } from './sized'

/**
 * An instance made of numbers, so that `this.d1`, computed from `S`, is no input of its own. `null`: the constructor sets what it
 * is given, and fields may stand for themselves.
 */
export function instanceOf(machine: Machine, { kind, name, holder }: Group): Value | null {
  if (kind !== 'class' || name === null || !holder) return null
  const maker = (holder.code as ClassCode).members.find(({ key }) => key === 'constructor')?.method
  if (!maker || !computesFields(maker)) return null
  const made = evaluate(machine, { kind: 'name', name, from: 0, to: 0 }, { scope: holder.scope, self: null })
  if (made.kind !== 'class') return null
  const slots = new Map<string, Slot>()
  const args = ownParameters(maker).flatMap(({ pattern, fallback, rest }) => {
    if (pattern.kind !== 'name' || rest || (fallback && fallback.kind !== 'number')) return []
    const value = inputOfSize(machine, pattern.name, [], slots)
    return [{ value, code: maker, keyword: machine.file.language.brings ? pattern.name : null }]
  })
  return instantiate(machine, made, args, SITE)
}

/** Some field is more than a parameter or a number: an operation on a parameter or on another field. */
function computesFields({ parameters, body, takesSelf }: FunctionCode): boolean {
  const [first] = parameters
  const self = takesSelf && first?.pattern.kind === 'name' ? first.pattern.name : null
  const names = new Set(parameters.flatMap(({ pattern }) => (pattern.kind === 'name' ? pattern.name : [])))
  const isSelf = (code: Expression) => code.kind === 'self' || (code.kind === 'name' && code.name === self)
  const isGiven = (code: Expression): boolean => {
    let found = false
    walkCode(code, (part) => {
      found ||= part.kind === 'name' && names.has(part.name)
      found ||= part.kind === 'member' && isSelf(part.object)
    })
    return found
  }
  let computes = false
  walkCode(body, (part) => {
    if (part.kind !== 'assign' || part.target.kind !== 'place' || part.target.place.kind !== 'member') return
    computes ||= isSelf(part.target.place.object) && /^(operation|call)$/.test(part.value.kind) && isGiven(part.value)
  })
  return computes
}
