import assert from 'node:assert/strict'
import { analyzeMarkdown } from '../../../src/analysis'
import type { FromPanel, ShowMessage, ToPanel } from '../../../src/panel/messages'
import type { PanelStrings } from '../../../src/panel/strings'
import type { TextChange, Trials } from '../../../src/study/inputs'
import { type Desk, study } from '../../../src/study/study'

const NOTE = `$$ z = t^2, \\quad t = x + y $$

$x = 0.5$ <!-- 0..2 -->, $y = 1.25$

$$ p = a b $$
`

/** A study at a desk without an editor and without a page: what it says, and what it does to the document, is kept. */
function atDesk(first = NOTE) {
  const said: ToPanel[] = []
  const selected: string[] = []
  const tried: Trials[] = []
  const saved: [file: string, content: string][] = []
  let text = first
  let uri = 'file:///note.md'
  let analysis = analyzeMarkdown(text)
  let cursor: number | null = null
  let clock = 0
  const apply = (changes: readonly TextChange[]) => {
    for (const { start, end, text: put } of changes) text = text.slice(0, start) + put + text.slice(end)
  }
  const desk: Desk = {
    document: () => ({ uri, name: 'note.md', isCode: false }),
    analysis: () => analysis,
    cursor: () => cursor,
    post: (message) => said.push(message),
    strings: () => ({}) as PanelStrings,
    translate: (sentence) => sentence,
    select: ({ start, end }) => selected.push(text.slice(start, end)),
    mark: () => undefined,
    copy: async (copied) => void selected.push(copied),
    svg: (_, __, onPaper) => `<svg width="${onPaper ? 2 : 1}" height="1"></svg>`,
    save: async (name, format, content) => void saved.push([`${name}.${format}`, content]),
    page: async () => '<!DOCTYPE html>',
    write: async (changes) => apply(changes),
    tried: (trials) => void tried.push(trials),
    pinned: () => undefined,
    failed: (what, error) => assert.fail(`${what}: ${error}`),
    now: () => (clock += 1000),
    pause: async () => undefined,
  }
  const work = study(desk, null, 'auto')
  const settled = async () => {
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setTimeout(resolve, 0))
  }
  return {
    work,
    said,
    selected,
    tried,
    saved,
    text: () => text,
    tell: async (message: FromPanel) => {
      await work.receive(message)
      await settled()
    },
    edit: async (fresh: string) => {
      text = fresh
      analysis = analyzeMarkdown(text, analysis)
      work.changed()
      await settled()
    },
    turn: async (fresh: string, address: string) => {
      uri = address
      text = fresh
      analysis = analyzeMarkdown(text)
      work.turned(0)
      await settled()
    },
    move: async (to: string) => {
      cursor = text.indexOf(to)
      work.follow(cursor, false)
      await settled()
    },
    last: <T extends ToPanel['type']>(type: T) =>
      said.findLast((message): message is Extract<ToPanel, { type: T }> => message.type === type),
  }
}
const numbersOf = (shown: ShowMessage | undefined) =>
  shown?.scene.nodes.filter(({ kind }) => kind !== 'output').map(({ spoken }) => spoken.value)

