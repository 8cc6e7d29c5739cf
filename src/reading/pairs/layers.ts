/** Classes that carry numbers forward and gradients back: layers, losses and whole networks, run with arrays of given sizes. */
import { asNumber } from '../code/arithmetic'
import { type Argument, invoke } from '../code/calls'
import { instantiate, methodOf } from '../code/classes'
import type { Expression, FunctionCode, Pattern } from '../code/core'
import { evaluate } from '../code/expression'
import { freshKey, inputOf, known, type Machine } from '../code/machine'
import { nameOf } from '../code/names'
import type { Scope } from '../code/scope'
import type { ClassValue, ClosureValue, NumberValue, ReferenceValue, Value } from '../code/value'
import { walkCode } from '../code/walk'
import { type ArrayCandidate, type ArrayReader, type ArrayRun, counted, isBatched, type Way } from './arrayCandidate'
import { ARRIVING, isPredicted, isTarget, variables } from './arrays'
import { pairMachine } from './formulas'
import {
  entriesIn,
  fieldsOf,
  freeArrays,
  gradientsKept,
  gradientsNamed,
  gradientsReturned,
  gradientsStepped,
  gradientsUnset,
} from './kept'
import { type Member, stepsIn, textsOf } from './members'
import {
  argumentsFor,
  type Given,
  mirrored,
  numbersOf,
  ownParameters,
  randomOf,
  SITE,
  type Slot,
  wanted,
} from './sized'

/** What people call the two methods. */
const PASSES: readonly (readonly [forward: RegExp, backward: RegExp])[] = [
  [
    /^(forward|forward_?(prop|pass)(agation|agate)?|fwd|fwd_?(prop|pass)|feed_?forward|propagate_?forward|__call__|call)$/i,
    /^(backward|backward_?(prop|pass)(agation|agate)?|bwd|bwd_?(prop|pass)|back_?prop(agation|agate)?|propagate_?backward)$/i,
  ],
  [/^(loss|cost|(compute|calc|get)_?(loss|cost))$/i, /^(gradients?|grads?|(compute|calc|get)_?(gradients?|grads?))$/i],
]

/** The name of the step's size: what is taken away downhill is the gradient times it. */
const RATE = /^_?(lr|learning_?rate|rate|eta|step(_?size)?|learn_?rate|l_?rate)$/i

interface Passes {
  readonly forward: Member
  readonly backward: Member
}

/** The passes of a class: the one back is its own, the one forward may be that of a class above. */
function passesIn(members: readonly Member[], made: ClassValue): Passes | null {
  for (const [forward, backward] of PASSES) {
    const [own, back] = [forward, backward].map((pattern) =>
      members.find(({ name, value }) => pattern.test(name) && value.kind === 'closure'),
    )
    const found = back && (own ?? inherited(made, forward, back))
    if (found) return { forward: found, backward: back }
  }
  return null
}

/** A method of a class above, as if it stood where `beside` does. */
function inherited({ base }: ClassValue, pattern: RegExp, beside: Member): Member | null {
  let at: Value | null = base
  for (let depth = 0; at?.kind === 'class' && depth < 10; depth++) {
    const { code, file, scope }: ClassValue = at
    const found = code.members.find(({ key, isStatic, method }) => pattern.test(key) && !isStatic && method)
    if (found?.method) {
      const value: ClosureValue = { kind: 'closure', code: found.method, file, scope, name: found.key, self: null }
      return { ...beside, name: found.key, value, comment: null }
    }
    at = at.base
  }
  return null
}

/** The layer that a class is; `null` where arrays can't go through it forward and back. */
export function layerOf(
  { program, file }: ArrayReader,
  group: { readonly name: string | null; readonly members: readonly Member[] },
  scope: Scope,
): ArrayCandidate | null {
  if (group.name === null || !group.members.some(({ name }) => PASSES.some(([, backward]) => backward.test(name))))
    return null
  const machine = pairMachine(program, file)
  const made = evaluate(machine, { kind: 'name', name: group.name, from: 0, to: 0 }, { scope, self: null })
  const passes = made.kind === 'class' ? passesIn(group.members, made) : null
  if (made.kind !== 'class' || passes?.forward.value.kind !== 'closure') return null
  const { forward, backward } = passes
  const isPython = file.language.brings
  const maker = constructorOf(made)
  const carries = passes.forward.value.code
  const weights = maker ? wanted(maker, 'weights', isPython, [carries]) : []
  const inputs = wanted(carries, 'inputs', isPython)
  if (!weights || !inputs) return null
  // Numbers alone are compared number by number.
  if (!isPython && ![...weights, ...inputs].some(({ axes }) => axes?.some((count) => count > 0))) return null
  const names = new Set(inputs.map(({ name }) => name))
  const title = (member: Member) => `${group.name}.${member.name}`
  const end = (member: Member) => ({ name: title(member), title: title(member), range: rangeIn(member) })
  const candidate = (takes: Takes, otherwise: ArrayCandidate | null): ArrayCandidate => ({
    function: end(forward),
    derivative: { ...end(backward), steps: stepsIn(backward, file) },
    isOnline: takesRate(backward),
    kind: 'layer',
    strength: 'sure',
    text: textsOf([forward, backward]),
    isBatched: isBatched({ program, file }),
    otherwise,
    inputs: [...inputs, ...weights.filter(({ name }) => !names.has(name))],
    ...counted({ program, file }, (own, sizes) => runLayer(own, made, passes, takes, sizes)),
  })
  const arriving = candidate('arriving', null)
  return takesPrediction(passes) ? candidate('prediction', arriving) : arriving
}

