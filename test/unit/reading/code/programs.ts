/** Programs in JavaScript at random: aliases, patterns, loops, closures, methods of lists and records, classes. */

/** Names in sight, by what they hold. */
interface Names {
  readonly numbers: readonly string[]
  /** Those that may be assigned to. */
  readonly variables: readonly string[]
  readonly lists: readonly string[]
  readonly records: readonly string[]
  readonly functions: readonly string[]
  readonly objects: readonly string[]
}

/** Draws from a tape of numbers, so that a shorter tape of smaller numbers is a simpler program. */
class Drawn {
  private at = 0
  private count = 0

  constructor(private readonly tape: readonly number[]) {}

  below(n: number): number {
    const next = this.tape[this.at++] ?? 0
    return next % n
  }
  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }
  fresh(prefix: string): string {
    return `${prefix}${this.count++}`
  }
  get isEmpty(): boolean {
    return this.at >= this.tape.length
  }
}

const CLASS = `class Box { #n = 0; k = 1; constructor(v, w = v * 2) { this.v = v; this.w = w } get sum() { return this.v + this.w }
  set sum(s) { this.v = s; this.w = 0 } add(d) { this.v += d; this.#n++; return this } count() { return this.#n * this.k } static of(v) { return new Box(v, 1) } }
class Sub extends Box { constructor(v) { super(v, 3); this.m = 2 } add(d) { super.add(d * this.m); return this } }`

/** The body of a function of `x`. */
export function program(tape: readonly number[]): string {
  const draw = new Drawn(tape)
  const names: Names = { numbers: ['x'], variables: [], lists: [], records: [], functions: [], objects: [] }
  const { text, names: after } = block(draw, names, 3, 3 + draw.below(9))
  return `${CLASS}\n${text}\nreturn ${result(after)}`
}

/** A sum that everything in sight has a part in. */
function result({ numbers, lists, records, functions, objects }: Names): string {
  const terms = [
    ...numbers.map((name, i) => `${i + 1} * ${name}`),
    ...lists.map((name, i) => `${name}.reduce((s, v, i) => s + v * (i + ${i + 2}), 0) + ${name}.length`),
    ...records.map((name, i) => `(${name}.a - ${i + 2} * ${name}.b)`),
    ...functions.map((name) => `${name}(2)`),
    ...objects.map((name) => `${name}.sum + 3 * ${name}.v + ${name}.count()`),
  ]
  return terms.join(' + ')
}

function block(draw: Drawn, around: Names, depth: number, length: number): { text: string; names: Names } {
  let names = around
  const lines: string[] = []
  for (let k = 0; k < length && !draw.isEmpty; k++) {
    const made = statement(draw, names, depth)
    lines.push(made.text)
    names = made.names
  }
  return { text: lines.join('\n'), names }
}

type Make = (draw: Drawn, names: Names, depth: number) => { text: string; names?: Partial<Names> }

function statement(draw: Drawn, names: Names, depth: number): { text: string; names: Names } {
  const made = draw.of(depth > 0 ? STATEMENTS : SIMPLE)(draw, names, depth)
  return { text: made.text, names: { ...names, ...made.names } }
}

const inner = (draw: Drawn, names: Names, depth: number) => block(draw, names, depth - 1, 1 + draw.below(3)).text

const SIMPLE: readonly Make[] = [
  (draw, names) => {
    const name = draw.fresh('n')
    const text = `let ${name} = ${expression(draw, names, 3)}`
    return { text, names: { numbers: [...names.numbers, name], variables: [...names.variables, name] } }
  },
  (draw, names) => {
    if (names.variables.length === 0) return { text: ';' }
    const operator = draw.of(['=', '+=', '-=', '*=', '??=', '||='])
    return { text: `${draw.of(names.variables)} ${operator} ${expression(draw, names, 2)}` }
  },
  (draw, names) => {
    const name = draw.fresh('l')
    const items = Array.from({ length: 1 + draw.below(4) }, () => expression(draw, names, 1))
    const spread = names.lists.length > 0 && draw.below(3) === 0 ? [`...${draw.of(names.lists)}`] : []
    return { text: `const ${name} = [${[...spread, ...items].join(', ')}]`, names: { lists: [...names.lists, name] } }
  },
  (draw, names) => {
    const name = draw.fresh('o')
    const spread = names.records.length > 0 && draw.below(3) === 0 ? `...${draw.of(names.records)}, ` : ''
    const text = `const ${name} = { ${spread}a: ${expression(draw, names, 1)}, b: ${expression(draw, names, 1)} }`
    return { text, names: { records: [...names.records, name] } }
  },
  (draw, names) => {
    const name = draw.fresh('b')
    const value = draw.of(['new Box(', 'Box.of(', 'new Sub('])
    return {
      text: `const ${name} = ${value}${expression(draw, names, 1)})`,
      names: { objects: [...names.objects, name] },
    }
  },
  (draw, names) => alias(draw, names),
  (draw, names) => changeList(draw, names),
  (draw, names) => changeList(draw, names),
  (draw, names) => changeRecord(draw, names),
  (draw, names) => changeObject(draw, names),
  (draw, names) => swap(draw, names),
  (draw, names) => derivedList(draw, names),
  (draw, names) => destructuring(draw, names),
]

