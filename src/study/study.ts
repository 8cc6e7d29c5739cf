/**
 * One thing that is being studied: which derivation of which document, shown how, and all answers to the page that shows it.
 * Knows neither editor nor page: an editor's panel, a file of its own and a test each give it a desk to work at.
 */
import type { Analysis, Derivation } from '../derivation'
import { graphvizOrderer } from '../drawing/graphviz'
import { pdfFile } from '../drawing/pdf'
import { type Picture, pictureOf } from '../drawing/picture'
import { type Scene, sceneOf, typesetPicture } from '../drawing/scene'
import { tikzOf } from '../drawing/tikz'
import { figures, readyToTypeset } from '../drawing/typeset'
import type { NodeId } from '../graph/graph'
import {
  type CopyFormat,
  EXPORT_FORMATS,
  type ExportFormat,
  type FromPanel,
  type SavedState,
  type ToPanel,
  type UpstreamChoice,
} from '../panel/messages'
import type { PanelStrings } from '../panel/strings'
import type { Range } from '../reading/statement'
import { derivationLatex } from '../writing/annotationBlock'
import { dotOf } from '../writing/dot'
import { titleOf } from '../writing/explanation'
import { mermaidOf } from '../writing/mermaid'
import { formulaOf } from './details'
import { modelOf } from './graphData'
import { inputsOf, statedChanges, type TextChange, type Trials, trialsOf, valued } from './inputs'
import {
  choicesOf,
  derivationOf,
  hasArrays,
  isCollapsed,
  modeOf,
  opaqueNodes,
  type Settings,
  sameNode,
  settingsOf,
  turnFold,
  upstreamName,
  withUpstream,
} from './model'
import { questionsOf } from './quiz'
import { type Asked, replyTo } from './replies'
import { stepsOf } from './steps'

/** The document that is studied. */
export interface StudiedDocument {
  readonly uri: string
  /** The last part of its address. */
  readonly name: string
  readonly isCode: boolean
}

/** What a study needs of the place where it happens. */
export interface Desk {
  document(): StudiedDocument
  analysis(): Analysis | null
  /** Offset of the cursor, where the document is seen. */
  cursor(): number | null
  post(message: ToPanel): void
  strings(): PanelStrings
  /** Translates an English sentence. */
  translate(sentence: string): string
  /** Selects a part of the document; `focus`: and goes there. */
  select(range: Range, focus: boolean): void
  /** Marks a part of the document without touching the selection. */
  mark(range: Range | null): void
  copy(text: string): Promise<void>
  /** The drawing as a file, in colours that fit the surroundings, or paper. */
  svg(derivation: Derivation, scene: Scene, onPaper: boolean): string
  /** A page of its own that shows what is shown here; `null` where none can be made. */
  readonly page: ((saved: SavedState) => Promise<string>) | null
  /** `content`: text for SVG, PDF and HTML, Base64 for PNG. */
  save(name: string, format: ExportFormat, content: string): Promise<void>
  /** Changes the document, last change first; `null` where it can't be changed. */
  readonly write: ((changes: readonly TextChange[]) => Promise<void>) | null
  /** Other values are tried out in place of the document's; none: its own hold again. */
  tried(trials: Trials): void
  /** The page was pinned, or set free. */
  pinned(pinned: boolean): void
  failed(what: string, error: unknown): void
  /** Milliseconds, from any beginning. */
  now(): number
  /** Lets others have their turn. */
  pause(): Promise<void>
}

export interface Study {
  readonly pinned: boolean
  receive(message: FromPanel): Promise<void>
  /** The text has changed and been still for a moment. */
  changed(): void
  /** The desk shows another document; what stands at this place of it is shown. */
  turned(offset: number): void
  /** Shows what stands at this place of the document; `always`: even where the panel is pinned. */
  follow(offset: number, always: boolean): void
  configured(upstream: UpstreamChoice): void
  /** What is shown: the last good state, which may be older than the text. */
  readonly shown: { readonly derivation: Derivation; readonly scene: Scene } | null
}

interface Shown extends Asked {
  readonly key: string
  readonly uri: string
  /** How it was asked to be drawn. */
  readonly drawn: ReturnType<typeof drawnAs>
  readonly picture: Picture
}

/** The graph in words for another program. */
const WRITERS: Readonly<Record<CopyFormat, (shown: Shown) => string>> = {
  latex: ({ derivation }) => derivationLatex(derivation),
  tikz: ({ picture, scene }) => tikzOf(picture, scene),
  mermaid: ({ derivation }) => mermaidOf(derivation),
  dot: ({ derivation }) => dotOf(derivation),
}

/** Work that takes longer is told, in milliseconds. */
const LONG = 250

/** A cursor that stands behind a name means the name. */
const placeAt = (analysis: Analysis, offset: number) =>
  analysis.at(offset) ?? (offset > 0 ? analysis.at(offset - 1) : null)

