/** The outputs of a note: definitions that no other one uses, what each depends on, and the losses it speaks of. */
import type { DerivativeExpr, Name } from '../reading/statement'
import { differentiated, nameOf, namesIn, partsIn } from './parts'
import type { Defined, Scope, UsePlace } from './scope'

export interface Uses {
  readonly definitions: ReadonlySet<Defined>
  /** Canonical keys of names that mean no definition. */
  readonly inputs: ReadonlySet<string>
}
export interface Root {
  readonly defined: Defined
  /** The output and all on which it depends. */
  readonly closure: ReadonlySet<Defined>
  readonly inputs: ReadonlySet<string>
  /** Undefined names that are differentiated by something in the closure: each starts a backward pass of its own. */
  readonly losses: readonly Name[]
  /** Whether its own derivatives are asked for, or nothing is. */
  readonly plain: boolean
}
export interface Roots {
  /** In document order. */
  roots(): readonly Root[]
  /** The same for any definition of the note. */
  rootOf(defined: Defined): Root | null
  /** The outputs that depend on a definition, or else on an input. */
  around(what: { definition: Defined | null; input: string }): readonly Root[]
}
interface PlacedDerivative {
  readonly expr: DerivativeExpr
  readonly place: UsePlace
}

/** Finds the outputs of a note. What a single place needs is found without looking at the whole note. */
export function rootsOf(scope: Scope): Roots {
  const uses = new Map<Defined, Uses>()
  const usersOf = new Map<Defined, Defined[]>()
  const readersOf = new Map<string, Defined[]>()
  for (const defined of scope.definitions) {
    const own = usesIn(scope, defined)
    uses.set(defined, own)
    for (const each of own.definitions) if (each !== defined) append(usersOf, each, defined)
    for (const key of own.inputs) append(readersOf, key, defined)
  }
  let derivatives: PlacedDerivative[] | null = null
  let spoken: Spoken[] | null = null
  const closures = new Map<Defined, Root | null>()
  const rootOf = (defined: Defined): Root | null => {
    const known = closures.get(defined)
    if (known !== undefined) return known
    derivatives ??= derivativesIn(scope)
    spoken ??= losses(scope, derivatives)
    const root = closureOf(defined, uses, spoken)
    closures.set(defined, root)
    return root
  }
  const isOutput = (defined: Defined): boolean => !usersOf.has(defined)
  /** The outputs that are reached from these definitions through their users, in document order. */
  const reached = (from: readonly Defined[]): Root[] => {
    const seen = new Set<Defined>(from)
    for (const each of seen) for (const user of usersOf.get(each) ?? []) seen.add(user)
    return [...seen]
      .filter(isOutput)
      .sort((a, b) => a.order - b.order)
      .flatMap((defined) => rootOf(defined) ?? [])
  }
  return {
    roots: () => scope.definitions.filter(isOutput).flatMap((defined) => rootOf(defined) ?? []),
    rootOf,
    around: ({ definition, input }) => reached(definition ? [definition] : (readersOf.get(input) ?? [])),
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

function usesIn(scope: Scope, defined: Defined): Uses {
  const { parameters, expr, target } = defined.definition
  const own = new Set(parameters?.map(({ name }) => name.key))
  const definitions = new Set<Defined>()
  const inputs = new Set<string>()
  for (const each of namesIn(expr)) {
    const name = nameOf(each)
    const found = each.kind === 'name' && own.has(name.key) ? null : scope.definitionOf(name, defined)
    if (found) definitions.add(found)
    else if (scope.canonical(name).key === target.key && !own.has(name.key)) definitions.add(defined)
    else inputs.add(scope.canonical(name).key)
  }
  return { definitions, inputs }
}

interface Spoken {
  readonly loss: Name
  /** What it is differentiated by: a definition, else an input. */
  readonly definition: Defined | null
  readonly input: string
  readonly section: readonly number[]
  /** Set where what is differentiated is defined: then its own derivatives are asked for. */
  readonly of: Defined | null
}

/** Which section speaks of which loss. By what is defined it says through what it comes; by an input alone only where nothing else is said. */
function losses(scope: Scope, derivatives: readonly PlacedDerivative[]): Spoken[] {
  const all = spokenIn(scope, derivatives)
  const key = ({ loss, section }: Spoken): string => `${loss.key} ${section.join()}`
  const linked = new Set(all.flatMap((each) => (each.definition && !each.of ? [key(each)] : [])))
  return all.filter((each) => each.of || each.definition || !linked.has(key(each)))
}

function spokenIn(scope: Scope, derivatives: readonly PlacedDerivative[]): Spoken[] {
  return derivatives.flatMap(({ expr, place }): Spoken[] => {
    const name = differentiated(expr)
    if (!name || expr.notation === 'prime') return []
    const of = scope.definitionOf(name, place)
    return expr.wrt.flatMap(({ variable }) => {
      if (variable.kind !== 'name') return []
      const definition = scope.definitionOf(variable.name, place)
      const input = scope.canonical(variable.name).key
      return [{ loss: scope.canonical(name), definition, input, of, section: place.section }]
    })
  })
}

function closureOf(defined: Defined, uses: ReadonlyMap<Defined, Uses>, spoken: readonly Spoken[]): Root | null {
  const closure = new Set<Defined>()
  const inputs = new Set<string>()
  const open = new Set<Defined>()
  const stack: Defined[] = [defined]
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as Defined
    if (closure.has(top)) {
      stack.pop()
      continue
    }
    if (open.has(top)) {
      open.delete(top)
      closure.add(top)
      stack.pop()
      continue
    }
    open.add(top)
    const own = uses.get(top)
    for (const key of own?.inputs ?? []) inputs.add(key)
    for (const each of own?.definitions ?? []) {
      if (open.has(each)) return null
      if (!closure.has(each)) stack.push(each)
    }
  }
  const names = new Map<string, Name>()
  let plain = false
  for (const { loss, definition, input, of, section } of spoken) {
    if (of === defined) plain = true
    else if (of || inputs.has(loss.key)) continue
    // A letter that is only an input is another one in another section.
    else if (definition ? closure.has(definition) : inputs.has(input) && isWithin(section, defined.section)) {
      names.set(loss.key, loss)
    }
  }
  return { defined, closure, inputs, losses: [...names.values()], plain: plain || names.size === 0 }
}

/** One section, or one inside of the other. */
const isWithin = (a: readonly number[], b: readonly number[]): boolean =>
  a.slice(0, b.length).every((part, k) => part === b[k])

function derivativesIn(scope: Scope): PlacedDerivative[] {
  return scope.statements.flatMap(({ statement, ...place }) =>
    partsIn(statement).derivatives.map((expr) => ({ expr, place })),
  )
}
