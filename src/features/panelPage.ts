/** The document in the webview: nothing but its own script, style and font may be loaded, and nothing inline runs. */
import * as vscode from 'vscode'

/** Folders that the page may read. */
export const resourceRoots = (context: vscode.ExtensionContext) => [vscode.Uri.joinPath(context.extensionUri, 'dist')]

/** The page of the graph panel. */
export function pageHtml(context: vscode.ExtensionContext, webview: vscode.Webview): string {
  const address = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(context.extensionUri, 'dist', file)).toString()
  const nonce = [...crypto.getRandomValues(new Uint8Array(24))].map((byte) => byte.toString(36)).join('')
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    // Pictures of pixels are made of the drawing itself.
    'img-src data:',
  ].join('; ')
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address('panel.css')}">
<title>GradLens</title>
</head>
<body>
<div id="root"></div>
<script nonce="${nonce}" src="${address('panel.js')}"></script>
</body>
</html>`
}