const STATEMENTS: readonly Make[] = [
  ...SIMPLE,
  (draw, names, depth) => {
    const other = draw.below(2) === 0 ? ` else { ${inner(draw, names, depth)} }` : ''
    return { text: `if (${condition(draw, names)}) { ${inner(draw, names, depth)} }${other}` }
  },
  (draw, names, depth) => counted(draw, names, depth),
  (draw, names, depth) => counted(draw, names, depth),
  (draw, names, depth) => eachOf(draw, names, depth),
  (draw, names, depth) => whileLoop(draw, names, depth),
  (draw, names, depth) => closure(draw, names, depth),
  (draw, names, depth) => closure(draw, names, depth),
  (draw, names, depth) => switchOf(draw, names, depth),
  (draw, names) => closuresOfLoop(draw, names),
]

function alias(draw: Drawn, names: Names): ReturnType<Make> {
  const kind = draw.of(['lists', 'records', 'objects'] as const)
  const [first] = names[kind]
  if (!first) return { text: ';' }
  const name = draw.fresh('c')
  const value =
    draw.below(3) === 0
      ? `${condition(draw, names)} ? ${draw.of(names[kind])} : ${draw.of(names[kind])}`
      : draw.of(names[kind])
  return { text: `const ${name} = ${value}`, names: { [kind]: [...names[kind], name] } }
}

function changeList(draw: Drawn, names: Names): ReturnType<Make> {
  if (names.lists.length === 0) return { text: ';' }
  const list = draw.of(names.lists)
  const value = () => expression(draw, names, 1)
  const index = () => String(draw.below(4))
  const text = draw.of([
    () => `${list}.push(${value()})`,
    () => `${list}.unshift(${value()}, ${value()})`,
    () => `${list}.pop()`,
    () => `${list}.shift()`,
    () => `${list}.splice(${index()}, ${index()}, ${value()})`,
    () => `${list}.reverse()`,
    () => `${list}.fill(${value()}, ${index()})`,
    () => `${list}.copyWithin(${index()}, ${index()})`,
    () => `${list}.length = Math.min(${list}.length, ${index()})`,
    () => `${list}[${index()}] = ${value()}`,
    () => `${list}[0] ${draw.of(['+=', '*=', '-='])} ${value()}`,
    () => `${list}.sort((p, q) => p - q)`,
    () => `${list}.forEach((v, i) => { ${list}[i] = v * ${value()} })`,
    () => {
      const counter = names.variables.length > 0 ? `${draw.of(names.variables)}++` : '0'
      return `${list}[${counter}] += ${value()}`
    },
  ])()
  return { text }
}

function changeRecord(draw: Drawn, names: Names): ReturnType<Make> {
  if (names.records.length === 0) return { text: ';' }
  const record = draw.of(names.records)
  const field = draw.of(['a', 'b'])
  const value = () => expression(draw, names, 1)
  const text = draw.of([
    () => `${record}.${field} = ${value()}`,
    () => `${record}['${field}'] ${draw.of(['+=', '*='])} ${value()}`,
    () => `Object.assign(${record}, { ${field}: ${value()} })`,
    () => `${record}.${field}++`,
    () => `;[${record}.a, ${record}.b] = [${record}.b, ${value()}]`,
  ])()
  return { text }
}

function changeObject(draw: Drawn, names: Names): ReturnType<Make> {
  if (names.objects.length === 0) return { text: ';' }
  const object = draw.of(names.objects)
  const value = () => expression(draw, names, 1)
  const text = draw.of([
    () => `${object}.add(${value()}).add(${value()})`,
    () => `${object}.sum = ${value()}`,
    () => `${object}.k += 1`,
    () => `${object}.v = ${object}.sum`,
  ])()
  return { text }
}

