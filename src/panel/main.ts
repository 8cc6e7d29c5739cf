/** The page of the graph panel: puts together toolbar, drawing, strip and table, and keeps the line to the extension. */
import '@vscode/codicons/dist/codicon.css'
import { html, nothing, render } from 'lit'
import { ref } from 'lit/directives/ref.js'
import type { SceneNode } from '../drawing/scene'
import { emptyView, workingView } from './empty'
import { listen, savedState, saveState, send } from './host'
import { inputsView } from './inputs'
import { pressed } from './keys'
import type { ShowMessage, ToPanel } from './messages'
import { createMinimap } from './minimap'
import './panel.css'
import { provideFigures } from '../drawing/typeset'
import type { View } from './camera'
import { playerView } from './player'
import { playing } from './playing'
import { plotView } from './plot'
import { quizView } from './quiz'
import { rasterize } from './raster'
import { createStage } from './stage'
import { filled, initialState } from './state'
import { stripView, tableView } from './strip'
import { type ToolbarEvents, toolbarView, zoomView } from './toolbar'

/** How long the pointer rests on a node before the strip speaks of it, in milliseconds. */
const REST = 120

const state = initialState()
const root = document.getElementById('root') as HTMLElement
let before = savedState()
let resting: ReturnType<typeof setTimeout> | undefined

const stage = createStage({
  chosen(node) {
    send({ type: 'select', node: node.id })
    ask(node)
    keep()
    update()
  },
  revealed(node) {
    if (node.kind === 'group') send({ type: 'toggle', node: node.id })
    else send({ type: 'reveal', node: node.id })
  },
  pointed(node) {
    clearTimeout(resting)
    stage.light(node?.key ?? null)
    resting = setTimeout(() => {
      send({ type: 'point', node: node?.id ?? null })
      const about = node ?? selectedNode()
      if (about) ask(about)
    }, REST)
  },
  moved() {
    minimap.update()
    keepSoon()
  },
})
const minimap = createMinimap(stage)

const play = playing(state, {
  send,
  update: () => update(),
  values: (tensorAt) => stage.values(tensorAt),
  unveil: (seen) => stage.unveil(seen),
  light: (node) => stage.light(node === null ? null : (stage.links().keyOf(node) ?? null)),
  later: (run, milliseconds) => setTimeout(run, milliseconds),
})

const selectedNode = (): SceneNode | undefined => (stage.selected ? stage.links().node(stage.selected) : undefined)

function ask(node: SceneNode): void {
  if (state.shown && state.details?.node !== node.id)
    send({ type: 'details', version: state.shown.version, node: node.id })
}

function keep(): void {
  const { shown } = state
  if (!shown) return
  const { uri, current, chosenMode, convention, upstream, pinned } = shown
  saveState({
    uri,
    current,
    mode: chosenMode,
    convention,
    upstream,
    pinned,
    view: stage.view,
    selected: selectedNode()?.id ?? null,
  })
}
let keeping: ReturnType<typeof setTimeout> | undefined
function keepSoon(): void {
  clearTimeout(keeping)
  keeping = setTimeout(keep, 250)
}

function describe(node: SceneNode): string {
  const { strings } = state
  const { expression, value, gradient } = node.spoken
  if (!strings) return expression
  const parts = [expression]
  if (value !== null) parts.push(`${strings.value} ${value}`)
  if (state.quiz) parts.push(strings.hidden)
  else if (gradient !== null) parts.push(`${strings.gradient} ${gradient}`)
  if (node.kind === 'group') parts.push(strings.groupHint)
  return parts.join(', ')
}

function show(message: ShowMessage): void {
  const last = state.shown
  if (last && message.version < last.version) return
  const same = last?.uri === message.uri && last.current === message.current
  const kept = before?.uri === message.uri && before.current === message.current ? before : null
  before = null
  state.shown = message
  state.empty = null
  state.old = false
  state.working = false
  state.details = same ? state.details : null
  const view: View | null = kept ? kept.view : same ? stage.view : null
  update()
  const label = filled(state.strings?.graphOf ?? '{0}', message.name)
  stage.show(message.scene, view, same, label, describe, message.selected)
  minimap.show(message.scene)
  play.came(message, same)
  const node = selectedNode()
  if (node) send({ type: 'details', version: message.version, node: node.id })
  if (state.view === 'table') send({ type: 'table', version: message.version })
  if (state.find) find(state.find.text)
  keep()
  update()
}

const keyOf = (node: number | null | undefined) =>
  node === null || node === undefined ? undefined : stage.links().keyOf(node)

function receive(message: ToPanel): void {
  if (message.type === 'init') {
    state.strings = message.strings
    provideFigures(message.figures)
  } else if (message.type === 'show') return show(message)
  else if (message.type === 'old') state.old = state.shown !== null
  else if (message.type === 'working') state.working = true
  else if (message.type === 'empty') {
    state.empty = message
    state.working = false
    state.shown = null
    state.details = null
  } else if (message.type === 'select') {
    const key = keyOf(message.node)
    if (key && key !== stage.selected) stage.select(key, true)
    const node = selectedNode()
    if (node) ask(node)
    keep()
  } else if (message.type === 'details') {
    if (message.version === state.shown?.version) state.details = message.details
  } else if (message.type === 'step') {
    if (message.version === state.shown?.version) play.sentence(message.index, message.sentence)
  } else if (message.type === 'judged') {
    play.judged(message)
    focusAnswer()
  } else if (message.type === 'answer') {
    play.answered(message.node, message.formula)
    focusAnswer()
  } else if (message.type === 'table') {
    if (message.version === state.shown?.version) state.table = message
  } else if (message.type === 'rasterize') {
    rasterize(message.svg, message.width, message.height).then(
      (base64) => send({ type: 'png', base64 }),
      (error) => send({ type: 'failed', message: String(error) }),
    )
  }
  update()
}

