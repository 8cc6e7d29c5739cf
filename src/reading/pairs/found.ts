/** Which functions of a file are a function and its derivative, by their names and the places where they stand. */

import type { SourceFile } from '../code/file'
import { tagNames } from '../code/tags'
import type { PairShape } from './candidate'
import { type Group, itemsOf, type Member, type Members } from './members'
import { basesOf, isDerivativeTable, isDerivativeWord, namesTable, normalized, partnerOf, type Strength } from './names'

export interface Found {
  readonly function: Member
  readonly derivative: Member
  readonly wrt: readonly string[]
  readonly shape: PairShape
  readonly strength: Strength
  readonly group: string | null
}

/**
 * All pairs of two functions, the surest way of telling first; each derivative once.
 * @param elsewhere functions that the file has from elsewhere
 */
export function foundPairs(file: SourceFile, members: Members, elsewhere: (name: string) => Member | null): Found[] {
  const { groups } = members
  const all = [
    ...taggedPairs(file, members, elsewhere),
    ...groups.flatMap((group) => memberPairs(group)),
    ...propertyPairs(file, members),
    ...groups.flatMap((group) => namePairs(group)),
    ...groups.flatMap((group) => pairsElsewhere(group, elsewhere)),
    ...tablePairs(groups),
    ...groups.flatMap((group) => tuplePairs(group)),
  ]
  const seen = new Set<number>()
  return all.filter(({ function: of, derivative }) => {
    const key = derivative.nameSpan.from
    if (seen.has(key) || sameFunction(of, derivative)) return false
    seen.add(key)
    return true
  })
}

function sameFunction(a: Member, b: Member): boolean {
  if (a.value.kind === 'closure' && b.value.kind === 'closure')
    return a.value.file === b.value.file && a.value.code.from === b.value.code.from
  return a.value.kind === b.value.kind && a.value.name === b.value.name
}

const commentText = (file: SourceFile, { comment }: Member): string =>
  comment ? file.text.slice(comment.from, comment.to) : ''

function taggedPairs(file: SourceFile, { all }: Members, elsewhere: (name: string) => Member | null): Found[] {
  return all.flatMap((derivative): Found[] => {
    const comment = commentText(file, derivative)
    const [name] = tagNames(comment, 'gradientOf')
    const last = name?.split('.').at(-1)
    const of = last === undefined ? null : (all.find((member) => member.name === last) ?? elsewhere(last))
    if (!of) return []
    const wrt = tagNames(comment, 'wrt')
    return [{ function: of, derivative, wrt, shape: 'tag', strength: 'sure', group: null }]
  })
}

/** Two members of an object, class or prototype that are called `output` and `der`. */
function memberPairs(group: Group): Found[] {
  if (group.kind === 'list' || group.kind === 'call') return []
  const names = group.members.map(({ name }) => name)
  return group.members.flatMap((derivative): Found[] => {
    if (!isDerivativeWord(derivative.name)) return []
    const partner = partnerOf(
      derivative.name,
      names.filter((name) => name !== derivative.name && !isDerivativeWord(name)),
    )
    const of = partner && nearest(derivative, group.members, ({ name }) => name === partner.name)
    if (!of) return []
    // In a module, other functions stand between the two.
    if (group.kind === 'scope' && !/^(f|fn|func)$/.test(partner.name)) return []
    const shape = group.kind === 'object' ? 'members' : group.kind === 'scope' ? 'name' : 'class'
    return [{ function: of, derivative, wrt: [], shape, strength: partner.strength, group: tableOf(group) }]
  })
}

/** The table that an object is an entry of. */
const tableOf = ({ holder }: Group): string | null =>
  holder?.parent ? `${holder.parent.name ?? ''}@${holder.parent.code.from}` : null

/** `wave.derivative = …`. */
function propertyPairs(file: SourceFile, { all, groups }: Members): Found[] {
  return [...file.assigned].flatMap(([path, node]): Found[] => {
    const [, owner, property] = /^(.+)\.(\w+)$/.exec(path) ?? []
    if (!owner || !property || !isDerivativeWord(property)) return []
    const ownerName = file.text.slice(file.assigned.get(owner)?.from ?? 0, file.assigned.get(owner)?.to ?? 0)
    const of = all.find(({ name }) => name === owner || name === ownerName)
    const written = file.text.slice(node.from, node.to)
    const own = groups.find((group) => group.kind === 'prototype' && group.name === owner)
    const derivative = own?.members.find(({ name }) => name === property) ?? all.find(({ name }) => name === written)
    if (!of || !derivative) return []
    return [{ function: of, derivative, wrt: [], shape: 'property', strength: 'sure', group: null }]
  })
}