/** A part that could be read before can't be now, and the cursor is still there. */
function isHalfTyped(analysis: Analysis, before: Shown, now: Derivation, cursor: number | null): boolean {
  if (before.key !== now.key || cursor === null) return false
  if (opaqueNodes(now).length <= opaqueNodes(before.derivation).length) return false
  const line = (offset: number) => analysis.text.slice(0, offset).split('\n').length
  return opaqueNodes(now).some(({ source }) => {
    const range = source && analysis.locate(source)
    return range && line(range.start) <= line(cursor) && line(cursor) <= line(range.end)
  })
}

/** The message that shows everything anew. */
function showing(
  desk: Desk,
  analysis: Analysis,
  settings: Settings,
  trials: Trials,
  shown: Shown,
  node: NodeId | null,
): ToPanel {
  const { derivation, scene, steps, version, uri, drawn } = shown
  const { mode, convention, collapsed } = drawn
  const { name: file, isCode } = desk.document()
  return {
    type: 'show',
    version,
    uri,
    file,
    choices: choicesOf(analysis, settings.upstream),
    current: shown.key,
    title: formulaOf(titleOf(derivation, derivation.output)),
    name: derivation.name.plain,
    mode,
    chosenMode: settings.mode,
    convention,
    hasArrays: hasArrays(derivation),
    upstream: settings.upstream,
    upstreamName: upstreamName(derivation),
    pinned: settings.pinned,
    collapsed,
    hasNumbers: derivation.value(derivation.output) !== null,
    scene,
    model: modelOf(derivation),
    inputs: inputsOf(analysis, derivation, trials),
    steps,
    questions: questionsOf(derivation),
    formats: EXPORT_FORMATS.filter((format) => format !== 'html' || desk.page !== null),
    canWrite: desk.write !== null && !isCode,
    selected: node ?? derivation.output,
  }
}

/** How a derivation is drawn: as was chosen, where it can be. */
function drawnAs(settings: Settings, derivation: Derivation) {
  const convention = settings.convention === 'matrix' && !hasArrays(derivation) ? 'book' : settings.convention
  const collapsed = isCollapsed(settings, derivation)
  return { convention, mode: modeOf(settings, derivation), collapsed, turned: settings.turned, locals: true } as const
}

/** What a page of its own begins with. */
function savedOf({ mode, convention, upstream }: Settings, { uri, key }: Shown, selected: NodeId | null): SavedState {
  return { uri, current: key, mode, convention, upstream, pinned: true, view: null, selected }
}

async function exported(desk: Desk, format: ExportFormat, shown: Shown, saved: SavedState): Promise<void> {
  const { derivation, scene } = shown
  const name = derivation.name.plain
  if (format === 'html') {
    const page = await desk.page?.(saved)
    if (page !== undefined) await desk.save(name, 'html', page)
    return
  }
  const svg = desk.svg(derivation, scene, format === 'pdf')
  if (format === 'pdf') return desk.save(name, 'pdf', pdfFile([svg]))
  if (format === 'png') desk.post({ type: 'rasterize', svg, width: scene.width, height: scene.height })
  else await desk.save(name, 'svg', svg)
}