/** The keyboard stays in the field of the quiz. */
const focusAnswer = () => root.querySelector<HTMLElement>('.quiz input.answer, .quiz .primary')?.focus()

function find(text: string): void {
  const wanted = text.toLowerCase()
  const nodes = state.shown?.scene.nodes ?? []
  const found = wanted === '' ? [] : nodes.filter(({ kind, spoken }) => kind !== 'output' && matches(spoken, wanted))
  const keys = found.map((node) => node.key)
  state.find = { text, keys, at: 0 }
  stage.mark(new Set(keys))
  if (keys[0]) chooseKey(keys[0])
}

const matches = ({ expression, value }: SceneNode['spoken'], wanted: string) =>
  expression.toLowerCase().includes(wanted) || (value ?? '').includes(wanted)

function closeFind(): void {
  state.find = null
  stage.mark(new Set())
  stage.focus()
}

function chooseKey(key: string): void {
  stage.select(key, true)
  const node = selectedNode()
  if (!node) return
  send({ type: 'select', node: node.id })
  ask(node)
  keep()
}

const toolbar: ToolbarEvents = {
  choose: (key) => send({ type: 'choose', key }),
  mode: (mode) => send({ type: 'mode', mode }),
  convention: (convention) => send({ type: 'convention', convention }),
  upstream: (upstream) => send({ type: 'upstream', upstream }),
  pin: (pinned) => send({ type: 'pin', pinned }),
  zoom: (factor) => stage.zoomBy(factor),
  fit: () => stage.fit(),
  collapse: (collapsed) => send({ type: 'collapse', collapsed }),
  view(view) {
    state.view = view
    state.table = null
    if (view === 'table' && state.shown) send({ type: 'table', version: state.shown.version })
    update()
  },
  menu(open) {
    state.menu = open
    update()
    if (open) root.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
  },
  exportAs: (format) => send({ type: 'export', format }),
  copyAs: (format) => send({ type: 'copy', format }),
  find(text) {
    if (text === null) closeFind()
    else find(text)
    update()
    if (text === '') root.querySelector<HTMLElement>('.find input')?.focus()
  },
  quiz() {
    if (state.quiz) play.quiz.end()
    else play.startQuiz()
    focusAnswer()
  },
  panes() {
    state.panes = !state.panes
    update()
  },
  findNext(step) {
    if (!state.find || state.find.keys.length === 0) return
    const { keys } = state.find
    const at = (state.find.at + step + keys.length) % keys.length
    state.find = { ...state.find, at }
    chooseKey(keys[at] as string)
    update()
  },
}

const quizEvents = {
  ...play.quiz,
  next() {
    play.quiz.next()
    focusAnswer()
  },
  end() {
    play.quiz.end()
    stage.focus()
  },
}

function onKey(event: KeyboardEvent): void {
  const handled = pressed(event, stage, {
    reveal() {
      const node = selectedNode()
      if (node) send({ type: 'reveal', node: node.id })
    },
    toggle() {
      const node = selectedNode()
      if (node) send({ type: 'toggle', node: node.id })
    },
    find: () => toolbar.find(state.find?.text ?? ''),
    close() {
      if (state.find) toolbar.find(null)
      else if (state.player.index !== null) play.step(null)
    },
    stepBy(by) {
      const index = (state.player.index ?? -1) + by
      play.step(index < 0 ? null : index)
    },
    play: () => play.play(!state.player.playing),
    chosen(key) {
      chooseKey(key)
      stage.focus()
    },
  })
  if (!handled) return
  event.preventDefault()
  // VS Code would take the key for its own: Ctrl+F would search the note.
  event.stopPropagation()
}

const place = (element: Element | undefined) => {
  if (element && stage.element.parentElement !== element) element.append(stage.element, minimap.element)
}

function update(): void {
  const { strings, shown, empty } = state
  if (!strings) return
  document.documentElement.lang = strings.language
  if (empty || !shown) {
    render(empty ? emptyView(strings, empty) : workingView(strings), root)
    return
  }
  const table = state.view === 'table'
  const hint = state.working
    ? strings.working
    : state.old
      ? strings.old
      : shown.hasNumbers || shown.mode === 'symbols'
        ? null
        : strings.noNumbers
  const page = html`${toolbarView(state, toolbar)}
    <main class="content ${state.old ? 'old' : ''}">
      <div class="canvas" ?hidden=${table} @keydown=${onKey} title="" ${ref(place)}></div>
      ${table && state.table ? tableView(state.table.rows, strings, selectedNode()?.id ?? null, (id) => selectId(id)) : nothing}
      ${table ? nothing : zoomView(strings, toolbar)}
      <div class="hint" role="status">${hint}</div>
    </main>
    ${state.quiz ? quizView(state.quiz, strings, quizEvents) : table ? nothing : playerView(state, strings, play)}
    ${state.panes && !table ? html`<div class="panes">${inputsView(state, strings, play)}${plotView(state, strings, play)}</div>` : nothing}
    ${stripView(state.details, strings, state.quiz !== null)}`
  render(page, root)
}

function selectId(id: number): void {
  const key = keyOf(id)
  if (key) chooseKey(key)
  update()
}

listen(receive)
send({ type: 'ready' })
