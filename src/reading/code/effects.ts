/**
 * What something that can't be followed may have changed: all objects that it can reach, and all variables that the
 * functions that it was given assign to. None of these is known any more.
 */
import { isObject, type Machine } from './machine'
import { lookUp, type Scope } from './scope'
import { type Content, read, write } from './state'
import { opaque, type Value } from './value'
import { type Code, mentionsOf } from './walk'

/** Whether what was handed over can be used again later, at any time. */
type When = 'once' | 'for good'

/** Forgets whatever can be reached from values that were handed to something unknown. */
export function forget(machine: Machine, values: readonly Value[], reason: string): void {
  spread({ machine, reason, when: 'for good', seen: new Set() }, [...values])
}

/** Forgets what a piece of code that isn't run may change. */
export function forgetCode(
  machine: Machine,
  code: Code | readonly Code[],
  scope: Scope,
  self: Value | null,
  reason: string,
): void {
  const spreading: Spreading = { machine, reason, when: 'once', seen: new Set() }
  spread(spreading, throughCode(spreading, code, scope, self))
}

interface Spreading {
  readonly machine: Machine
  readonly reason: string
  readonly when: When
  /** Objects and functions that have been met. */
  readonly seen: Set<unknown>
}

function spread(spreading: Spreading, queue: Value[]): void {
  for (let value = queue.pop(); value; value = queue.pop()) queue.push(...through(spreading, value))
}

/** Forgets one value, and tells what can be reached from it. */
function through(spreading: Spreading, value: Value): readonly Value[] {
  const { machine, reason, seen } = spreading
  switch (value.kind) {
    case 'reference': {
      if (seen.has(value.id)) return []
      seen.add(value.id)
      const content = read(machine.state, value.id)
      write(machine.state, value.id, { kind: 'unknown', reason })
      const others = [...(machine.aliases.get(value.id) ?? [])].map((id): Value => ({ kind: 'reference', id }))
      return [...others, ...partsOf(content)]
    }
    case 'closure': {
      if (seen.has(value.code)) return []
      seen.add(value.code)
      return throughCode(spreading, value.code, value.scope, value.self)
    }
    case 'class':
      return [value.statics]
    case 'builtin':
      return value.of ? [value.of] : []
    case 'free':
      machine.changedInputs.set(value.name.key, reason)
      return []
    default:
      return []
  }
}

function partsOf(content: Content | undefined): readonly Value[] {
  if (!isObject(content) || content.kind === 'unknown') return []
  return content.kind === 'list' ? content.items : [...content.fields.values()]
}

function throughCode(
  { machine, reason, when }: Spreading,
  code: Code | readonly Code[],
  scope: Scope,
  self: Value | null,
): Value[] {
  const mentions = mentionsOf(code)
  const reached: Value[] = []
  if (mentions.self && self) reached.push(self)
  for (const name of mentions.named) {
    const variable = lookUp(scope, name)
    const content = variable && read(machine.state, variable.cell)
    if (content && !isObject(content)) reached.push(content)
  }
  for (const name of mentions.assigned) {
    const variable = lookUp(scope, name)
    if (!variable) continue
    if (when === 'for good') machine.escaped.set(variable.cell, reason)
    write(machine.state, variable.cell, opaque(reason))
  }
  return reached.filter(({ kind }) => kind !== 'number' && kind !== 'free' && kind !== 'text')
}
