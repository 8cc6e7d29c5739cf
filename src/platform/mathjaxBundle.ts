// MathJax, TeX to SVG, as one file: built into `dist/mathjax.js` and loaded on first use (about 1.3 ms a formula when warm).
import { liteAdaptor } from '@mathjax/src/js/adaptors/liteAdaptor.js'
import { RegisterHTMLHandler } from '@mathjax/src/js/handlers/html.js'
import { TeX } from '@mathjax/src/js/input/tex.js'
import { mathjax } from '@mathjax/src/js/mathjax.js'
import { SVG } from '@mathjax/src/js/output/svg.js'
import '@mathjax/src/js/input/tex/ams/AmsConfiguration.js'
import '@mathjax/src/js/input/tex/base/BaseConfiguration.js'
import '@mathjax/src/js/input/tex/boldsymbol/BoldsymbolConfiguration.js'
import '@mathjax/src/js/input/tex/cancel/CancelConfiguration.js'
import '@mathjax/src/js/input/tex/color/ColorConfiguration.js'
import '@mathjax/src/js/input/tex/configmacros/ConfigMacrosConfiguration.js'
import '@mathjax/src/js/input/tex/mathtools/MathtoolsConfiguration.js'
import '@mathjax/src/js/input/tex/newcommand/NewcommandConfiguration.js'
import '@mathjax/src/js/input/tex/textmacros/TextMacrosConfiguration.js'
import { MathJaxNewcmFont } from '@mathjax/mathjax-newcm-font/js/svg.js'
// The ranges of the font that notes use; the whole of it has 13 MB. A character outside of them is drawn with a font of
// the reader's machine, as Japanese is.
import '@mathjax/mathjax-newcm-font/js/svg/dynamic/accents.js'
import '@mathjax/mathjax-newcm-font/js/svg/dynamic/calligraphic.js'
import '@mathjax/mathjax-newcm-font/js/svg/dynamic/double-struck.js'
import '@mathjax/mathjax-newcm-font/js/svg/dynamic/fraktur.js'
import '@mathjax/mathjax-newcm-font/js/svg/dynamic/math.js'
import '@mathjax/mathjax-newcm-font/js/svg/dynamic/script.js'
import '@mathjax/mathjax-newcm-font/js/svg/dynamic/shapes.js'
import '@mathjax/mathjax-newcm-font/js/svg/dynamic/symbols.js'
import '@mathjax/mathjax-newcm-font/js/svg/dynamic/variants.js'

const RANGES = new Set([
  'accents',
  'calligraphic',
  'double-struck',
  'fraktur',
  'math',
  'script',
  'shapes',
  'symbols',
  'variants',
])

/** Macros that notes use and MathJax doesn't know by itself. */
const MACROS = {
  bm: ['\\boldsymbol{#1}', 1],
  bold: ['\\mathbf{#1}', 1],
  leqq: '\\mathrel{≦}',
  geqq: '\\mathrel{≧}',
}

// The font asks for a range while it typesets; it must be there at once, for a promise would end in "MathJax retry".
const files = (MathJaxNewcmFont as unknown as { dynamicFiles: Record<string, unknown> }).dynamicFiles
for (const name of Object.keys(files)) if (!RANGES.has(name)) delete files[name]
mathjax.asyncLoad = () => ({})
mathjax.asyncIsSynchronous = true

const adaptor = liteAdaptor()
RegisterHTMLHandler(adaptor)

const input = new TeX({
  packages: ['base', 'ams', 'boldsymbol', 'cancel', 'color', 'configmacros', 'mathtools', 'newcommand', 'textmacros'],
  macros: MACROS,
  // Without this a mistake is typeset as a red message; whoever calls knows better what to show.
  formatError: (_input: unknown, error: Error) => {
    throw error
  },
  maxBuffer: 20 * 1024,
  maxMacros: 1000,
})
const output = new SVG({ fontCache: 'none', font: new MathJaxNewcmFont(), linebreaks: { inline: false } })
output.font.loadDynamicFilesSync()
const page = mathjax.document('', { InputJax: input, OutputJax: output })

/** The `<svg>` element of a formula. Throws where the formula has a mistake. */
export function texToSvg(latex: string, display: boolean): string {
  const container = page.convert(latex, { display, em: 16, ex: 7.09, containerWidth: 1e6 })
  return adaptor.innerHTML(container)
}
