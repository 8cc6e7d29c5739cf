// The worker host of the browser. It can load no second file, so the heavy bundles are inside the one there is; `import()`
// keeps them asleep until first use.
import type { BundleName, Platform } from './platform'

const bundles: Record<BundleName, () => Promise<unknown>> = {
  'mathjax.js': () => import('./mathjaxBundle'),
  'graphviz.js': () => import('./graphvizBundle'),
}

export const platform: Platform = {
  kind: 'web',
  loadBundle: (name) => bundles[name](),
}