function swap(draw: Drawn, names: Names): ReturnType<Make> {
  if (names.variables.length > 1 && draw.below(2) === 0) {
    const [a, b] = [draw.of(names.variables), draw.of(names.variables)]
    return { text: `;[${a}, ${b}] = [${b}, ${a} + 1]` }
  }
  if (names.lists.length === 0) return { text: ';' }
  const list = draw.of(names.lists)
  return { text: `;[${list}[0], ${list}[1]] = [${list}[1] ?? 3, ${list}[0] ?? 4]` }
}

function derivedList(draw: Drawn, names: Names): ReturnType<Make> {
  if (names.lists.length === 0) return { text: ';' }
  const list = draw.of(names.lists)
  const name = draw.fresh('l')
  const value = draw.of([
    () => `${list}.map((v, i) => v * i + ${expression(draw, names, 1)})`,
    () => `${list}.slice(${draw.below(3)}, -1)`,
    () => `${list}.concat([${expression(draw, names, 1)}])`,
    () => `${list}.filter((_v, i) => i % 2 === ${draw.below(2)})`,
    () => `[...${list}].reverse()`,
    () => `Array.from({ length: ${1 + draw.below(3)} }, (_, i) => i + ${expression(draw, names, 1)})`,
    () => `Array.from(${list}, Math.abs)`,
  ])()
  return { text: `const ${name} = ${value}`, names: { lists: [...names.lists, name] } }
}

function destructuring(draw: Drawn, names: Names): ReturnType<Make> {
  const [a, b, rest] = [draw.fresh('n'), draw.fresh('n'), draw.fresh('l')]
  const numbers = [...names.numbers, a, b]
  const variables = [...names.variables, a, b]
  if (names.records.length > 0 && draw.below(2) === 0) {
    const text = `let { a: ${a}, c: ${b} = ${expression(draw, names, 1)} } = ${draw.of(names.records)}`
    return { text, names: { numbers, variables } }
  }
  if (names.lists.length === 0) return { text: ';' }
  const text = `let [${a} = 1, ${b} = ${expression(draw, names, 1)}, ...${rest}] = ${draw.of(names.lists)}`
  return { text, names: { numbers, variables, lists: [...names.lists, rest] } }
}

function counted(draw: Drawn, names: Names, depth: number): ReturnType<Make> {
  const counter = draw.fresh('i')
  const inside = { ...names, numbers: [...names.numbers, counter] }
  const leave = draw.below(3) === 0 ? `if (${condition(draw, inside)}) ${draw.of(['break', 'continue'])};` : ''
  const head = draw.of([
    `let ${counter} = 0; ${counter} < ${1 + draw.below(4)}; ${counter}++`,
    `let ${counter} = 3; ${counter} > ${draw.below(3)}; ${counter} -= 1`,
    `var ${counter} = 0; ${counter} < ${1 + draw.below(3)}; ++${counter}`,
  ])
  return { text: `for (${head}) { ${leave} ${inner(draw, inside, depth)} }` }
}

function eachOf(draw: Drawn, names: Names, depth: number): ReturnType<Make> {
  if (names.lists.length === 0) return { text: ';' }
  const item = draw.fresh('v')
  const inside = { ...names, numbers: [...names.numbers, item] }
  const list = draw.of(names.lists)
  const source = draw.of([list, `[...${list}]`, `${list}.slice(0, 3)`])
  // A list that grows while it is gone through has no end.
  const text = inner(draw, { ...inside, lists: source === list ? [] : names.lists }, depth)
  return { text: `for (const ${item} of ${source}) { ${text} }` }
}

function whileLoop(draw: Drawn, names: Names, depth: number): ReturnType<Make> {
  const counter = draw.fresh('w')
  const body = inner(draw, { ...names, numbers: [...names.numbers, counter] }, depth)
  const text = draw.of([
    `while (${counter} < ${1 + draw.below(3)}) { ${counter}++; ${body} }`,
    `do { ${body}\n${counter}++ } while (${counter} < ${draw.below(3)})`,
  ])
  return { text: `let ${counter} = 0; ${text}`, names: { numbers: [...names.numbers, counter] } }
}

