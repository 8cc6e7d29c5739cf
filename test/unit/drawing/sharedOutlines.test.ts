import assert from 'node:assert/strict'
import { withSharedOutlines } from '../../../src/drawing/sharedOutlines'

const ROWS: readonly (readonly [title: string, svg: string, shared: string])[] = [
  [
    'an outline that is used twice stands once',
    '<svg viewBox="0 0 1 1"><g><path d="M0 0"></path><path transform="translate(5,0)" d="M0 0"></path></g></svg>',
    '<svg viewBox="0 0 1 1"><defs><path id="o0" d="M0 0"/></defs><g><use href="#o0"/><use transform="translate(5,0)" href="#o0"/></g></svg>',
  ],
  [
    'one that is used once stays',
    '<svg><path d="M1 1"></path><path d="M2 2"/></svg>',
    '<svg><path d="M1 1"></path><path d="M2 2"/></svg>',
  ],
]

describe('outlines are shared', () => {
  for (const [title, svg, shared] of ROWS) it(title, () => assert.equal(withSharedOutlines(svg), shared))
})