/**
 * What `backward` is given where its own name isn't one of those of `forward`: the gradient that arrives, or, of a loss, what was
 * predicted: `loss.backward(output, y)`.
 */
type Takes = 'arriving' | 'prediction'

/** A loss whose `backward` takes the target again, and one thing more. */
function takesPrediction({ forward, backward }: Passes): boolean {
  const [inputs, given] = [forward, backward].map(({ value }) =>
    value.kind === 'closure'
      ? ownParameters(value.code).flatMap(({ pattern, fallback, rest }) =>
          pattern.kind === 'name' && !fallback && !rest ? pattern.name : [],
        )
      : [],
  ) as [string[], string[]]
  const others = given.filter((name) => !inputs.includes(name))
  return given.length === 2 && others.length === 1 && given.some((name) => inputs.includes(name) && isTarget(name))
}

const takesRate = ({ value }: Member): boolean =>
  value.kind === 'closure' &&
  value.code.parameters.some(({ pattern, fallback }) => pattern.kind === 'name' && !fallback && RATE.test(pattern.name))

const rangeIn = ({ nameSpan }: Member) => ({ start: nameSpan.from, end: nameSpan.to })

function constructorOf(made: ClassValue): FunctionCode | null {
  let at: Value | null = made
  for (let depth = 0; at?.kind === 'class' && depth < 10; depth++) {
    const found = at.code.members.find(({ key, method }) => key === 'constructor' && method)
    if (found) return found.method
    at = at.base
  }
  return null
}

/** Fields in which a method that returns nothing leaves what it computed, the likeliest first. */
const OUTPUTS = ['output', 'outputs', 'out', 'y', 'a', 'loss', 'result', 'activation', 'z']

function runLayer(
  machine: Machine,
  made: ClassValue,
  passes: Passes,
  takes: Takes,
  sizes: ReadonlyMap<string, Given>,
): ArrayRun | null {
  machine.file = made.file
  const slots = new Map<string, Slot>()
  const maker = constructorOf(made)
  const self = instantiate(machine, made, maker ? argumentsFor(machine, maker, sizes, slots) : [], SITE)
  const [forward, backward] = [passes.forward.name, passes.backward.name].map((name) => methodOf(made, name))
  if (self?.kind !== 'reference' || !forward || !backward) return null
  if (machine.file.language.brings) freeArrays(machine, self, slots)
  const fresh = fieldsOf(machine, self)
  const given = argumentsFor(machine, forward.code, sizes, slots)
  const output = outputOf(machine, invoke(machine, forward, given, SITE, self), self, fresh)
  const outputs = output && numbersOf(machine, output)
  if (!output || !outputs) return null
  const before = fieldsOf(machine, self)
  const unset = gradientsUnset(machine, self)
  const predicted = takes === 'prediction' ? (leftBy(machine, self, fresh) ?? given[0]?.value ?? null) : null
  const back = backwardArguments(machine, { forward, backward, given, output, self, predicted })
  if (!back) return null
  const returned = invoke(machine, backward, back.args, SITE, self)
  const inputs = wanted(forward.code, 'inputs', machine.file.language.brings)?.map(({ name }) => name) ?? []
  const kept = [
    ...gradientsKept(machine, self, { before, unset, slots, data: inputs[0] }),
    ...(back.rate ? gradientsStepped(machine, self, before, slots, back.rate) : []),
  ]
  const named = gradientsNamed(machine, returned, before, slots)
  const ways = named.length > 0 ? [named] : gradientsReturned(machine, returned, inputs)
  if (!ways || ways.every((way) => way.length + kept.length === 0)) return null
  return {
    definitions: machine.definitions,
    bindings: machine.bindings,
    inputs: [...slots.values()],
    outputs: outputs.map(({ expr }) => expr),
    arriving: back.arriving.length > 0 ? back.arriving : null,
    ways: meantWays(ways, inputs, back).map((way) => [...way, ...kept]),
    random: [...randomOf(machine), ...back.others],
    isDoubtful: back.isDoubtful,
    isNamedGradient: back.arriving.every(({ name }) => ARRIVING.test(name)),
    isMultiplied: isMultiplied(backward.name ?? passes.backward.name, made.file.text),
  }
}

/** `grad * layer.backward(grad)`: what a layer gives is its own slope. */
function isMultiplied(name: string, text: string): boolean {
  const call = `[\\w.\\[\\]]*\\.${name}\\(`
  return new RegExp(`\\*\\s*${call}|(?<![\\w.\\])])${call}[^()\\n]*\\)\\s*\\*(?!\\*)`).test(text)
}

