/**
 * The address of a window of the bundled workbench: on a folder, with the extension that stands in `project`, and with
 * further entries of what the workbench calls the payload.
 *
 * @param {{ origin: string, authority: string }} workbench
 * @param {string} project
 * @param {string} folder
 * @param {[string, string][]} entries
 */
export function windowAddress({ origin, authority }, project, folder, entries = []) {
  const payload = [
    ['extensionDevelopmentPath', remoteFile(authority, project)],
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...entries,
  ]
  return `${origin}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`
}

/**
 * How the window calls a file of this machine.
 *
 * @param {string} authority
 * @param {string} path
 */
export const remoteFile = (authority, path) => `vscode-remote://${authority}${path}`
