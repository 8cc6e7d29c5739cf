// The worker host of the browser. `require` knows only the editor there and `importScripts` is blocked; what remains for a
// second file is to read it through the editor and to import the text as a module.
import type { Platform } from './platform'

export const platform: Platform = {
  kind: 'web',
  loadBundleNow: null,
  async loadBundle(name, read) {
    if (!read) throw new Error(`Nothing was given to read ${name} with`)
    const script = new TextDecoder().decode(await read(name))
    // The bundle is CommonJS, for Node; its `module.exports` becomes an export.
    const parts = ['const module={exports:{}};((module,exports)=>{', script, '\n})(module,module.exports);']
    const address = URL.createObjectURL(
      new Blob([...parts, 'export default module.exports'], { type: 'text/javascript' }),
    )
    try {
      return (await import(address)).default
    } finally {
      URL.revokeObjectURL(address)
    }
  },
}