/** Takes up a study. @param saved what an earlier one left behind */
export function study(desk: Desk, saved: SavedState | null, upstream: UpstreamChoice): Study {
  const settings = settingsOf(saved, upstream)
  let version = 0
  let isOld = false
  let ready = false
  /** The node at the cursor. */
  let node: NodeId | null = saved?.selected ?? null
  let shown: Shown | null = null
  /** Values that are tried out, by input. */
  let trials: Trials = new Map()
  const tryOut = (next: Trials) => {
    trials = next
    desk.tried(next)
  }

  const current = (analysis: Analysis) =>
    derivationOf(analysis, settings.current) ?? (settings.current === '' ? (analysis.derivations[0] ?? null) : null)

  const refresh = () => {
    refreshed().catch((error) => desk.failed('graph', error))
  }
  const refreshed = async () => {
    if (!ready) return
    const mine = ++version
    const began = desk.now()
    const analysis = desk.analysis()
    const written = analysis && current(analysis)
    const { uri, isCode } = desk.document()
    // While a formula is half typed the last good graph stays, marked as old.
    isOld =
      shown?.uri === uri &&
      analysis !== null &&
      analysis.formulas > 0 &&
      (!written || isHalfTyped(analysis, shown, written, desk.cursor()))
    if (isOld) return desk.post({ type: 'old', version: mine })
    if (!analysis || !written) {
      shown = null
      return desk.post({ type: 'empty', version: mine, uri, code: isCode })
    }
    const { key } = written
    settings.current = key
    await readyToTypeset()
    const orderer = await graphvizOrderer()
    // A newer state has been asked for meanwhile: it alone is shown.
    if (mine !== version) return
    const derivation = valued(withUpstream(written, settings.upstream), trials)
    if (shown?.key === key && shown.uri === uri) node = sameNode(shown.derivation, derivation, node)
    const drawn = drawnAs(settings, derivation)
    const picture = pictureOf(derivation, drawn)
    let told = false
    const goOn = async () => {
      if (!told && desk.now() - began > LONG) {
        told = true
        desk.post({ type: 'working', version: mine })
      }
      await desk.pause()
      return mine === version
    }
    if (!(await typesetPicture(picture, desk.now, goOn))) return
    const scene = sceneOf(picture, orderer)
    const steps = stepsOf(derivation, scene)
    shown = { key, uri, version: mine, derivation, drawn, picture, scene, steps }
    desk.post(showing(desk, analysis, settings, trials, shown, node))
  }

  const follow = (offset: number, always: boolean) => {
    const analysis = desk.analysis()
    if (!analysis) return refresh()
    const place = placeAt(analysis, offset)
    const derivation = place?.derivation ?? analysis.nearest(offset)
    const key = derivation?.key ?? null
    const same = key === settings.current && (shown === null || shown.uri === desk.document().uri)
    if (place && (same || always || !settings.pinned)) node = place.node
    if (key === null || (settings.pinned && !always)) {
      if (place && same) desk.post({ type: 'select', node: place.node })
      else if (shown === null) refresh()
      return
    }
    if (same && shown && !isOld) {
      if (place) desk.post({ type: 'select', node: place.node })
      return
    }
    if (!place) node = null
    settings.current = key
    settings.turned.clear()
    tryOut(new Map())
    refresh()
  }

  const choose = (key: string) => {
    settings.current = key
    node = null
    settings.turned.clear()
    tryOut(new Map())
    refresh()
    // The note goes along, as it does when a node is chosen.
    const analysis = desk.analysis()
    const chosen = analysis && derivationOf(analysis, key)
    const source = chosen?.graph.nodes[chosen.output]?.source
    const range = source && analysis?.locate(source)
    if (range && !settings.pinned) desk.select(range, false)
  }

  const toggle = (id: NodeId) => {
    const root = shown && turnFold(settings, shown.derivation, id)
    if (root === null) return
    node = root
    refresh()
  }

  const write = async () => {
    const analysis = desk.analysis()
    if (!shown || !analysis || !desk.write) return
    const changes = statedChanges(analysis, shown.derivation, trials)
    tryOut(new Map())
    await desk.write(changes)
  }
  const rangeOf = (id: NodeId): Range | null => {
    const source = shown?.derivation.graph.nodes[id]?.source
    return (source && shown?.uri === desk.document().uri && desk.analysis()?.locate(source)) || null
  }
  /** Selects the source of a node. */
  const reveal = (id: NodeId, focus: boolean) => {
    const range = rangeOf(id)
    if (range) desk.select(range, focus)
  }

  const receive = async (message: FromPanel): Promise<void> => {
    switch (message.type) {
      case 'ready':
        ready = true
        await readyToTypeset()
        desk.post({ type: 'init', strings: desk.strings(), figures: figures() })
        return refresh()
      case 'choose':
        return choose(message.key)
      case 'mode':
        settings.mode = message.mode
        return refresh()
      case 'convention':
        settings.convention = message.convention
        return refresh()
      case 'upstream':
        settings.upstream = message.upstream
        return refresh()
      case 'pin':
        settings.pinned = message.pinned
        desk.pinned(message.pinned)
        return refresh()
      case 'collapse':
        settings.collapsed = message.collapsed
        settings.turned.clear()
        return refresh()
      case 'toggle':
        return toggle(message.node)
      case 'select':
        node = message.node
        return reveal(message.node, false)
      case 'reveal':
        return reveal(message.node, true)
      case 'point':
        return desk.mark(message.node === null ? null : rangeOf(message.node))
      case 'values':
        tryOut(shown ? trialsOf(shown.derivation, message.trials) : new Map())
        return refresh()
      case 'write':
        return write()
      case 'details':
      case 'table':
      case 'step':
      case 'judge':
      case 'hint':
      case 'answer': {
        const reply = shown && replyTo(message, shown, desk.translate)
        return reply ? desk.post(reply) : undefined
      }
      case 'copy':
        return shown ? desk.copy(WRITERS[message.format](shown)) : undefined
      case 'export':
        return shown ? exported(desk, message.format, shown, savedOf(settings, shown, node)) : undefined
      case 'png':
        return desk.save(shown?.derivation.name.plain ?? '', 'png', message.base64)
      case 'failed':
        return desk.failed('graph page', message.message)
    }
  }

  return {
    get pinned() {
      return settings.pinned
    },
    get shown() {
      return shown
    },
    receive,
    changed() {
      const analysis = desk.analysis()
      const cursor = desk.cursor()
      // What is shown has become unreadable: it stays, until the cursor goes elsewhere.
      const readable = analysis && (settings.current === '' || derivationOf(analysis, settings.current))
      const place = readable && cursor !== null && placeAt(analysis, cursor)
      if (place && !settings.pinned && place.derivation.key !== settings.current) {
        settings.current = place.derivation.key
        node = place.node
      }
      refresh()
    },
    turned(offset) {
      settings.current = ''
      settings.turned.clear()
      tryOut(new Map())
      node = null
      follow(offset, true)
    },
    follow,
    configured(upstream) {
      settings.upstream = upstream
      refresh()
    },
  }
}
