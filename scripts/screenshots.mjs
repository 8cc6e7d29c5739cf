// Takes pictures in the real window. The project must be built.
//   npm run screenshots [-- NAME…]       the pictures of the README, into media/screenshots/
//   npm run screenshots -- --gallery     five conventions in four kinds of themes, in English and Japanese, into .shots/, to be looked at
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { remoteFile, windowAddress } from './address.mjs'
import { chromiumArgs, obtainChromium } from './chromium.mjs'
import { root } from './root.mjs'
import { endOnSignals, quietSettings, startWorkbench } from './workbench.mjs'

const note = `# The chain rule

$$
z = t^2, \\quad t = x + y
$$

At $x = -0.19$ and $y = 0.239$:
`
const slip = `# The chain rule

$$
z = t^2, \\quad t = x + y
$$

$$
\\frac{\\partial z}{\\partial x} = \\frac{\\partial z}{\\partial t} \\cdot \\frac{\\partial t}{\\partial x} = 2t \\cdot 1 = 2(x - y)
$$
`

/** Each picture: the note, what a person does, and how much of the window is kept. */
const pictures = [
  {
    name: 'hover',
    note,
    size: { width: 900, height: 480 },
    act: (window) => window.hover('t = x + y', 0),
  },
  {
    name: 'graph',
    note,
    size: { width: 1320, height: 800 },
    act: async (window) => {
      await window.click('t = x + y', 0)
      await window.run('GradLens: Show Computational Graph')
      await window.graph()
    },
  },
  {
    name: 'study',
    note: note.replace('-0.19', '0.5').replace('0.239', '1.25'),
    size: { width: 1320, height: 860 },
    act: async (window) => {
      await window.click('t = x + y', 4)
      await window.run('GradLens: Show Computational Graph')
      await window.graph()
      for (let step = 0; step < 6; step++)
        await window
          .panel()
          .getByRole('button', { name: /^One step on/ })
          .click()
      await window.graph()
    },
  },
  {
    name: 'annotation',
    note,
    size: { width: 1240, height: 900 },
    act: async (window) => {
      await window.run('GradLens: Annotate Note')
      await window.run('Markdown: Open Preview to the Side')
    },
  },
  {
    name: 'wrong-step',
    note: slip,
    size: { width: 900, height: 420 },
    act: (window) => window.hover('2(x - y)', 2),
  },
]

/** What the gallery shows: a note whose graph has numbers, and one with matrices. */
const gallery = {
  themes: ['Default Light Modern', 'Default Dark Modern', 'Default High Contrast', 'Default High Contrast Light'],
  languages: ['en', 'ja'],
  conventions: ['book', 'circuit', 'record', 'tree', 'matrix'],
  note: `$$
Y = X W + B, \\quad L = \\|Y\\|^2
$$

$X = \\begin{pmatrix} 1 & -2 \\\\ 0.5 & 3 \\end{pmatrix}$, $W = \\begin{pmatrix} 0.2 & -1 \\\\ 0.6 & 0.5 \\end{pmatrix}$, $B = \\begin{pmatrix} 0.1 & 0 \\end{pmatrix}$

$$
z = t^2, \\quad t = x + y
$$

$x = -0.19$, $y = 0.239$
`,
  size: { width: 1320, height: 860 },
}

const settings = {
  'editor.minimap.enabled': false,
  'editor.fontSize': 15,
  'editor.hover.delay': 100,
  'workbench.activityBar.location': 'hidden',
  'workbench.statusBar.visible': true,
  'breadcrumbs.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.colorTheme': 'Default Light Modern',
  'files.autoSave': 'off',
}

/** The place of a character in a line that is drawn. */
const placeOf = (page, text, offset) =>
  page.evaluate(
    ([text, offset]) => {
      const plain = (line) => (line.textContent ?? '').replaceAll('\u00a0', ' ')
      const line = [...document.querySelectorAll('.view-line')].find((each) => plain(each).includes(text))
      let at = plain(line).indexOf(text) + offset
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (at < node.length) {
          const range = document.createRange()
          range.setStart(node, at)
          range.setEnd(node, at + 1)
          const { x, y, width, height } = range.getBoundingClientRect()
          return { x: x + width / 2, y: y + height / 2 }
        }
        at -= node.length
      }
      throw new Error(`${text} is not drawn`)
    },
    [text, offset],
  )

