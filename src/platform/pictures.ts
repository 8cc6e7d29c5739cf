// Where the two heavy helpers of `drawing` come from. Importing this is enough; neither is loaded before it is needed.
import { platform } from '#platform'
import { provideGraphviz } from '../drawing/graphviz'
import { provideMathJax } from '../drawing/typeset'
import type { ReadFile } from './platform'

/** Lets `drawing` find MathJax and Graphviz; `read` is how a host without files of its own gets at those of `dist/`. */
export function providePictures(read?: ReadFile): void {
  const { loadBundleNow } = platform
  provideMathJax(() => platform.loadBundle('mathjax.js', read), loadBundleNow && (() => loadBundleNow('mathjax.js')))
  provideGraphviz(() => platform.loadBundle('graphviz.js', read))
}