describe('a study', () => {
  it('shows nothing before the page is there, then the derivation at the cursor', async () => {
    const desk = atDesk()
    await desk.move('z =')
    assert.equal(desk.said.length, 0)
    await desk.tell({ type: 'ready' })
    assert.equal(desk.last('show')?.name, 'z')
    await desk.move('p =')
    assert.equal(desk.last('show')?.name, 'p')
  })

  it('stays on a derivation that is pinned', async () => {
    const desk = atDesk()
    await desk.tell({ type: 'ready' })
    await desk.tell({ type: 'pin', pinned: true })
    await desk.move('p =')
    assert.equal(desk.last('show')?.name, 'z')
  })

  it('goes to another document', async () => {
    const desk = atDesk()
    await desk.tell({ type: 'ready' })
    await desk.turn('$$ q = u v $$\n', 'file:///other.md')
    assert.equal(desk.last('show')?.name, 'q')
    assert.equal(desk.last('show')?.uri, 'file:///other.md')
  })

  it('says so where there is nothing to draw', async () => {
    const desk = atDesk('Words.\n')
    await desk.tell({ type: 'ready' })
    assert.ok(desk.last('empty'))
    await desk.edit('$$ q = u v $$\n')
    assert.equal(desk.last('show')?.name, 'q')
  })

  it('keeps the last good graph while a formula is half typed', async () => {
    const desk = atDesk()
    await desk.tell({ type: 'ready' })
    await desk.edit(NOTE.replace('z = t^2, \\quad t = x + y', 'z = t^'))
    assert.equal(desk.said.at(-1)?.type === 'old' || desk.last('show')?.name === 'z', true)
  })

  it('selects in the note what is chosen in the page', async () => {
    const desk = atDesk()
    await desk.tell({ type: 'ready' })
    const shown = desk.last('show')
    const t = shown?.scene.nodes.find(({ spoken }) => spoken.expression === 't = x + y')
    await desk.tell({ type: 'select', node: t?.id ?? -1 })
    assert.deepEqual(desk.selected, ['x + y'])
  })

  it('writes everything out at values that are tried out, and marks them', async () => {
    const desk = atDesk()
    await desk.tell({ type: 'ready' })
    const [x] = desk.last('show')?.inputs ?? []
    await desk.tell({ type: 'values', trials: [{ node: x?.node ?? -1, shape: [], data: [1] }] })
    const shown = desk.last('show')
    assert.deepEqual(numbersOf(shown), ['1', '1.25', '2.25', '5.0625'])
    assert.deepEqual(
      shown?.inputs.map(({ plain, data, isTrial, range }) => ({ plain, data, isTrial, range })),
      [
        { plain: 'x', data: [1], isTrial: true, range: [0, 2] },
        { plain: 'y', data: [1.25], isTrial: false, range: null },
      ],
    )
    await desk.tell({ type: 'values', trials: [] })
    assert.deepEqual(numbersOf(desk.last('show')), ['0.5', '1.25', '1.75', '3.0625'])
  })

  it('tells the desk what is tried out, until something else is studied', async () => {
    const desk = atDesk()
    const tried = () => [...(desk.tried.at(-1) ?? [])].map(([name, { data }]) => `${name} = ${data.join()}`)
    await desk.tell({ type: 'ready' })
    const [x] = desk.last('show')?.inputs ?? []
    await desk.tell({ type: 'values', trials: [{ node: x?.node ?? -1, shape: [], data: [1] }] })
    assert.deepEqual(tried(), ['x = 1'])
    await desk.move('p =')
    assert.deepEqual(tried(), [])
  })

  it('writes trial values into the note only when asked: in place of its own, or below the formula', async () => {
    const desk = atDesk()
    await desk.tell({ type: 'ready' })
    const [x] = desk.last('show')?.inputs ?? []
    await desk.tell({ type: 'values', trials: [{ node: x?.node ?? -1, shape: [], data: [1.5] }] })
    assert.equal(desk.text(), NOTE)
    await desk.tell({ type: 'write' })
    assert.equal(desk.text(), NOTE.replace('$x = 0.5$', '$x = 1.5$'))

    const bare = atDesk('$$ p = a b $$\n\nWords.\n')
    await bare.tell({ type: 'ready' })
    const inputs = bare.last('show')?.inputs ?? []
    await bare.tell({ type: 'values', trials: inputs.map(({ node }) => ({ node, shape: [], data: [2] })) })
    await bare.tell({ type: 'write' })
    assert.equal(bare.text(), '$$ p = a b $$\n\n$a = 2$, $b = 2$\n\nWords.\n')
  })

  it('has steps for both passes, each with the numbers put in', async () => {
    const desk = atDesk()
    await desk.tell({ type: 'ready' })
    const { steps = [], version = 0 } = desk.last('show') ?? {}
    const said: string[] = []
    for (const [index] of steps.entries()) {
      await desk.tell({ type: 'step', version, index })
      said.push(
        desk
          .last('step')
          ?.sentence.parts.map(({ spoken }) => spoken)
          .join(' ') ?? '',
      )
    }
    assert.deepEqual(said, [
      't = x + y = 0.5 + 1.25 = 1.75',
      'z = t^{2} = 1.75^{2} = 3.0625',
      '\\frac{\\partial z}{\\partial z} = 1',
      '\\frac{\\partial z}{\\partial t} = 2 t = 2 (x + y) = 2 \\cdot 1.75 = 3.5',
      '\\frac{\\partial z}{\\partial y} = \\frac{\\partial z}{\\partial t} \\cdot \\frac{\\partial t}{\\partial y} = 2 t \\cdot 1 = 2 (x + y) = 2 \\cdot 1.75 \\cdot 1 = 3.5',
      '\\frac{\\partial z}{\\partial x} = \\frac{\\partial z}{\\partial t} \\cdot \\frac{\\partial t}{\\partial x} = 2 t \\cdot 1 = 2 (x + y) = 2 \\cdot 1.75 \\cdot 1 = 3.5',
    ])
  })

  it('tells at a step of the backward pass the rule by which the gradient came', async () => {
    const desk = atDesk()
    await desk.tell({ type: 'ready' })
    const { steps = [], version = 0 } = desk.last('show') ?? {}
    const words = []
    for (const [index, { pass }] of steps.entries()) {
      await desk.tell({ type: 'step', version, index })
      if (pass === 'backward') words.push(desk.last('step')?.sentence.words?.split(' ').slice(0, 2).join(' '))
    }
    assert.deepEqual(words, ['The backward', 'A power', 'Addition passes', 'Addition passes'])
  })

  it('is called by its formula', async () => {
    const desk = atDesk()
    await desk.tell({ type: 'ready' })
    assert.equal(desk.last('show')?.title.spoken, 'z = t^{2}')
  })

  it('gives the graph to other programs', async () => {
    const desk = atDesk()
    await desk.tell({ type: 'ready' })
    for (const [format, begins] of [
      ['latex', /\\partial/],
      [
        'tikz',
        /^% .*\n\\begin\{tikzpicture\}[\s\S]*\\node\[operation, label=below:\$t\$\] \(n2\) at \([\d.]+, -[\d.]+\) \{\$\+\$\};[\s\S]*node\[value\] \{\$1\.75\$\}/,
      ],
      ['mermaid', /^graph LR/],
      ['dot', /^digraph/],
    ] as const) {
      await desk.tell({ type: 'copy', format })
      assert.match(desk.selected.at(-1) ?? '', begins)
    }
  })

  it('saves the drawing as a file, for paper as PDF', async () => {
    const desk = atDesk()
    await desk.tell({ type: 'ready' })
    await desk.tell({ type: 'export', format: 'svg' })
    await desk.tell({ type: 'export', format: 'pdf' })
    const [svg, pdf] = desk.saved
    assert.deepEqual(svg, ['z.svg', '<svg width="1" height="1"></svg>'])
    assert.equal(pdf?.[0], 'z.pdf')
    assert.match(pdf?.[1] ?? '', /^%PDF-1[\s\S]*MediaBox \[0 0 1\.5 0\.75\]/)
  })

  it('calls the first inputs by formulas, and hundreds by their names', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `x_{${i}}`)
    const desk = atDesk(`$$ z = ${names.join(' + ')} $$\n\n$x_{3} = 0.5$ <!-- 0..2 -->, $x_{39} = 7$\n`)
    await desk.tell({ type: 'ready' })
    const { inputs = [] } = desk.last('show') ?? {}
    assert.equal(inputs.length, 40)
    assert.deepEqual(
      inputs.map(({ name }) => name !== null),
      inputs.map((_, i) => i < 24),
    )
    assert.equal(inputs[39]?.plain, 'x_39')
    assert.deepEqual(inputs[3]?.range, [0, 2])
    assert.deepEqual(inputs[39]?.data, [7])
  })

  it('answers to no version but the one that is shown', async () => {
    const desk = atDesk()
    await desk.tell({ type: 'ready' })
    const { version = 0, scene } = desk.last('show') ?? {}
    const node = scene?.nodes[0]?.id ?? 0
    await desk.tell({ type: 'details', version: version + 1, node })
    assert.equal(desk.last('details'), undefined)
    await desk.tell({ type: 'details', version, node })
    assert.equal(desk.last('details')?.details.node, node)
  })
})
