/**
 * Each side checks what it receives: a page is not to be trusted, and what was stored may be of an older version. A schema is
 * declared as what it lets through, so that the compiler compares it with the type.
 */
import {
  array,
  boolean,
  custom,
  finite as finiteNumber,
  type GenericSchema,
  integer,
  is,
  literal,
  minValue,
  nan,
  nullable,
  number,
  object,
  picklist,
  pipe,
  strictTuple,
  string,
  union,
  variant,
} from 'valibot'
import type { Placed } from '../drawing/letters'
import type { PictureKind } from '../drawing/picture'
import type { Scene, SceneEdge, SceneNode, SceneSaying, Slot } from '../drawing/scene'
import type { Figures, Typeset } from '../drawing/typeset'
import type { Attributes } from '../operations/operation'
import {
  CONVENTIONS,
  COPY_FORMATS,
  type Details,
  EXPORT_FORMATS,
  type Formula,
  type FromPanel,
  type InputSetting,
  MODES,
  type Model,
  type SavedState,
  type ShowMessage,
  type ToPanel,
  type Trial,
  UPSTREAM_CHOICES,
} from './messages'
import type { PanelStrings } from './strings'

/** What lets values of a type through, and nothing else. */
type Schema<T> = GenericSchema<unknown, T>

const finite = pipe(number(), finiteNumber())
const index = pipe(number(), integer(), minValue(0))
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null
const version = index
const node = index

const picture: Schema<Typeset> = object({
  markup: string(),
  width: finite,
  height: finite,
  depth: finite,
  typeset: boolean(),
})
const formula: Schema<Formula> = object({ picture, spoken: string() })
const placed: Schema<Placed> = object({ formula: index, x: finite, y: finite, size: finite })
const slot: Schema<Slot> = object({
  node,
  anchor: picklist(['middle', 'start']),
  x: finite,
  side: picklist(['on', 'above', 'under']),
  y: finite,
  size: finite,
  room: finite,
  isSide: boolean(),
})
const said = { symbols: nullable(placed), figure: nullable(placed), slot: nullable(slot) }
const saying: Schema<SceneSaying> = object(said)
const KINDS: readonly PictureKind[] = ['input', 'constant', 'operation', 'opaque', 'group', 'output', 'record']
const sceneNode: Schema<SceneNode> = object({
  key: string(),
  id: index,
  kind: picklist(KINDS),
  x: finite,
  y: finite,
  halfWidth: finite,
  halfHeight: finite,
  symbol: placed,
  name: nullable(placed),
  total: nullable(saying),
  cells: array(object({ ...said, left: finite })),
  inside: array(index),
  spoken: object({ expression: string(), value: nullable(string()), gradient: nullable(string()) }),
})
const sceneEdge: Schema<SceneEdge> = object({
  key: string(),
  from: string(),
  to: string(),
  way: array(object({ x: finite, y: finite })),
  value: nullable(saying),
  shape: nullable(placed),
  gradient: nullable(saying),
  local: nullable(object({ ...said, left: finite, right: finite, y: finite })),
  arrow: nullable(object({ left: finite, right: finite, y: finite })),
})
const scene: Schema<Scene> = object({
  width: finite,
  height: finite,
  groups: index,
  glyphs: array(string()),
  formulas: array(picture),
  nodes: array(sceneNode),
  edges: array(sceneEdge),
})

/** Values may be infinite, or not numbers at all. */
const numbers = array(union([number(), nan()]))
const trial: Schema<Trial> = object({ node, shape: array(index), data: numbers })
const model: Schema<Model> = object({
  nodes: array(
    object({
      op: string(),
      inputs: array(index),
      attributes: custom<Attributes>(isObject),
      shape: nullable(array(union([number(), string()]))),
    }),
  ),
  output: index,
  leaves: array(trial),
  gradients: array(strictTuple([index, index])),
})
const input: Schema<InputSetting> = object({
  node,
  name: nullable(formula),
  plain: string(),
  shape: array(index),
  data: nullable(numbers),
  isTrial: boolean(),
  range: nullable(strictTuple([finite, finite])),
})
const details: Schema<Details> = object({
  node,
  title: formula,
  rule: nullable(string()),
  sentence: nullable(string()),
  rows: array(
    object({
      label: string(),
      role: picklist(['plain', 'value', 'gradient']),
      equations: array(array(formula)),
      text: nullable(string()),
    }),
  ),
})

