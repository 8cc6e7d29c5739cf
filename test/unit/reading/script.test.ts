import assert from 'node:assert/strict'
import { analyzeMarkdown, analyzePython, analyzeTypeScript } from '../../../src/analysis'
import type { Derivation } from '../../../src/derivation'

const PRODUCT = `class Product:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b

    def backward(self, out):
        return out * self.b, out * self.a
`
const USE = `price = 100
count = 2
rate = 1.1
goods, taxed = Product(), Product()
amount = goods.forward(price, count)
total = taxed.forward(amount, rate)
`
const BACK = 'damount, drate = taxed.backward(1)\nprint(total)\n'
const IN_TYPESCRIPT = `class Product {
  forward(a: number, b: number): number {
    return a * b
  }
}
const price = 100
const count = 2
const rate = 1.1
const goods = new Product()
const amount = goods.forward(price, count)
const total = new Product().forward(amount, rate)
const again = goods.forward(amount, rate)
`
const fence = (text: string) => `\`\`\`python\n${text}\`\`\`\n\n`

const named = ({ written, graph }: Derivation, name: string) =>
  written.find((id) => graph.nodes[id]?.name?.plain === name) ?? assert.fail(`no ${name}`)
/** The value of the output, and the gradients by names. */
function numbersOf(derivation: Derivation | undefined, names: readonly string[]): number[] {
  assert.ok(derivation)
  const gradients = names.map((name) => derivation.gradient(named(derivation, name)))
  return [derivation.output, ...gradients.map((each) => each?.node ?? -1)].map((id) =>
    Number((derivation.value(id)?.data[0] ?? Number.NaN).toPrecision(9)),
  )
}
const NAMES = ['price', 'count', 'amount', 'rate']
const NUMBERS = [220, 2.2, 110, 1.1, 200]

const SOURCES: readonly (readonly [what: string, derivations: readonly Derivation[], output: string])[] = [
  ['a file', analyzePython(PRODUCT + USE + BACK).derivations, 'total'],
  [
    'the main part of a file',
    analyzePython(`${PRODUCT}if __name__ == '__main__':\n${USE.replace(/^/gm, '    ')}`).derivations,
    'total',
  ],
  ['a fence below that of the layer', analyzeMarkdown(fence(PRODUCT) + fence(USE + BACK)).derivations, 'total'],
  ['TypeScript', analyzeTypeScript(IN_TYPESCRIPT).derivations, 'again'],
]

describe('layers that are used at the top level', () => {
  for (const [what, derivations, output] of SOURCES)
    it(what, () => {
      const derivation = derivations.find(({ name }) => name.plain === output)
      assert.deepEqual(numbersOf(derivation, NAMES), NUMBERS)
    })

  it('what isn’t a number is none: a network that is made, arrays of no size, a layer that isn’t known', () => {
    const others = [
      'x = load()\ny = net.forward(x)\n',
      'net = Network(3)\nx = 1\ny = net.forward(x)\n',
      `${PRODUCT}goods = Product()\nfor i in range(3):\n    y = goods.forward(i, 2)\n`,
      `${PRODUCT}goods = Product()\namount = goods.forward(3, 2)\n`,
    ]
    for (const text of others)
      assert.deepEqual(
        analyzePython(text).derivations.flatMap(({ name }) => (/^(y|amount)$/.test(name.plain) ? [name.plain] : [])),
        [],
        text,
      )
  })
})
