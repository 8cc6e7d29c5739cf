/** A drawing as pixels: only a page can make them. */

/** Twice the size of the drawing, so that it is sharp in print and on screens of high density. */
const DENSITY = 2
/** Canvases beyond this side fail silently in browsers. */
const LONGEST = 16_000

/** The PNG of an SVG, in Base64. */
export async function rasterize(svg: string, width: number, height: number): Promise<string> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const scale = Math.min(DENSITY, LONGEST / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(width * scale)
  canvas.height = Math.ceil(height * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '')
}
