import assert from 'node:assert/strict'
import { bundledPackages, noticesOf } from '../../scripts/notices.mjs'

describe('third-party notices', () => {
  it('name each package once, also one inside another', () => {
    const inputs = [
      'node_modules/lit-html/lit-html.js',
      'node_modules/lit-html/directive.js',
      'node_modules/@lezer/common/dist/index.js',
      'src/extension.ts',
    ]
    assert.deepEqual(
      bundledPackages(inputs, '.').map(({ name, licence }) => [name, licence]),
      [
        ['@lezer/common', 'MIT'],
        ['lit-html', 'BSD-3-Clause'],
      ],
    )
  })

  it('stop the build at a licence that may not be shipped', () => {
    const strange = { name: 'strange', version: '1.0.0', licence: 'GPL-3.0-only', by: '', text: '' }
    assert.throws(() => noticesOf([strange]), /not in the list.*strange \(GPL-3\.0-only\)/)
    assert.throws(() => noticesOf([{ ...strange, licence: '' }]), /strange \(none named\)/)
  })

  it('say whose a package without a licence file is', () => {
    const text = noticesOf([{ name: 'a', version: '1.0.0', licence: 'MIT', by: 'the authors of a', text: '' }])
    assert.match(text, /a 1\.0\.0 \(MIT\)\n\nCopyright the authors of a\. Licensed under MIT\./)
  })
})
