// Graphviz, WebAssembly included, as one file: built into `dist/graphviz.js` and loaded on first use.
export { Graphviz } from '@hpcc-js/wasm-graphviz'