/** What a person can do in a window. */
function actions(page) {
  const pause = (milliseconds) => page.waitForTimeout(milliseconds)
  const click = async (text, offset) => {
    const place = await placeOf(page, text, offset)
    await page.mouse.click(place.x, place.y)
    return place
  }
  return {
    click,
    async hover(text, offset) {
      for (let i = 0; i < 8; i++) {
        await page.mouse.move(5, 5)
        const { x, y } = await click(text, offset)
        await page.mouse.move(x + 1, y)
        await pause(1500)
        if (await page.locator('.monaco-hover:not(.hidden) img').count()) return
      }
    },
    panel: () => page.locator('iframe.webview.ready').last().contentFrame().frameLocator('#active-frame'),
    /** Waits until the graph is drawn. */
    async graph() {
      const panel = page.locator('iframe.webview.ready').last().contentFrame().frameLocator('#active-frame')
      await panel.locator('.node').first().waitFor({ timeout: 110_000 })
      await pause(2000)
    },
    async run(title) {
      const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first()
      // The first palettes open before the extension's commands are there.
      for (let i = 0; i < 20 && !(await row.isVisible()); i++) {
        await page.keyboard.press('Escape')
        await page.keyboard.press('F1')
        await page.locator('.quick-input-widget input').first().fill(`>${title}`)
        await pause(1500)
      }
      await page.keyboard.press('Enter')
      await pause(5000)
    },
  }
}

/** Opens a note in a window of its own, and lets `act` do what it likes there. */
async function inWindow(workbench, browser, { note, size, language = 'en' }, act) {
  const folder = mkdtempSync(join(tmpdir(), 'gradlens-note-'))
  const file = join(folder, 'note.md')
  writeFileSync(file, note)
  const page = await browser.newPage({ viewport: size, deviceScaleFactor: 1.25 })
  // A busy machine takes its time.
  page.setDefaultTimeout(110_000)
  // What the workbench takes for its language is what it tells the extensions.
  await page.addInitScript((told) => {
    globalThis._VSCODE_NLS_LANGUAGE = told
  }, language)
  try {
    await page.goto(windowAddress(workbench, root, folder, [['openFile', remoteFile(workbench.authority, file)]]), {
      timeout: 110_000,
    })
    await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 })
    await page.keyboard.press('Control+b')
    await page.waitForTimeout(4000)
    await act(page)
  } finally {
    await page.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function shoot(page, folder, name) {
  await page.screenshot({ path: join(root, folder, `${name}.png`) })
  console.log(`${folder}/${name}.png`)
}

const take = (workbench, browser, picture) =>
  inWindow(workbench, browser, picture, async (page) => {
    await picture.act(actions(page))
    await shoot(page, 'media/screenshots', picture.name)
  })

/** All conventions in one window. */
const takeGallery = (workbench, browser, theme, language) => {
  const { note, size, conventions } = gallery
  writeFileSync(
    workbench.settingsFile,
    JSON.stringify({ ...quietSettings, ...settings, 'workbench.colorTheme': theme }),
  )
  return inWindow(workbench, browser, { note, size, language }, async (page) => {
    const window = actions(page)
    await window.click('z = t^2', 0)
    await window.run('GradLens: Show Computational Graph')
    await window.graph()
    for (const convention of conventions) {
      // Matrices are drawn as such where there are some.
      if (convention === 'matrix') await window.click('Y = X W', 0)
      await page.waitForTimeout(1500)
      await window.panel().locator(`[data-value="${convention}"]`).click()
      await page.waitForTimeout(1500)
      await shoot(page, '.shots', `${convention}-${theme.replaceAll(' ', '-').toLowerCase()}-${language}`)
    }
  })
}

endOnSignals(1)
mkdirSync(join(root, 'media/screenshots'), { recursive: true })
mkdirSync(join(root, '.shots'), { recursive: true })
const wanted = process.argv.slice(2)
const isGallery = wanted.includes('--gallery')
const workbench = await startWorkbench({ settings })
const browser = await chromium.launch({ executablePath: obtainChromium(), args: chromiumArgs })
try {
  for (const picture of pictures.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    await take(workbench, browser, picture)
  }
  for (const theme of isGallery ? gallery.themes : []) {
    for (const language of gallery.languages) await takeGallery(workbench, browser, theme, language)
  }
} finally {
  await browser.close()
  await workbench.stop()
}
