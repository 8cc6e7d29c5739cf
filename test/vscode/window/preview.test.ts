import assert from 'node:assert/strict'
import { open, type Workbench } from './workbench'

describe('the Markdown preview', () => {
  let window: Workbench
  before(async () => {
    window = await open('block.md')
    await window.runCommand('Markdown: Open Preview to the Side')
  })
  after(() => window.close())

  it('draws a block on its first page', async () => {
    const graph = window.panelFrame().locator('.gradlens-graph')
    await graph.first().waitFor()
    assert.deepEqual(await graph.locator('svg').count(), 1)
    await window.screenshot('preview')
  })

  it('follows an edit in the block', async () => {
    const hint = window.panelFrame().locator('.gradlens-graph title', { hasText: 'value 16' })
    assert.equal(await hint.count(), 0)
    await window.clickAt('y = 2', '2')
    await window.page.keyboard.press('End')
    await window.page.keyboard.press('Backspace')
    await window.page.keyboard.type('3')
    await hint.waitFor({ state: 'attached' })
  })
})
