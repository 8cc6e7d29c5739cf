// A Chromium to look through: one that the machine has, else one that can be installed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'
import { root } from './root.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chrome.exe']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  join(process.env.PROGRAMFILES ?? '', 'Google/Chrome/Application/chrome.exe'),
  join(process.env['PROGRAMFILES(X86)'] ?? '', 'Microsoft/Edge/Application/msedge.exe'),
]

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file))
}

function findChromium() {
  const own = process.env.CHROMIUM
  if (own) return own
  for (const name of names) {
    const found = onPath(name)
    if (found) return found
  }
  return [...places, chromium.executablePath()].find((file) => file && existsSync(file))
}

const succeeds = (command, args, env = {}) =>
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } }).status === 0

/** As root on Debian and its kin; the fonts are for Japanese notes. */
function installFromDebian() {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return
  console.log("Installing Debian's chromium …")
  const quiet = ['-qq', '-o', 'DPkg::Lock::Timeout=300']
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  succeeds('apt-get', [...quiet, 'update'], env) &&
    succeeds('apt-get', [...quiet, 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], env)
}

function installFromPlaywright() {
  console.log("Installing playwright's chromium …")
  succeeds(process.execPath, [join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'])
}

/** The path of a Chromium. Throws with what a person can do when there is none and none can be installed. */
export function obtainChromium() {
  for (const install of [() => {}, installFromDebian, installFromPlaywright]) {
    install()
    const found = findChromium()
    if (found) return found
  }
  throw new Error(
    'No Chromium was found, and none could be installed. Install Chromium or Chrome, or set CHROMIUM to the path of one.',
  )
}

/** Root has no sandbox to offer; the rest keeps the browser from calling home and from drawing differently each time. */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
]
