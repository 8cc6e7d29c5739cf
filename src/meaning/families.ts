/**
 * Which names of a note are entries of an array: `x_i` where a sum binds i, `W_{ij}` beside it, `a_i` beside `a_1`. Any other index
 * is a mark, and the name with it a name of its own.
 */
import type { Expr, Indexed, IndexTerm, Name, Statement } from '../reading/statement'
import { sharedKey } from './layers'
import { childrenOf, expressionsOf } from './parts'

export interface Families {
  /** The array and the places that a name means; `null` where it is a name of its own. */
  entryOf(name: Name): Indexed | null
  /** How many places the entries of an array have at most. */
  rankOf(base: string): number | null
  /** Letters that count somewhere in the note. */
  readonly indices: ReadonlySet<string>
  /** Names that say how many there are: the upper limits of sums, the sizes of declared shapes. */
  readonly sizes: ReadonlySet<string>
}

/** A name with places, and the letters that are bound where it stands. */
interface Use {
  readonly name: Name
  readonly reading: Indexed
  readonly bound: ReadonlySet<string>
  /** How many of the places stand above the name: `x^{(i)}_j`. */
  readonly above: number
  /** It is what a statement defines or binds. */
  readonly isTarget: boolean
}

const lettersOf = ({ at }: Indexed): string[] => at.flatMap((term) => term?.letters.map(({ key }) => key) ?? [])
/** One for the arrays of all layers. */
const keyOf = ({ base }: Indexed): string => sharedKey(base.key)
const isNumber = (term: IndexTerm | null | undefined): boolean => term?.letters.length === 0

/** Kronecker's delta, which is no array: \delta_{ij}. */
export const isDelta = ({ indexed }: Name): boolean => indexed?.base.key === 'delta'

/**
 * @param arrays keys of names that are declared as arrays, bound to one or transposed
 */
export function familiesOf(
  statements: readonly Statement[],
  arrays: ReadonlySet<string>,
  sizes: ReadonlySet<string>,
): Families {
  const found = collect(statements)
  const indices = new Set(found.bound)
  const families = new Set<string>()
  const numbered = numberedNames(statements)
  const totals = totalsOf(statements)
  /** J_i beside J = Σ_i …: what is summed, not an entry of the sum. */
  const isSummand = (reading: Indexed): boolean =>
    lettersOf(reading).some((letter) => totals.get(keyOf(reading))?.has(letter))
  /** Arrays of which an entry stands under the sum that binds its index: any letter below them counts. */
  const basesWith = (uses: readonly Use[]) =>
    new Set(
      uses
        .filter(({ reading, bound, above }) =>
          lettersOf(above > 0 ? { ...reading, at: reading.at.slice(0, above) } : reading).some((each) =>
            bound.has(each),
          ),
        )
        .filter(({ reading }) => !numbered.has(keyOf(reading)))
        .map(({ reading }) => keyOf(reading)),
    )
  const evident = basesWith(found.uses.filter(({ above }) => above === 0))
  /** The same for places above: a layer is no index unless a sum goes over it. */
  const raised = basesWith(found.uses.filter(({ above }) => above > 0))
  for (let changed = true; changed; ) {
    const before = families.size + indices.size
    for (const use of found.uses) if (belongs(use)) take(use)
    for (const use of besideNumbers(found.uses)) if (!numbered.has(keyOf(use.reading))) take(use)
    changed = families.size + indices.size > before
  }
  const ranks = new Map<string, number>()
  for (const { name } of found.uses) {
    const entry = entryOf(name)
    if (entry) ranks.set(keyOf(entry), Math.max(ranks.get(keyOf(entry)) ?? 0, entry.at.length))
  }
  return {
    entryOf,
    rankOf: (base) => ranks.get(sharedKey(base)) ?? null,
    indices,
    sizes: new Set([...found.sizes, ...sizes]),
  }

  function belongs({ reading, bound, above }: Use): boolean {
    const key = keyOf(reading)
    if (isSummand(reading)) return false
    if (above > 0) return raised.has(key)
    const letters = lettersOf(reading)
    if (letters.length > 0 && evident.has(key)) return true
    if (arrays.has(key) || arrays.has(reading.base.key))
      return letters.every(
        (letter) => bound.has(letter) || indices.has(letter) || reading.at.length > 1 || COUNTING.test(letter),
      )
    if (letters.length === 0 || numbered.has(key)) return false
    return letters.some((letter) => bound.has(letter)) || letters.every((letter) => indices.has(letter))
  }

  function take({ reading }: Use): void {
    families.add(keyOf(reading))
    for (const letter of lettersOf(reading)) indices.add(letter)
  }

  function entryOf(name: Name): Indexed | null {
    const { indexed } = name
    if (!indexed || isDelta(name) || isSummand(indexed)) return null
    const whole = indexed.raised
    if (whole && raised.has(keyOf(whole)) && lettersOf(whole).every((letter) => indices.has(letter))) return whole
    return indexed.at.length > 0 && families.has(keyOf(indexed)) && countsIn(indexed) ? indexed : null
  }

  /** All its letters count, or it has none. */
  function countsIn(indexed: Indexed): boolean {
    return lettersOf(indexed).every((letter) => indices.has(letter))
  }
}