const show = object({
  type: literal('show'),
  version,
  uri: string(),
  file: string(),
  choices: array(object({ key: string(), name: string(), line: index })),
  current: string(),
  title: formula,
  name: string(),
  mode: picklist(MODES),
  chosenMode: nullable(picklist(MODES)),
  convention: picklist(CONVENTIONS),
  hasArrays: boolean(),
  upstream: picklist(UPSTREAM_CHOICES),
  upstreamName: string(),
  pinned: boolean(),
  collapsed: boolean(),
  hasNumbers: boolean(),
  scene,
  model: nullable(model),
  inputs: array(input),
  steps: array(object({ node, pass: picklist(['forward', 'backward']) })),
  questions: array(object({ node, derivative: formula })),
  formats: array(picklist(EXPORT_FORMATS)),
  canWrite: boolean(),
  selected: nullable(index),
} satisfies Record<keyof ShowMessage, unknown>)

const toPanel: Schema<ToPanel> = variant('type', [
  object({
    type: literal('init'),
    strings: custom<PanelStrings>(isObject),
    figures: custom<Figures>(isObject),
  }),
  show,
  object({ type: literal('old'), version }),
  object({ type: literal('working'), version }),
  object({ type: literal('empty'), version, uri: string(), code: boolean() }),
  object({ type: literal('select'), node }),
  object({ type: literal('details'), version, details }),
  object({
    type: literal('table'),
    version,
    rows: array(object({ node, expression: string(), value: string(), locals: array(string()), gradient: string() })),
  }),
  object({
    type: literal('step'),
    version,
    index,
    sentence: object({ parts: array(formula), words: nullable(string()) }),
  }),
  object({
    type: literal('judged'),
    node,
    verdict: picklist(['right', 'wrong', 'unclear']),
    words: nullable(string()),
  }),
  object({ type: literal('answer'), node, formula }),
  object({ type: literal('rasterize'), svg: string(), width: finite, height: finite }),
])

const fromPanel: Schema<FromPanel> = variant('type', [
  object({ type: literal('ready') }),
  object({ type: literal('choose'), key: string() }),
  object({ type: literal('mode'), mode: picklist(MODES) }),
  object({ type: literal('convention'), convention: picklist(CONVENTIONS) }),
  object({ type: literal('upstream'), upstream: picklist(UPSTREAM_CHOICES) }),
  object({ type: literal('pin'), pinned: boolean() }),
  object({ type: literal('select'), node }),
  object({ type: literal('reveal'), node }),
  object({ type: literal('point'), node: nullable(node) }),
  object({ type: literal('details'), version, node }),
  object({ type: literal('table'), version }),
  object({ type: literal('step'), version, index }),
  object({
    type: literal('values'),
    trials: array(object({ node, shape: array(index), data: array(finite) })),
  }),
  object({ type: literal('write') }),
  object({ type: literal('judge'), node, text: string() }),
  object({ type: literal('hint'), node }),
  object({ type: literal('answer'), node }),
  object({ type: literal('toggle'), node }),
  object({ type: literal('collapse'), collapsed: boolean() }),
  object({ type: literal('export'), format: picklist(EXPORT_FORMATS) }),
  object({ type: literal('copy'), format: picklist(COPY_FORMATS) }),
  object({ type: literal('png'), base64: string() }),
  object({ type: literal('failed'), message: string() }),
])

const savedState: Schema<SavedState> = object({
  uri: string(),
  current: string(),
  mode: nullable(picklist(MODES)),
  convention: picklist(CONVENTIONS),
  upstream: picklist(UPSTREAM_CHOICES),
  pinned: boolean(),
  view: nullable(object({ x: finite, y: finite, k: finite })),
  selected: nullable(index),
})

/** Whether the extension has said something that the page understands. */
export const isToPanel = (value: unknown): value is ToPanel => is(toPanel, value)

/** Whether the page has said something that the extension understands. */
export const isFromPanel = (value: unknown): value is FromPanel => is(fromPanel, value)

/** Whether a stored state is one of ours: an older version may have left another. */
export const isSavedState = (value: unknown): value is SavedState => is(savedState, value)