/** What arrives is passed on to the first inputs; the gradient of a loss is one by what was predicted, wherever it stands. */
function meantWays(ways: readonly Way[], inputs: readonly string[], { arriving }: Back): readonly Way[] {
  if (arriving.length > 0) return ways.slice(0, 1)
  const varying = variables(inputs)
  const meant = ways.filter((way) => way.every(({ of }) => varying.includes(of)))
  return meant.length > 0 ? meant : ways
}

/** What `forward` returns, or leaves in a field. */
function outputOf(
  machine: Machine,
  returned: Value,
  self: ReferenceValue,
  fresh: ReadonlyMap<string, Value>,
): Value | null {
  return returned.kind !== 'nothing' ? returned : leftBy(machine, self, fresh)
}

/** The output that a method has left in a field. */
function leftBy(machine: Machine, self: ReferenceValue, fresh: ReadonlyMap<string, Value>): Value | null {
  const fields = fieldsOf(machine, self)
  const key = OUTPUTS.find((name) => fields.has(name) && fields.get(name) !== fresh.get(name))
  return key === undefined ? null : (fields.get(key) ?? null)
}

interface Back {
  readonly args: readonly Argument[]
  readonly arriving: Slot[]
  readonly rate: NumberValue | null
  readonly others: Slot[]
  readonly isDoubtful: boolean
}

interface Called {
  readonly forward: ClosureValue
  readonly backward: ClosureValue
  /** What `forward` was given, in order. */
  readonly given: readonly Argument[]
  readonly output: Value
  readonly self: ReferenceValue
  /** What a loss is given again. */
  readonly predicted: Value | null
}

/** What `backward` is given: the gradient that arrives, inputs of `forward` by their names, a rate; `null` where it takes more. */
function backwardArguments(
  machine: Machine,
  { forward, backward, given, output, self, predicted }: Called,
): Back | null {
  const names = ownParameters(forward.code).map(({ pattern }) => (pattern.kind === 'name' ? pattern.name : ''))
  const parameters = ownParameters(backward.code).filter(({ fallback, rest }) => !fallback && !rest)
  const arriving: Slot[] = []
  const others: Slot[] = []
  let rate = rateIn(machine, self) ?? rateWritten(backward.code)
  const args: Argument[] = []
  const isKnown = (name: string) => (parameters.length > 1 && names.includes(name)) || RATE.test(name)
  const unknown = parameters.filter(({ pattern }) => pattern.kind === 'name' && !isKnown(pattern.name))
  // One for each of several outputs, `h_next` and `c_next`, or one for all.
  const items = entriesIn(machine, output).map(([, item]) => item)
  const arrivingAt = unknown.length > 1 && unknown.length === items.length ? items : [output]
  // `backward(x, y, output)`: what came out is given again.
  const again = unknown.length === 2 && items.length !== 2 && given.length > 0
  const isOutput = (name: string) => again && isPredicted(name) && !ARRIVING.test(name)
  for (const { pattern } of parameters) {
    if (pattern.kind !== 'name') return null
    const same = parameters.length > 1 ? given[names.indexOf(pattern.name)]?.value : undefined
    let value = same ?? predicted ?? (isOutput(pattern.name) ? output : undefined)
    if (!value && RATE.test(pattern.name)) {
      const name = nameOf(pattern.name, freshKey(machine, pattern.name))
      others.push({ name: pattern.name, leaves: [name], shape: [] })
      rate = { kind: 'number', expr: inputOf(machine, name, SITE, null), shape: [] }
      value = rate
    }
    const next = value ? undefined : arrivingAt.shift()
    value ??= next && mirrored(machine, next, pattern.name, arriving)
    if (!value) return null
    args.push({ value, code: backward.code, keyword: null })
  }
  const [only] = parameters
  const isTold = parameters.length !== 1 || only?.pattern.kind !== 'name' || ARRIVING.test(only.pattern.name)
  return { args, arriving, rate, others, isDoubtful: !isTold }
}

/** A rate that the method has by default, `learning_rate=0.01`, or sets for itself. */
function rateWritten({ parameters, body }: FunctionCode): NumberValue | null {
  const written: number[] = []
  const add = (pattern: Pattern, value: Expression | null) => {
    if (pattern.kind === 'name' && RATE.test(pattern.name) && value?.kind === 'number') written.push(value.value)
  }
  for (const { pattern, fallback } of parameters) add(pattern, fallback)
  walkCode(body, (part) => {
    if (part.kind === 'let') add(part.pattern, part.value)
  })
  const [rate] = written
  return rate === undefined ? null : known(rate, SITE)
}

/** A rate that the object holds. */
function rateIn(machine: Machine, self: ReferenceValue): NumberValue | null {
  const [, value] = entriesIn(machine, self).find(([key]) => RATE.test(key)) ?? []
  const number = value && value.kind !== 'nothing' ? asNumber(machine, value, SITE, '') : null
  return number && number.expr.kind !== 'opaque' ? number : null
}
