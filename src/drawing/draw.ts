/** From a derivation to its drawing: the one door to this folder for those who only want the picture. */
import type { Derivation } from '../derivation'
import { graphvizOrderer } from './graphviz'
import { type Mode, type Picture, type PictureOptions, pictureOf } from './picture'
import { type Scene, sceneOf } from './scene'
import { LIGHT, type Palette, svgFile } from './svg'
import { tikzOf } from './tikz'
import { readyToTypeset } from './typeset'

const WHOLE: PictureOptions = { mode: 'symbols', collapsed: false, turned: new Set() }

/** A derivation's picture and scene, with MathJax and Graphviz loaded where they are provided. */
async function drawn(
  derivation: Derivation,
  options: Partial<PictureOptions> = {},
): Promise<{ picture: Picture; scene: Scene }> {
  await readyToTypeset()
  const picture = pictureOf(derivation, { ...WHOLE, ...options })
  return { picture, scene: sceneOf(picture, await graphvizOrderer()) }
}

/** The graph of a derivation as an SVG file. */
export async function derivationSvg(
  derivation: Derivation,
  { mode = 'symbols', palette = LIGHT }: { mode?: Mode; palette?: Palette } = {},
): Promise<string> {
  const { scene } = await drawn(derivation, { mode })
  return svgFile(scene, { palette, title: `Computational graph of ${derivation.name.plain}` })
}

/** The graph of a derivation as TikZ, for a LaTeX document. */
export async function derivationTikz(derivation: Derivation): Promise<string> {
  const { picture, scene } = await drawn(derivation)
  return tikzOf(picture, scene)
}