/** `dLoss`, `sigmoidPrime`, `loss_dw` beside `loss`. */
function namePairs(group: Group): Found[] {
  if (group.kind === 'list' || group.kind === 'call') return []
  return group.members.flatMap((derivative) => {
    const named = (wanted: string) => nearest(derivative, group.members, ({ name }) => normalized(name) === wanted)
    return namePair(derivative, named, tableOfScope(group))
  })
}

/** Of several functions of one name, as branches have them, the one that stands nearest to the derivative. */
function nearest(derivative: Member, members: readonly Member[], isMeant: (member: Member) => boolean): Member | null {
  const far = ({ nameSpan }: Member): number => Math.abs(nameSpan.from - derivative.nameSpan.from)
  const [first] = members.filter(isMeant).toSorted((a, b) => far(a) - far(b))
  return first ?? null
}

/** The function that a derivative is called after. */
function namePair(
  derivative: Member,
  named: (name: string) => Member | null | undefined,
  group: string | null,
): Found[] {
  for (const { base, wrt, strength } of basesOf(derivative.name)) {
    const of = ['', 'function', 'func', 'fn', 'value'].map((end) => named(base + end)).find((each) => each)
    if (!of || of === derivative) continue
    return [{ function: of, derivative, wrt: wrt ? [wrt] : [], shape: 'name', strength, group }]
  }
  return []
}

/** `dSigmoid` of an imported `sigmoid`, or of one in a cell above. */
function pairsElsewhere(group: Group, elsewhere: (name: string) => Member | null): Found[] {
  return group.kind === 'scope' ? group.members.flatMap((derivative) => namePair(derivative, elsewhere, null)) : []
}

const tableOfScope = ({ kind, holder }: Group): string | null =>
  kind === 'object' && holder ? `${holder.name ?? ''}@${holder.code.from}` : null

/** Two tables or classes with the same keys, one of them called after the derivatives of the other. */
function tablePairs(groups: readonly Group[]): Found[] {
  const tables = groups.filter(({ kind, members }) => /^(object|class)$/.test(kind) && members.length > 0)
  return tables.flatMap((derivatives) => {
    const name = derivatives.name
    if (name === null || !(isDerivativeTable(name) || isDerivativeWord(name))) return []
    const functions = functionTable(tables, derivatives)
    if (!functions) return []
    return derivatives.members.flatMap((derivative): Found[] => {
      const of = functions.members.find((member) => member.name === derivative.name)
      const group = `${name}@${derivatives.holder?.code.from ?? 0}`
      const strength = namesTable(name, functions.name) ? 'sure' : 'named'
      return of ? [{ function: of, derivative, wrt: [], shape: 'tables', strength, group }] : []
    })
  })
}

function functionTable(tables: readonly Group[], derivatives: Group): Group | null {
  const keys = new Set(derivatives.members.map(({ name }) => name))
  const shared = (group: Group) => group.members.filter(({ name }) => keys.has(name)).length
  const candidates = tables.filter(
    (group) =>
      group !== derivatives &&
      group.kind === derivatives.kind &&
      group.holder?.parent?.code.from === derivatives.holder?.parent?.code.from &&
      !isDerivativeTable(group.name ?? '') &&
      shared(group) * 2 >= derivatives.members.length,
  )
  candidates.sort((a, b) => shared(b) - shared(a))
  return candidates[0] ?? null
}

/** `[x => x * x, x => 2 * x]`, and two functions passed to one call. */
function tuplePairs(group: Group): Found[] {
  const { holder, members } = group
  if ((group.kind !== 'list' && group.kind !== 'call') || !holder || members.length !== 2) return []
  if (group.kind === 'list' && itemsOf(holder).length !== 2) return []
  const [of, derivative] = members
  return of && derivative
    ? [{ function: of, derivative, wrt: [], shape: 'tuple', strength: 'likely', group: tableOf(group) }]
    : []
}
