import assert from 'node:assert/strict'
import { releasedChangelog } from '../../scripts/changelog.mjs'

const rows: [name: string, before: string, after: string][] = [
  ['the first version', '# Changelog\n\n## Unreleased\n\n- A.\n', '# Changelog\n\n## 1.0.0 (2030-01-02)\n\n- A.\n'],
  [
    'a version above an older one',
    '# Changelog\n\n## Unreleased\n\n- B.\n\n## 0.9.0 (2029-01-01)\n\n- A.\n',
    '# Changelog\n\n## 1.0.0 (2030-01-02)\n\n- B.\n\n## 0.9.0 (2029-01-01)\n\n- A.\n',
  ],
]

describe('the changelog of a release', () => {
  for (const [name, before, after] of rows) {
    it(`names ${name}`, () => assert.equal(releasedChangelog(before, '1.0.0', '2030-01-02'), after))
  }
  it('is refused where nothing is unreleased', () => {
    assert.throws(() => releasedChangelog('# Changelog\n\n## Unreleased\n\n## 0.9.0\n\n- A.\n', '1.0.0', ''), /Nothing/)
  })
})
