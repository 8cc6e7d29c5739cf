/** From a derivation to its drawing: the one door to this folder for those who only want the picture. */
import type { Derivation } from '../derivation'
import { graphvizOrderer } from './graphviz'
import { type Mode, type PictureOptions, pictureOf } from './picture'
import { type Scene, sceneOf } from './scene'
import { LIGHT, type Palette, svgFile } from './svg'
import { readyToTypeset } from './typeset'

const WHOLE: PictureOptions = { mode: 'symbols', collapsed: false, turned: new Set() }

/** The scene of a derivation, with MathJax and Graphviz loaded where they are provided. */
async function drawScene(derivation: Derivation, options: Partial<PictureOptions> = {}): Promise<Scene> {
  await readyToTypeset()
  return sceneOf(pictureOf(derivation, { ...WHOLE, ...options }), await graphvizOrderer())
}

/** The graph of a derivation as an SVG file. */
export async function derivationSvg(
  derivation: Derivation,
  { mode = 'symbols', palette = LIGHT }: { mode?: Mode; palette?: Palette } = {},
): Promise<string> {
  const scene = await drawScene(derivation, { mode })
  return svgFile(scene, { palette, title: `Computational graph of ${derivation.name.plain}` })
}