/** Both readings of a name that has a mark above, each with how many of its places stand there. */
const readingsOf = ({ indexed }: Name): { readonly reading: Indexed; readonly above: number }[] => {
  if (!indexed) return []
  const raised = indexed.raised && { reading: indexed.raised, above: indexed.raised.at.length - indexed.at.length }
  return [{ reading: indexed, above: 0 }, ...(raised ? [raised] : [])].filter(({ reading }) => reading.at.length > 0)
}

function collect(statements: readonly Statement[]): { uses: Use[]; bound: Set<string>; sizes: Set<string> } {
  const uses: Use[] = []
  const bound = new Set<string>()
  const sizes = new Set<string>()
  const nothing: ReadonlySet<string> = new Set()
  for (const statement of statements) {
    const note = (name: Name, inside: ReadonlySet<string>, isTarget = false) => {
      if (isDelta(name) && name.indexed?.at.length === 2) {
        for (const letter of lettersOf(name.indexed)) bound.add(letter)
      }
      for (const each of readingsOf(name)) uses.push({ name, ...each, bound: inside, isTarget })
    }
    if (statement.kind === 'definition') note(statement.target, nothing, true)
    const stack: { expr: Expr; inside: ReadonlySet<string> }[] = expressionsOf(statement).map((expr) => ({
      expr,
      inside: nothing,
    }))
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { expr, inside } = next
      if (expr.kind === 'name') note(expr.name, inside, statement.kind === 'binding')
      let within = inside
      if (expr.kind === 'binder') {
        within = new Set([...inside, ...expr.indices.map(({ name }) => name.key)])
        for (const { name, to } of expr.indices) {
          bound.add(name.key)
          if (to?.kind === 'name') sizes.add(to.name.key)
        }
      }
      for (const child of childrenOf(expr)) stack.push({ expr: child, inside: within })
    }
  }
  return { uses, bound, sizes }
}

/** `y_1 = …`: names that each have a definition of their own are no entries of one array. */
function numberedNames(statements: readonly Statement[]): Set<string> {
  return new Set(
    statements.flatMap((statement) =>
      statement.kind === 'definition'
        ? readingsOf(statement.target)
            .filter(({ reading, above }) => (above > 0 ? reading.at.slice(0, above) : reading.at).some(isNumber))
            .map(({ reading }) => keyOf(reading))
        : [],
    ),
  )
}

/** Of what is defined as a whole, the letters over which its definition sums. */
function totalsOf(statements: readonly Statement[]): Map<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const statement of statements) {
    if (statement.kind !== 'definition' || (statement.target.indexed?.at.length ?? 0) > 0) continue
    const stack: Expr[] = [statement.expr]
    for (let next = stack.pop(); next; next = stack.pop()) {
      stack.push(...childrenOf(next))
      if (next.kind !== 'binder') continue
      const key = sharedKey(statement.target.key)
      const letters = found.get(key) ?? new Set()
      found.set(key, letters)
      for (const { name } of next.indices) letters.add(name.key)
    }
  }
  return found
}

/** `a_i` in a note that has `a_1` and so on: i runs over the numbers. */
function besideNumbers(uses: readonly Use[]): Use[] {
  const numbers = new Set(
    uses.flatMap(({ reading, isTarget }) =>
      !isTarget && reading.at.length === 1 && isNumber(reading.at[0]) && (reading.at[0]?.offset ?? 0) > 0
        ? [keyOf(reading)]
        : [],
    ),
  )
  return uses.filter(
    ({ reading }) =>
      reading.at.length === 1 &&
      reading.at[0]?.letters.length === 1 &&
      reading.at[0].offset === 0 &&
      COUNTING.test(reading.at[0].letters[0]?.key ?? '') &&
      numbers.has(keyOf(reading)),
  )
}
/** Letters that count without a sum that says so. */
const COUNTING = /^[ijklmnpq]$/
