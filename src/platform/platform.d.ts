// What `#platform` means to the rest of the program: `node.ts` and `web.ts` each supply it, and the bundler picks by the
// `imports` of package.json. Only the declaration is seen by the types, so that no zone inherits the globals of another.

/** A bundle that is kept apart because of its weight; the two servers are the command line's alone. */
export type BundleName = 'mathjax.js' | 'graphviz.js' | 'lsp.js' | 'mcp.js'

/** Reads a file of `dist/`, for a host that has no files of its own. */
export type ReadFile = (name: BundleName) => PromiseLike<Uint8Array>

export interface Platform {
  /** Which host this is; for the log, never for a decision: a difference between hosts belongs into this folder. */
  readonly kind: 'node' | 'web'
  /**
   * Loads a heavy bundle, which the caller does on first use, and gives what it exports. Node finds the file beside the
   * program; the worker host of the browser can read it only through the editor.
   */
  loadBundle(name: BundleName, read?: ReadFile): Promise<unknown>
  /** The same for those who can't wait; `null` where the host can't do it at once. */
  readonly loadBundleNow: ((name: BundleName) => unknown) | null
}

export declare const platform: Platform
