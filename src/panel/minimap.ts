/** A small map of a large drawing, with the part that is seen; a click goes there. */
import type { Scene } from '../drawing/scene'
import type { Stage } from './stage'

export interface Minimap {
  readonly element: HTMLCanvasElement
  show(scene: Scene): void
  update(): void
}

const SIZE = { width: 180, height: 120 }
/** The map appears when this share of the drawing's width or height isn't seen. */
const HIDDEN = 0.25
/** Smaller drawings need no map. */
const LARGE = 8

/** The map of a stage. */
export function createMinimap(stage: Stage): Minimap {
  const element = document.createElement('canvas')
  element.className = 'minimap'
  element.setAttribute('aria-hidden', 'true')
  let scene: Scene | null = null
  const scale = () => (scene ? Math.min(SIZE.width / scene.width, SIZE.height / scene.height) : 1)

  const go = (event: PointerEvent) => {
    if (event.buttons === 0) return
    const box = element.getBoundingClientRect()
    stage.centre((event.clientX - box.left) / scale(), (event.clientY - box.top) / scale())
  }
  element.addEventListener('pointerdown', (event) => {
    element.setPointerCapture(event.pointerId)
    go(event)
  })
  element.addEventListener('pointermove', go)

  const update = () => {
    if (!scene) return
    const part = stage.window()
    const isSeen = part.width > scene.width * (1 - HIDDEN) && part.height > scene.height * (1 - HIDDEN)
    element.hidden = isSeen || scene.nodes.length < LARGE
    if (!element.hidden) paint(element, scene, scale(), part)
  }
  return {
    element,
    show(next) {
      scene = next
      update()
    },
    update,
  }
}

function paint(element: HTMLCanvasElement, scene: Scene, scale: number, part: ReturnType<Stage['window']>): void {
  const ratio = window.devicePixelRatio || 1
  const [width, height] = [scene.width * scale, scene.height * scale]
  element.width = Math.ceil(width * ratio)
  element.height = Math.ceil(height * ratio)
  element.style.width = `${width}px`
  element.style.height = `${height}px`
  const context = element.getContext('2d')
  if (!context) return
  const style = getComputedStyle(element)
  context.scale(ratio, ratio)
  context.strokeStyle = style.getPropertyValue('--line')
  context.lineWidth = 0.5
  context.beginPath()
  for (const { way } of scene.edges) {
    way.forEach(({ x, y }, i) => {
      if (i === 0) context.moveTo(x * scale, y * scale)
      else context.lineTo(x * scale, y * scale)
    })
  }
  context.stroke()
  context.fillStyle = style.color
  const side = Math.max(1.5, 30 * scale)
  for (const { x, y } of scene.nodes) context.fillRect(x * scale - side / 2, y * scale - side / 2, side, side)
  context.strokeStyle = style.getPropertyValue('--select')
  context.lineWidth = 1.5
  const [left, top] = [Math.max(0.75, part.x * scale), Math.max(0.75, part.y * scale)]
  const right = Math.min(width - 0.75, (part.x + part.width) * scale)
  const bottom = Math.min(height - 0.75, (part.y + part.height) * scale)
  context.strokeRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top))
}
