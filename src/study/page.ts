/** A page of its own with everything that plays: one HTML file that needs no network, for a teacher's site. */
import type { SavedState } from '../panel/messages'
import type { PanelStrings } from '../panel/strings'
import type { Bundle } from './translate'

export interface PageContent {
  /** The document's name, its text and in which language it is read. */
  readonly name: string
  readonly text: string
  readonly language: 'markdown' | 'typescript'
  readonly strings: PanelStrings
  readonly bundle: Bundle
  /** What is shown to begin with. */
  readonly saved: SavedState
}
/** The bundles that the page consists of, as text; the font of the icons as Base64. */
export interface PageParts {
  readonly standalone: string
  readonly panel: string
  readonly mathjax: string
  readonly style: string
  readonly font: string
}

/** The colours of VS Code's own themes, which a browser has not. */
const LIGHT = `
  --vscode-editor-foreground: #3b3b3b; --vscode-editor-background: #ffffff; --vscode-foreground: #3b3b3b;
  --vscode-gradlens-forward: #0060b0; --vscode-gradlens-backward: #b0420a; --vscode-focusBorder: #005fb8;
  --vscode-panel-border: #d8d8d8; --vscode-descriptionForeground: #616161; --vscode-icon-foreground: #3b3b3b;
  --vscode-input-background: #ffffff; --vscode-input-foreground: #3b3b3b; --vscode-input-border: #cecece;
  --vscode-dropdown-border: #cecece; --vscode-button-background: #005fb8; --vscode-button-foreground: #ffffff;
  --vscode-button-secondaryBackground: #e5e5e5; --vscode-button-secondaryForeground: #3b3b3b;
  --vscode-button-secondaryHoverBackground: #cccccc; --vscode-toolbar-hoverBackground: #b8b8b850;
  --vscode-inputOption-activeBackground: #bed6ed; --vscode-inputOption-activeForeground: #000000;
  --vscode-inputOption-activeBorder: #005fb8; --vscode-menu-background: #ffffff; --vscode-menu-foreground: #3b3b3b;
  --vscode-menu-selectionBackground: #005fb8; --vscode-menu-selectionForeground: #ffffff;
  --vscode-editorWidget-background: #f8f8f8; --vscode-errorForeground: #b01011;
  --vscode-testing-iconPassed: #2a7a3f; --vscode-editorWarning-foreground: #bf8803;`
const DARK = `
  --vscode-editor-foreground: #cccccc; --vscode-editor-background: #1f1f1f; --vscode-foreground: #cccccc;
  --vscode-gradlens-forward: #4fc1ff; --vscode-gradlens-backward: #ff9d5c; --vscode-focusBorder: #0078d4;
  --vscode-panel-border: #2b2b2b; --vscode-descriptionForeground: #9d9d9d; --vscode-icon-foreground: #cccccc;
  --vscode-input-background: #313131; --vscode-input-foreground: #cccccc; --vscode-input-border: #3c3c3c;
  --vscode-dropdown-border: #3c3c3c; --vscode-button-background: #0078d4; --vscode-button-foreground: #ffffff;
  --vscode-button-secondaryBackground: #313131; --vscode-button-secondaryForeground: #cccccc;
  --vscode-button-secondaryHoverBackground: #3c3c3c; --vscode-toolbar-hoverBackground: #5a5d5e50;
  --vscode-inputOption-activeBackground: #2489db82; --vscode-inputOption-activeForeground: #ffffff;
  --vscode-inputOption-activeBorder: #2488db; --vscode-menu-background: #1f1f1f; --vscode-menu-foreground: #cccccc;
  --vscode-menu-selectionBackground: #0078d4; --vscode-menu-selectionForeground: #ffffff;
  --vscode-editorWidget-background: #202020; --vscode-errorForeground: #f85149;
  --vscode-testing-iconPassed: #73c991; --vscode-editorWarning-foreground: #cca700;`

/** Text inside a script element: nothing in it may end the element. */
const inScript = (text: string) => text.replace(/<\/(?=script)/gi, '<\\/').replaceAll('<!--', '<\\!--')
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

/** The whole file. */
export function pageOf(content: PageContent, parts: PageParts): string {
  const style = parts.style.replace(/url\([^)]*codicon\.ttf[^)]*\)/g, `url(data:font/ttf;base64,${parts.font})`)
  const policy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; img-src data:"
  return `<!DOCTYPE html>
<html lang="${escaped(content.strings.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(content.name)}</title>
<style>
:root {${LIGHT}
}
@media (prefers-color-scheme: dark) {
  :root {${DARK}
  }
}
${style}
</style>
</head>
<body class="vscode-light">
<div id="root"></div>
<script type="application/json" id="gradlens-data">${JSON.stringify(content).replaceAll('<', '\\u003c')}</script>
<script>{const module={exports:{}};((module,exports)=>{${inScript(parts.mathjax)}
})(module,module.exports);window.gradlensMathJax=module.exports.default??module.exports}</script>
<script>${inScript(parts.standalone)}</script>
<script>${inScript(parts.panel)}</script>
</body>
</html>
`
}
