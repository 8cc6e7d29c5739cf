/** The forms of gradients: time and length, against mathjs simplifying the same raw gradients. */
import { parse, simplify } from 'mathjs'
import { backpropagate } from '../src/calculus/backpropagate'
import { folder } from '../src/calculus/fold'
import { simplifier } from '../src/calculus/simplify'
import { graphBuilder } from '../src/graph/graph'
import { textOf } from '../src/writing/text'
import { GRADIENT_FORMS } from '../test/support/gradientForms'
import { derivationOf, nodeOf } from '../test/support/notes'
import { compare, report } from './measure'

/** Raw gradients as graphs and, for mathjs, as trees. */
const raw = GRADIENT_FORMS.map(([definitions, wrt]) => {
  const derivation = derivationOf(definitions)
  const builder = graphBuilder(derivation.graph)
  const id = backpropagate(builder, folder(builder), derivation.output).get(nodeOf(derivation, wrt))?.node as number
  const text = textOf(builder.graph, id)
  return {
    graph: builder.graph,
    id,
    text,
    tree: parse(text),
    form: GRADIENT_FORMS.find((row) => row[0] === definitions && row[1] === wrt)?.[2] ?? '',
  }
})

const own = () =>
  raw.map(({ graph, id }) => {
    const builder = graphBuilder(graph)
    return textOf(builder.graph, simplifier(builder).polish(id))
  })
const mathjs = () => raw.map(({ tree }) => simplify(tree).toString())

report(
  `Simplifying and printing ${raw.length} raw gradients`,
  compare(
    [
      { name: 'GradLens', run: own },
      { name: 'mathjs simplify', run: mathjs },
    ],
    3,
    200,
  ),
)

/** Letters and signs that a reader sees; blanks and stars don't count. */
const length = (text: string): number => text.replace(/[\s*]/g, '').length
const theirs = mathjs()
const longer = raw.filter(({ form }, k) => length(form) > length(theirs[k] ?? ''))
const shorter = raw.filter(({ form }, k) => length(form) < length(theirs[k] ?? ''))
console.log(
  `  forms: ${shorter.length} shorter than mathjs, ${raw.length - shorter.length - longer.length} as long, ${longer.length} longer`,
)
for (const { form, text } of longer) console.log(`    longer: ${form}   mathjs: ${simplify(text).toString()}`)
