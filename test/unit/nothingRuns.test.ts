// Nothing of a folder is run and nothing leaves the machine: the sources don't have the means. What a library could do is held off by
// the panel's policy and by what is bundled.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const sources = readdirSync('src', { recursive: true })
  .map((name) => join('src', String(name)))
  .filter((name) => name.endsWith('.ts'))

/** Code without its comments and strings. */
const bare = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")

const means: [name: string, pattern: RegExp][] = [
  [
    'asks the network',
    /\b(?:fetch|importScripts)\s*\(|\b(?:XMLHttpRequest|WebSocket|EventSource|sendBeacon|RTCPeerConnection)\b/,
  ],
  ['runs a text', /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(/],
]
const modules: [name: string, pattern: RegExp][] = [
  ['the network', /from '(?:node:)?(?:https?|http2|net|tls|dgram|dns)'/],
  ['other programs', /from '(?:node:)?(?:child_process|vm)'/],
]

describe('the sources', () => {
  for (const [name, pattern] of means) {
    it(`have nothing that ${name}`, () => {
      assert.deepEqual(
        sources.filter((file) => pattern.test(bare(readFileSync(file, 'utf8')))),
        [],
      )
    })
  }
  for (const [name, pattern] of modules) {
    it(`import no module for ${name}`, () => {
      assert.deepEqual(
        sources.filter((file) => pattern.test(readFileSync(file, 'utf8'))),
        [],
      )
    })
  }
})
