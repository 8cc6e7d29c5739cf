import assert from 'node:assert/strict'
import { open, type Workbench } from './workbench'

for (const theme of ['Default Dark Modern', 'Default Light Modern', 'Default High Contrast']) {
  describe(`the hover on the chain rule, ${theme}`, () => {
    let window: Workbench
    before(async () => {
      window = await open('examples/chain-rule.ja.md', { 'workbench.colorTheme': theme })
    })
    after(() => window.close())

    it('shows the gradient of t as a picture whose text is its LaTeX', async () => {
      const hover = await window.hoverAt('t = x + y', 't')
      await window.screenshot(`hover-${theme.toLowerCase().replaceAll(' ', '-')}`)
      assert.ok(hover)
      assert.match(hover.text, /0\.049/)
      const gradient = hover.images.find(({ alt }) => alt.includes('\\partial Z'))
      assert.match(gradient?.alt ?? '', /2 t = 2 \(x \+ y\)/)
      for (const { width, height } of hover.images) assert.ok(width > 0 && height > 0)
    })
  })
}

/** Saves until the note says so, since a command goes on after the palette has closed. */
async function savedOnce(window: Workbench, isIt: (text: string) => boolean): Promise<string> {
  for (let i = 0; ; i++) {
    const text = await window.savedText()
    if (isIt(text) || i === 50) return text
    await window.page.waitForTimeout(100)
  }
}

describe('the annotation', () => {
  let window: Workbench
  before(async () => {
    window = await open('examples/chain-rule.ja.md')
  })
  after(() => window.close())

  it('ends its chain in 2(x + y), and goes again without a trace', async () => {
    const before = await window.savedText()
    await window.runCommand('GradLens: Annotate Note')
    const annotated = await savedOnce(window, (text) => text !== before)
    await window.screenshot('annotation')
    assert.match(annotated, /= 2 t \\cdot 1 = 2 \(x \+ y\)/)
    await window.runCommand('GradLens: Remove Annotation')
    assert.equal(await savedOnce(window, (text) => text !== annotated), before)
  })
})
