/** What the keys do on the drawing. Only keys without Ctrl, Alt or Cmd are ours (and Ctrl+F): the rest is VS Code's. */
import type { Direction } from './links'
import type { Stage } from './stage'

export interface KeyEvents {
  reveal(): void
  toggle(): void
  find(): void
  close(): void
  /** One step on or back in the passes. */
  stepBy(by: 1 | -1): void
  play(): void
  chosen(key: string): void
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
/** How far Shift and an arrow move the drawing, in pixels. */
const PAN = 60
const PANS: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [PAN, 0],
  right: [-PAN, 0],
  up: [0, PAN],
  down: [0, -PAN],
}

/** Whether the key did something. */
export function pressed(event: KeyboardEvent, stage: Stage, events: KeyEvents): boolean {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'f') {
    events.find()
    return true
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const direction = ARROWS[event.key]
  if (direction && event.shiftKey) stage.pan(...PANS[direction])
  else if (direction) step(stage, direction, events)
  else return act(event.key, stage, events)
  return true
}

function step(stage: Stage, direction: Direction, events: KeyEvents): void {
  const links = stage.links()
  const from = stage.selected ?? links.first
  const to = stage.selected && from ? links.step(from, direction) : from
  if (to && links.node(to)?.kind !== 'output') events.chosen(to)
}

function act(key: string, stage: Stage, events: KeyEvents): boolean {
  const actions: Readonly<Record<string, () => void>> = {
    Enter: events.reveal,
    ' ': events.toggle,
    '+': () => stage.zoomBy(1.25),
    '=': () => stage.zoomBy(1.25),
    '-': () => stage.zoomBy(1 / 1.25),
    '0': () => stage.fit(),
    '/': events.find,
    Escape: events.close,
    '.': () => events.stepBy(1),
    ',': () => events.stepBy(-1),
    p: events.play,
    Home: () => goTo(stage.links().first, events),
    End: () => goTo(outputKey(stage), events),
  }
  const action = Object.hasOwn(actions, key) ? actions[key] : undefined
  action?.()
  return action !== undefined
}

function goTo(key: string | undefined, events: KeyEvents): void {
  if (key) events.chosen(key)
}

/** The node of the output itself, not the name behind its edge. */
function outputKey(stage: Stage): string | undefined {
  const links = stage.links()
  const name = links.output && links.node(links.output)
  return name ? links.keyOf(name.id) : undefined
}
