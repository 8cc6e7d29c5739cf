// Where the two heavy helpers of `drawing` come from. Importing this is enough; neither is loaded before it is needed.
import { platform } from '#platform'
import { provideGraphviz } from '../drawing/graphviz'
import { provideMathJax } from '../drawing/typeset'

/** Lets `drawing` find MathJax and Graphviz beside the program. */
export function providePictures(): void {
  provideMathJax(() => platform.loadBundle('mathjax.js'))
  provideGraphviz(() => platform.loadBundle('graphviz.js'))
}
