import assert from 'node:assert/strict'
import { open, type Workbench } from './workbench'

describe('the window', () => {
  let window: Workbench
  before(async () => {
    window = await open('chain.md')
  })
  after(() => window.close())

  it('offers the commands on a note, and none that cannot apply', async () => {
    assert.ok(await window.offers('GradLens: Show Computational Graph'))
    assert.ok(await window.offers('GradLens: Annotate Note'))
    assert.ok(await window.offers('GradLens: Remove Annotation'))
    assert.ok(!(await window.offers('GradLens: Copy as LaTeX')))
  })

  it('opens without an error', async () => {
    await window.screenshot('note')
    assert.deepEqual(window.errors, [])
    assert.deepEqual(await window.notifications(), [])
  })
})
