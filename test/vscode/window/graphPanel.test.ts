import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FrameLocator, Locator } from 'playwright-core'
import { open, type Workbench } from './workbench'

const SHOW = 'GradLens: Show Computational Graph'

/** The panel of a window, in the words of those who use it. */
function panelOf(window: Workbench) {
  const frame: FrameLocator = window.panelFrame()
  const node = (name: string): Locator =>
    frame
      .locator('.node:not(.output)')
      .getByRole('button', { name })
      .or(frame.locator(`.node:not(.output)[aria-label^="${name}"]`))
      .first()
  return {
    frame,
    node,
    selected: frame.locator('.node.selected'),
    stage: frame.locator('svg.stage'),
    strip: frame.locator('footer.strip'),
    button: (name: string | RegExp) => frame.getByRole('button', { name }),
    zoom: async () =>
      Number(/scale\(([\d.]+)/.exec((await frame.locator('.world').getAttribute('transform')) ?? '')?.[1] ?? 0),
    says: async (locator: Locator, attribute: string, expected: RegExp) => {
      await waitFor(
        async () => expected.test((await locator.getAttribute(attribute, { timeout: 1000 })) ?? ''),
        String(expected),
      )
    },
  }
}

async function waitFor(check: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 60_000
  while (Date.now() < end) {
    if (await check().catch(() => false)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.fail(`waited in vain for ${what}`)
}

const selectionOf = async (window: Workbench): Promise<string> =>
  (await window.page
    .locator('#workbench\\.parts\\.statusbar')
    .getByRole('button', { name: /^Ln \d+, Col/ })
    .textContent({ timeout: 1000 })) ?? ''

describe('the graph panel', () => {
  let window: Workbench
  let panel: ReturnType<typeof panelOf>
  before(async () => {
    window = await open('graph.md')
    await window.clickAt('z = t^2', 't^2')
    await window.runCommand(SHOW)
    panel = panelOf(window)
    await panel.selected.waitFor()
  })
  after(() => window.close())

  it('opens beside the note and leaves the focus in it', async () => {
    assert.equal(await window.page.locator('.editor-group-container').count(), 2)
    await window.page.keyboard.press('Home')
    await waitFor(async () => /^Ln 4, Col 1/.test(await selectionOf(window)), 'the cursor at the beginning of the line')
  })

  it('draws nodes, values above the edges, gradients below them', async () => {
    const labels = await panel.frame
      .locator('.node:not(.output)')
      .evaluateAll((all) => all.map((each) => each.ariaLabel))
    assert.deepEqual(labels, [
      'x, value 0.5, gradient 2t = 3.5',
      'y, value 1.25, gradient 2t = 3.5',
      't = x + y, value 1.75, gradient 2t = 3.5',
      'z = t², value 3.0625, gradient 1',
    ])
    assert.equal(await panel.frame.locator('.edge .value').count(), 4)
    assert.equal(await panel.frame.locator('.edge .gradient').count(), 4)
    await window.screenshot('graph')
  })

  it('follows the cursor to another node, and to another derivation', async () => {
    await window.clickAt('t = x + y', 'x + y')
    await panel.says(panel.selected, 'aria-label', /^x,/)
    await window.clickAt('p = a', 'p')
    await panel.says(panel.selected, 'aria-label', /^p = /)
    await window.clickAt('t = x + y', 't')
    await panel.says(panel.selected, 'aria-label', /^t = /)
  })

  it('selects in the note what is clicked in the graph', async () => {
    await panel.node('y,').click()
    await panel.says(panel.selected, 'aria-label', /^y,/)
    assert.equal(await panel.frame.locator('.edge.lit').count(), 3)
    await window.page.keyboard.press('Enter')
    await waitFor(async () => /Ln 4, Col 25 \(1 selected\)/.test(await selectionOf(window)), 'the selection of y')
  })

  it('says below the graph what the hover says', async () => {
    await panel.node('t = x + y').click()
    await panel.strip.locator('[aria-label="t = x + y"]').waitFor()
    await waitFor(async () => (await panel.strip.textContent())?.includes('sum rule') === true, 'the rule')
    assert.ok(await panel.strip.locator('[aria-label="= 2 (x + y)"]').count())
  })

  it('is walked through with the keyboard, and left with Enter', async () => {
    await panel.node('t = x + y').click()
    await window.page.keyboard.press('ArrowRight')
    await panel.says(panel.selected, 'aria-label', /^z = /)
    await window.page.keyboard.press('ArrowLeft')
    await panel.says(panel.selected, 'aria-label', /^t = /)
    await window.page.keyboard.press('Enter')
    await waitFor(async () => (await window.page.locator('.monaco-editor.focused').count()) === 1, 'the editor')
  })

  it('leaves the shortcuts of VS Code alone', async () => {
    await panel.node('t = x + y').click()
    await window.page.keyboard.press('Control+p')
    await window.page.locator('.quick-input-widget').waitFor({ state: 'visible' })
    await window.page.keyboard.press('Escape')
  })

  it('shows numbers instead of symbols', async () => {
    await panel.frame.getByRole('radio', { name: 'numbers' }).click()
    await panel.frame.getByRole('radio', { name: 'numbers', checked: true }).waitFor()
    await panel.frame.getByRole('radio', { name: 'symbols' }).click()
    await panel.frame.getByRole('radio', { name: 'symbols', checked: true }).waitFor()
  })

  it('lets the backward pass begin with a symbol', async () => {
    const choose = (option: string) => panel.frame.locator('select.upstream').selectOption({ label: option })
    await choose('from: ∂L/∂z')
    await panel.says(panel.node('z = '), 'aria-label', /gradient .*∂L\/∂z/)
    await choose('from: auto')
    await panel.says(panel.node('z = '), 'aria-label', /gradient 1$/)
  })

  it('keeps zoom, and the last good graph marked as old, while a formula is half typed', async () => {
    await panel.button(/^Zoom in/).click()
    const zoom = await panel.zoom()
    await window.clickAt('z = t^2', 'z')
    await window.page.keyboard.press('Home')
    for (let i = 0; i < 'z = t^2'.length; i++) await window.page.keyboard.press('ArrowRight')
    await window.page.keyboard.press('Backspace')
    await panel.frame.locator('main.old').waitFor()
    assert.ok((await panel.frame.locator('.node').count()) > 3)
    await window.page.keyboard.type('3')
    await panel.says(panel.node('z = '), 'aria-label', /^z = t³/)
    assert.equal(await panel.frame.locator('main.old').count(), 0)
    assert.equal(await panel.zoom(), zoom)
    await window.page.keyboard.press('Backspace')
    await window.page.keyboard.type('2')
    await panel.says(panel.node('z = '), 'aria-label', /^z = t²/)
  })

  it('stays on a derivation that is pinned', async () => {
    await panel.button('follows cursor').click()
    await panel.button('pinned').waitFor()
    await window.clickAt('p = a', 'p')
    await window.page.waitForTimeout(600)
    await panel.node('z = ').waitFor()
    await panel.button('pinned').click()
    await panel.button('follows cursor').waitFor()
    await window.clickAt('p = a', 'b + a')
    await panel.node('p = ').waitFor()
    await window.clickAt('t = x + y', 't')
    await panel.node('z = ').waitFor()
  })

  it('offers another derivation by name', async () => {
    await panel.frame.locator('select.choices').selectOption({ label: 'p · line 12' })
    await panel.node('p = ').waitFor()
    await window.clickAt('t = x + y', 'y')
    await panel.node('z = ').waitFor()
  })

  it('says which of how many it is, and goes to the next', async () => {
    await panel.frame.getByText('1 of 2').waitFor()
    await panel.button('Next derivation').click()
    await panel.node('p = ').waitFor()
    await panel.button('Previous derivation').click()
    await panel.node('z = ').waitFor()
  })

  it('does not move when what is clicked is seen already', async () => {
    await panel.button(/^Fit/).click()
    const world = panel.frame.locator('.world')
    const before = await world.getAttribute('transform')
    for (const name of ['x,', 'z = ', 'y,']) {
      await panel.node(name).click()
      await panel.says(panel.selected, 'aria-label', new RegExp(`^${name}`))
      await window.page.waitForTimeout(300)
      assert.equal(await world.getAttribute('transform'), before, name)
    }
    await window.page.keyboard.press('Home')
    await window.page.keyboard.press('End')
    await window.page.waitForTimeout(300)
    assert.equal(await world.getAttribute('transform'), before)
  })

  it('goes through both passes step by step, with the numbers put in', async () => {
    await panel.node('t = x + y').click()
    await window.page.keyboard.press('.')
    const said = panel.frame.locator('.player .sentence')
    await said
      .getByRole('img', { name: 't = x + y' })
      .or(said.getByRole('img', { name: '= 0.5 + 1.25' }))
      .first()
      .waitFor()
    assert.equal(await panel.frame.locator('.edge.no-gradient .gradient').count(), 4)
    for (let i = 0; i < 5; i++) await window.page.keyboard.press('.')
    await panel.frame.getByText('6 / 6').waitFor()
    assert.equal(await panel.frame.locator('.edge.no-gradient .gradient').count(), 0)
    await window.page.keyboard.press(',')
    await panel.frame.getByText('5 / 6').waitFor()
    await panel.button('Show everything again').click()
    await panel.frame.getByText('Play, or step').waitFor()
  })

  it('moves an input, and everything follows', async () => {
    const slider = panel.frame.getByRole('slider', { name: 'Value of x' })
    await slider.fill('1')
    await panel.says(panel.node('z = '), 'aria-label', /value 5\.0625/)
    await panel.frame.getByText('trial', { exact: true }).waitFor()
    await panel.frame.getByText('slope 4.5').waitFor()
    // The hover counts with it, and it stands behind the note's own number.
    const hover = await window.hoverAt('t = x + y', 't')
    assert.match(hover?.text ?? '', /2\.25[\s\S]*x = 1/)
    assert.match(await window.marksBehind('x = 0.5'), /→ 1/)
    await panel.button('reset').click()
    await waitFor(async () => !(await window.marksBehind('x = 0.5')).includes('→'), 'the note as it is')
    await panel.says(panel.node('z = '), 'aria-label', /value 3\.0625/)
  })

  it('goes down the gradient', async () => {
    await panel.button(/^descend/).click()
    await panel.says(panel.node('x,'), 'aria-label', /value 0\.15,/)
    await panel.button('reset').click()
    await panel.says(panel.node('x,'), 'aria-label', /value 0\.5,/)
  })

  it('asks for gradients, and takes any equal form, by keyboard alone', async () => {
    await panel.button('quiz me').click()
    assert.equal(await panel.frame.locator('.edge.asks .question').count(), 3)
    await window.page.keyboard.type('t')
    await window.page.keyboard.press('Enter')
    await panel.frame.locator('.mark.wrong').waitFor()
    await window.screenshot('graph-quiz')
    for (const answer of ['2(x + y)', '2t', '3.5']) {
      await window.page.keyboard.press('Control+a')
      await window.page.keyboard.type(answer)
      await window.page.keyboard.press('Enter')
      await panel.frame.locator('.mark.right').waitFor()
      await window.page.keyboard.press('Enter')
    }
    await panel.frame.getByText('score 3 of 3').waitFor()
    await panel.frame.locator('.quiz').getByRole('button', { name: 'end quiz' }).click()
    await panel.says(panel.node('t = '), 'aria-label', /gradient 2/)
  })

  it('is drawn as other places draw graphs', async () => {
    const by = (name: string) => panel.frame.getByRole('radio', { name })
    await by('record').click()
    await panel.frame.locator('.node.record').first().waitFor()
    await by('circuit').click()
    await waitFor(async () => (await panel.frame.locator('.edge .back').count()) === 0, 'wires without arrows')
    await by('tree').click()
    await waitFor(async () => (await panel.frame.locator('.edge .value').count()) === 0, 'a tree without numbers')
    await by('book').click()
    await panel.frame.locator('.edge .back').first().waitFor({ state: 'attached' })
  })

  it('finds a node', async () => {
    await panel.node('z = ').click()
    await window.page.keyboard.press('Control+f')
    await panel.frame.locator('.find').getByRole('textbox').fill('x +')
    await panel.frame.getByText('1 / 1').waitFor()
    await panel.says(panel.selected, 'aria-label', /^t = /)
    await window.page.keyboard.press('Escape')
    assert.equal(await panel.frame.locator('.find').count(), 0)
  })

  it('has all that it shows as a table', async () => {
    await panel.button('Show as a table').click()
    await panel.frame.getByRole('cell', { name: '2t = 3.5' }).first().waitFor()
    const rows = await panel.frame.getByRole('row').allTextContents()
    assert.equal(rows.length, 5)
    assert.match(rows[3] ?? '', /t = x \+ y\s*1\.75\s*∂t\/∂x = 1\s*∂t\/∂y = 1\s*2t = 3\.5/)
    await window.screenshot('graph-table')
    await panel.button('Show as a table').click()
    await panel.stage.waitFor({ state: 'visible' })
  })

  it('copies the graph for other programs', async () => {
    for (const [item, expected] of [
      ['Copy as Mermaid', /^graph LR/],
      ['Copy as DOT', /^digraph/],
      ['Copy as LaTeX', /\\partial/],
      ['Copy as TikZ', /tikzpicture/],
    ] as const) {
      await panel.button('Export and copy').click()
      await panel.frame.getByRole('menuitem', { name: item }).click()
      await waitFor(
        async () => expected.test(await window.page.evaluate(() => navigator.clipboard.readText())),
        `${item} in the clipboard`,
      )
    }
  })

  it('saves the drawing as SVG, PNG, PDF and as a page', async () => {
    for (const [item, file, begins] of [
      ['Save as SVG…', 'saved.svg', '<svg xmlns="http://www.w3.org/2000/svg"'],
      ['Save as PNG…', 'saved.png', '\x89PNG'],
      ['Save as PDF…', 'saved.pdf', '%PDF-1'],
      ['Save as a page that plays (HTML)…', 'saved.html', '<!DOCTYPE html>'],
    ] as const) {
      const target = join(dirname(window.file), file)
      await panel.button('Export and copy').click()
      await panel.frame.getByRole('menuitem', { name: item }).click()
      const input = window.page.locator('.quick-input-widget input').first()
      await waitFor(
        async () => (await input.inputValue({ timeout: 500 })).endsWith(file.slice(file.indexOf('.'))),
        'the proposed name',
      )
      await input.fill(target)
      await window.page.keyboard.press('Enter')
      await waitFor(async () => readFileSync(target).toString('latin1').startsWith(begins), file)
    }
  })

  it('is taken out from the palette as well', async () => {
    await window.beginCommand('GradLens: Export Graph…')
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Copy as DOT' }).click()
    await waitFor(
      async () => /^digraph/.test(await window.page.evaluate(() => navigator.clipboard.readText())),
      'DOT in the clipboard',
    )
  })

  it('marks in the note what the pointer rests on', async () => {
    await panel.node('t = x + y').hover()
    await waitFor(
      async () => (await window.page.locator('.view-overlays [class*="ced-"], .cdr[class*="ced-"]').count()) > 0,
      'the mark',
    )
  })

  it('has no fault that axe finds', async () => assert.deepEqual(await faultsIn(panel), []))

  it('is reused for the same note', async () => {
    await window.clickAt('t = x + y', 't')
    await window.runCommand(SHOW)
    await panel.selected.waitFor()
    assert.equal(await window.page.locator('.tab').filter({ hasText: 'Graph: graph.md' }).count(), 1)
  })

  it('keeps zoom and selection while it is hidden', async () => {
    await panel.node('y,').click()
    await panel.button(/^Zoom in/).click()
    const zoom = await panel.zoom()
    await window.page.waitForTimeout(400)
    await window.runCommand('Preferences: Open Default Keyboard Shortcuts (JSON)')
    await window.page.locator('.tab').filter({ hasText: 'Default Keybindings' }).waitFor()
    await window.page.locator('.tab').filter({ hasText: 'Graph: graph.md' }).click()
    await panel.says(panel.selected, 'aria-label', /^y,/)
    await waitFor(async () => (await panel.zoom()) === zoom, `the zoom ${zoom}`)
  })

  it('is there again after a reload', async () => {
    // VS Code in a browser writes what it keeps every five seconds.
    await window.page.waitForTimeout(6000)
    // A window that is told to open a file restores nothing else.
    const address = new URL(window.page.url())
    const payload: [string, string][] = JSON.parse(address.searchParams.get('payload') ?? '[]')
    address.searchParams.set('payload', JSON.stringify(payload.filter(([key]) => key !== 'openFile')))
    await window.page.goto(address.href)
    await window.page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 })
    await panel.says(panel.selected, 'aria-label', /^y,/)
  })

  it('logs and shows no error', async () => {
    assert.deepEqual(window.errors, [])
    assert.deepEqual(await window.notifications(), [])
  })
})

describe('the graph panel of a note without formulas', () => {
  it('says what to write, and draws what is written', async () => {
    const window = await open('prose.md')
    await window.runCommand(SHOW)
    const panel = panelOf(window)
    await panel.frame.getByRole('heading', { name: 'Nothing to draw yet' }).waitFor()
    await window.clickAt('Nothing here')
    await window.page.keyboard.press('Control+End')
    await window.page.keyboard.type('\n\n$q = u v$\n')
    await panel.node('q = ').waitFor()
    await window.close()
  })
})

describe('the colours of the graph panel', () => {
  const themes = ['Default Dark Modern', 'Default Light Modern', 'Default High Contrast', 'Default High Contrast Light']
  for (const theme of themes) {
    it(`can be read in ${theme}, and axe finds no fault`, async () => {
      const window = await open('graph.md', { 'workbench.colorTheme': theme })
      await window.clickAt('t = x + y', 't')
      await window.runCommand(SHOW)
      const panel = panelOf(window)
      await panel.selected.waitFor()
      for (const part of ['.edge .value', '.edge .gradient', '.node .symbol', '.node .name']) {
        const ratio = await panel.frame.locator(part).first().evaluate(contrast)
        assert.ok(ratio >= 4.5, `${part}: ${ratio.toFixed(2)}`)
      }
      assert.deepEqual(await faultsIn(panel), [])
      await window.screenshot(`graph-${theme.replaceAll(' ', '-').toLowerCase()}`)
      await window.close()
    })
  }
})

/** What axe finds wrong with the panel's page. */
async function faultsIn({ frame }: ReturnType<typeof panelOf>): Promise<string[]> {
  const page = await (await frame.locator('body').elementHandle())?.ownerFrame()
  assert.ok(page)
  await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'))
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  })
}

/** Contrast of an element's colour with the page behind it, by the definition of WCAG 2. */
function contrast(element: Element): number {
  const numbers = (colour: string) => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
  const luminance = (colour: string) =>
    numbers(colour)
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, i) => sum + part * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0)
  const pair = [getComputedStyle(element).color, getComputedStyle(document.body).backgroundColor].map(luminance)
  const [light, dark] = [Math.max(...pair), Math.min(...pair)]
  return (light + 0.05) / (dark + 0.05)
}
