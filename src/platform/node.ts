// The Node hosts: desktop, remote and the command line. Bundles stand beside the program.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Platform } from './platform'

export const platform: Platform = {
  kind: 'node',
  async loadBundle(name) {
    // Made at run time, so that the bundler leaves the second bundle where it is.
    return createRequire(join(__dirname, 'package.json'))(join(__dirname, name))
  },
}
