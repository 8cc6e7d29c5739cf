// What VS Code gives a webview, and what the bundler makes of style sheets.
declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void
  getState(): unknown
  setState(state: unknown): void
}
declare module '*.css'
