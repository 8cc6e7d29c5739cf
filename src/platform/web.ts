// The worker host of the browser. It can load no second file, so the heavy bundles are inside the one there is; `import()`
// keeps them asleep until first use.
import type { BundleName, Platform } from './platform'

const bundles: Partial<Record<BundleName, () => Promise<unknown>>> = {
  'graphviz.js': () => import('./graphvizBundle'),
}

export const platform: Platform = {
  kind: 'web',
  async loadBundle(name) {
    const load = bundles[name]
    if (!load) throw new Error(`No bundle is called ${name}`)
    return load()
  },
}