function closure(draw: Drawn, names: Names, depth: number): ReturnType<Make> {
  const name = draw.fresh('f')
  const inside = { ...names, numbers: [...names.numbers, 'p'], functions: [] }
  const text = draw.of([
    () => `const ${name} = (p) => ${expression(draw, inside, 2)}`,
    () =>
      `const ${name} = (p, q = p + 1) => { ${inner(draw, inside, depth)}\nreturn p * q + ${expression(draw, inside, 1)} }`,
    () =>
      `function ${name}(p) { if (${condition(draw, inside)}) return ${expression(draw, inside, 1)}; ${inner(draw, inside, depth)}\nreturn p }`,
    () => `const ${name} = (p) => (p <= 0 ? 1 : ${expression(draw, inside, 1)} + ${name}(p - 1))`,
  ])()
  return { text, names: { functions: [...names.functions, name] } }
}

function closuresOfLoop(draw: Drawn, names: Names): ReturnType<Make> {
  const [list, name, counter] = [draw.fresh('g'), draw.fresh('f'), draw.fresh('i')]
  const inside = { ...names, numbers: [...names.numbers, counter] }
  const bump = draw.below(2) === 0 ? `${counter} += 1; ` : ''
  const keyword = draw.of(['let', 'var'])
  const loop = `for (${keyword} ${counter} = 0; ${counter} < 4; ${counter}++) { ${list}.push((z) => z * ${counter} + ${expression(draw, inside, 1)}); ${bump}}`
  const text = `const ${list} = []; ${loop}\nconst ${name} = (z) => ${list}[0](z) - 2 * ${list}[1](z)`
  return { text, names: { functions: [...names.functions, name] } }
}

function switchOf(draw: Drawn, names: Names, depth: number): ReturnType<Make> {
  const subject = draw.of([expression(draw, names, 1), String(draw.below(3))])
  const leave = () => draw.of(['break', ''])
  const body = () => inner(draw, names, depth)
  return {
    text: `switch (${subject}) { case 0: { ${body()} } ${leave()}; default: { ${body()} } ${leave()}; case 1: { ${body()} } }`,
  }
}

function condition(draw: Drawn, names: Names): string {
  const comparison = () =>
    `${expression(draw, names, 1)} ${draw.of(['<', '>', '<=', '>=', '===', '!=='])} ${expression(draw, names, 1)}`
  return draw.of([
    comparison,
    comparison,
    () => `!(${comparison()})`,
    () => `${comparison()} ${draw.of(['&&', '||'])} ${comparison()}`,
  ])()
}

function expression(draw: Drawn, names: Names, depth: number): string {
  if (depth === 0 || draw.below(3) === 0) return leaf(draw, names)
  const part = () => expression(draw, names, depth - 1)
  return draw.of([
    () => `(${part()} + ${part()})`,
    () => `(${part()} - ${part()})`,
    () => `${part()} * ${part()}`,
    () => `(${part()} + 1) ** 2`,
    () => `2 ** ${draw.below(3)} ** 2`,
    () => `Math.sin(${part()})`,
    () => `Math.max(${part()}, ${part()})`,
    () => `(-${leaf(draw, names)})`,
    () => `(${condition(draw, names)} ? ${part()} : ${part()})`,
    () => (names.variables.length > 0 ? `(${draw.of(names.variables)} ${draw.of(['=', '+='])} ${part()})` : '2'),
    () =>
      names.variables.length > 0 ? `${draw.of(['-', ''])}${draw.of(names.variables)}${draw.of(['++', '--'])}` : '3',
    () => (names.variables.length > 0 ? `${draw.of(['++', '--'])}${draw.of(names.variables)}` : '4'),
    () => (names.functions.length > 0 ? `${draw.of(names.functions)}(${draw.below(3)})` : '5'),
    () => (names.lists.length > 0 ? `(${draw.of(names.lists)}[${draw.below(3)}] ?? ${part()})` : '6'),
    () => (names.lists.length > 0 ? `Math.hypot(...${draw.of(names.lists)})` : '7'),
    () => (names.lists.length > 0 ? `(${draw.of(names.lists)}.${draw.of(['pop', 'shift'])}() ?? 1)` : '8'),
    () => `(${part()} && ${part()} || ${part()})`,
  ])()
}

function leaf(draw: Drawn, names: Names): string {
  return draw.of([
    () => draw.of(names.numbers),
    () => draw.of(names.numbers),
    () => String(draw.below(5)),
    () => 'x',
    () => (names.records.length > 0 ? `${draw.of(names.records)}.${draw.of(['a', 'b'])}` : '1.5'),
    () => (names.objects.length > 0 ? `${draw.of(names.objects)}.${draw.of(['v', 'sum'])}` : '0.5'),
  ])()
}
