import assert from 'node:assert/strict'
import { pictureOf } from '../../../src/drawing/picture'
import { sceneOf } from '../../../src/drawing/scene'
import type { SavedState, ShowMessage } from '../../../src/panel/messages'
import { isFromPanel, isSavedState, isToPanel } from '../../../src/panel/schemas'
import { detailsOf, formulaOf, tableRow } from '../../../src/study/details'
import { modelOf } from '../../../src/study/graphData'
import { questionsOf } from '../../../src/study/quiz'
import { sentenceOf, stepsOf } from '../../../src/study/steps'
import { GALLERY } from '../drawing/handmade'

const made = GALLERY[0]![1]
const scene = sceneOf(pictureOf(made, { mode: 'symbols', collapsed: false, turned: new Set() }))
const show: ShowMessage = {
  type: 'show',
  version: 1,
  uri: 'file:///note.md',
  file: 'note.md',
  choices: [{ key: 'z', name: 'z', line: 1 }],
  current: 'z',
  title: formulaOf('z'),
  name: 'z',
  mode: 'symbols',
  chosenMode: null,
  convention: 'book',
  hasArrays: false,
  upstream: 'auto',
  upstreamName: '∂L/∂z',
  pinned: false,
  collapsed: false,
  hasNumbers: true,
  scene,
  model: modelOf(made),
  inputs: [
    { node: 0, name: formulaOf('x'), plain: 'x', shape: [], data: [0.5], isTrial: false, range: [0, 2] },
    { node: 1, name: formulaOf('y'), plain: 'y', shape: [], data: null, isTrial: true, range: null },
  ],
  steps: stepsOf(made, scene),
  questions: questionsOf(made),
  formats: ['svg', 'png', 'html'],
  canWrite: true,
  selected: null,
}
const saved: SavedState = {
  uri: 'file:///note.md',
  current: 'z',
  mode: 'symbols',
  convention: 'circuit',
  upstream: 'auto',
  pinned: false,
  view: { x: 0, y: 0, k: 1 },
  selected: 3,
}

/** What each change of a message does to its being understood. */
describe('messages of the panel', () => {
  const understood: [string, unknown][] = [
    ['a scene', show],
    ['a scene that went through JSON', JSON.parse(JSON.stringify(show))],
    [
      'what is said about a node',
      { type: 'details', version: 1, details: detailsOf(made, made.output, (text) => text) },
    ],
    [
      'what is said at a step',
      {
        type: 'step',
        version: 1,
        index: 0,
        sentence: sentenceOf(made, stepsOf(made, scene)[0]!, new Set(), (text) => text),
      },
    ],
    ['what an answer is worth', { type: 'judged', node: 2, verdict: 'wrong', words: null }],
    ['the rows of the table', { type: 'table', version: 1, rows: made.written.map((id) => tableRow(made, id)) }],
    ['an older drawing', { type: 'old', version: 3 }],
    ['a drawing that takes a while', { type: 'working', version: 3 }],
    ['nothing to draw', { type: 'empty', version: 3, uri: 'untitled:1', code: false }],
    ['the node at the cursor', { type: 'select', node: 4 }],
  ]
  for (const [name, message] of understood) it(`the page understands ${name}`, () => assert.ok(isToPanel(message)))

  const refused: [string, unknown][] = [
    ['null', null],
    ['a text', 'show'],
    ['an unknown type', { type: 'eval', code: '1' }],
    ['a type that every object has', { type: 'constructor' }],
    ['a scene without a version', { ...show, version: undefined }],
    ['a scene whose version is no number', { ...show, version: '1' }],
    ['an unknown mode', { ...show, mode: 'colours' }],
    ['a place that is no number', { ...show, scene: { ...scene, width: Number.NaN } }],
    ['a node without a key', { ...show, scene: { ...scene, nodes: [{ ...scene.nodes[0], key: undefined }] } }],
    ['a node that is negative', { type: 'select', node: -1 }],
  ]
  for (const [name, message] of refused) it(`the page refuses ${name}`, () => assert.equal(isToPanel(message), false))

  const heard: unknown[] = [
    { type: 'ready' },
    { type: 'choose', key: 'z' },
    { type: 'mode', mode: 'numbers' },
    { type: 'upstream', upstream: 'symbol' },
    { type: 'pin', pinned: true },
    { type: 'reveal', node: 0 },
    { type: 'details', version: 2, node: 0 },
    { type: 'step', version: 2, index: 0 },
    { type: 'values', trials: [{ node: 0, shape: [], data: [0.5] }] },
    { type: 'judge', node: 1, text: '2t' },
    { type: 'export', format: 'png' },
    { type: 'copy', format: 'dot' },
  ]
  for (const message of heard) {
    it(`the extension understands ${JSON.stringify(message)}`, () => assert.ok(isFromPanel(message)))
  }
  const ignored: unknown[] = [
    undefined,
    [],
    { type: 'show' },
    { type: 'mode', mode: 'eval' },
    { type: 'reveal', node: 1.5 },
    { type: 'reveal', node: '1' },
    { type: 'export', format: '../../x' },
    { type: '__proto__' },
    { type: 'pin' },
    { type: 'values', trials: [{ node: 0, shape: [], data: [Number.NaN] }] },
  ]
  for (const message of ignored) {
    it(`the extension ignores ${JSON.stringify(message)}`, () => assert.equal(isFromPanel(message), false))
  }

  it('takes back a state that it has kept, and no other', () => {
    assert.ok(isSavedState(JSON.parse(JSON.stringify(saved))))
    assert.ok(isSavedState({ ...saved, view: null, selected: null }))
    assert.equal(isSavedState({ ...saved, view: { x: 0, y: 0 } }), false)
    assert.equal(isSavedState({ uri: saved.uri }), false)
    assert.equal(isSavedState(null), false)
  })
})
