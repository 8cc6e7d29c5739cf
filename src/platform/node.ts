// The Node hosts: desktop, remote and the command line. Bundles stand beside the program.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { BundleName, Platform } from './platform'

// Made at run time, so that the bundler leaves the second bundle where it is.
const loadBundleNow = (name: BundleName): unknown =>
  createRequire(join(__dirname, 'package.json'))(join(__dirname, name))

export const platform: Platform = { kind: 'node', loadBundle: async (name) => loadBundleNow(name), loadBundleNow }
