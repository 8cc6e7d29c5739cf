// Builds the extension and opens VS Code with it on examples/, a note and its graph side by side: desktop `code` where there is one, else the bundled
// workbench, whose address is printed and opened where there is a browser. Ctrl+C ends it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { remoteFile, windowAddress } from './address.mjs'
import { root } from './root.mjs'
import { endOnSignals, startWorkbench } from './workbench.mjs'

const shell = process.platform === 'win32'

function desktopCode() {
  if (process.env.GRADLENS_VSCODE === 'bundled') return false
  // As root the desktop refuses to start without flags of its own; the browser has no such trouble.
  if (process.getuid?.() === 0) return false
  return spawnSync('code', ['--version'], { stdio: 'ignore', shell }).status === 0
}

/** Opens an address in the user's browser, if the machine has a way to. */
function openInBrowser(address) {
  if (process.env.CI) return
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  if (!hasScreen) return
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : shell ? ['cmd', '/c', 'start', '""'] : ['xdg-open']
  const opener = spawn(command, [...args, shell ? address.replaceAll('&', '^&') : address], {
    stdio: 'ignore',
    detached: true,
  })
  opener.once('error', () => {})
  opener.unref()
}

endOnSignals(0)
const built = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' })
if (built.status !== 0) process.exit(1)

const examples = join(root, 'examples')
const folder = existsSync(examples) ? examples : root
/** What is open from the first second; examples/.vscode has the graph opened beside it. */
const note = join(examples, 'circuit.md')

if (desktopCode()) {
  console.log('Opening desktop VS Code on examples/ …')
  const args = [`--extensionDevelopmentPath=${root}`, '--new-window', folder, ...(existsSync(note) ? [note] : [])]
  process.exitCode = spawnSync('code', args, { stdio: 'inherit', shell }).status ?? 1
} else {
  const workbench = await startWorkbench({ settings: { 'files.autoSave': 'off' } })
  const opened = existsSync(note) ? [['openFile', remoteFile(workbench.authority, note)]] : []
  const address = windowAddress(workbench, root, folder, opened)
  console.log(
    `\nVS Code with GradLens, on examples/:\n\n  ${address}\n\nA note and its graph are open. Point at a formula, step through the graph. Ctrl+C ends it.`,
  )
  openInBrowser(address)
}
