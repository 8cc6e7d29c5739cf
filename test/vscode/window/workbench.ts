// A person at the real window: opens notes, points, runs commands, looks at the panel. scripts/vscode.mjs has started the
// workbench and the browser; each note that is opened has a page, a folder and settings of its own.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core'
import { remoteFile, windowAddress } from '../../../scripts/address.mjs'

/** What scripts/vscode.mjs tells. */
interface Running {
  origin: string
  authority: string
  settingsFile: string
  settings: Record<string, unknown>
  browser: string
}

export interface Hover {
  text: string
  /** The pictures in it, with their sizes once they are loaded. */
  images: { alt: string; width: number; height: number }[]
}

let browser: Browser | undefined

/**
 * Opens a note in a window of its own. The note is a name in test/vscode/notes or a path from the root (`examples/…`); a
 * copy is opened. Settings are those of the user, such as `{ 'workbench.colorTheme': 'Default High Contrast' }`.
 */
export async function open(note: string, settings: Record<string, unknown> = {}): Promise<Workbench> {
  const running: Running = JSON.parse(process.env.GRADLENS_WORKBENCH ?? '{}')
  browser ??= await chromium.connect(running.browser)
  const folder = mkdtempSync(join(tmpdir(), 'gradlens-window-'))
  const own = join('test/vscode/notes', note)
  const file = join(folder, basename(note))
  cpSync(existsSync(own) ? own : resolve(note), file)
  writeFileSync(running.settingsFile, JSON.stringify({ ...running.settings, 'editor.hover.delay': 100, ...settings }))

  const context = await browser.newContext({ viewport: { width: 1500, height: 950 } })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: running.origin })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  const entry: [string, string] = ['openFile', remoteFile(running.authority, file)]
  await page.goto(windowAddress(running, process.cwd(), folder, [entry]), { timeout: 110_000 })
  await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 })
  return new Workbench(page, file, errors)
}

export class Workbench {
  constructor(
    readonly page: Page,
    /** The copy of the note that is open. */
    readonly file: string,
    /** What went wrong in the page itself. */
    readonly errors: readonly string[],
  ) {}

  /** Brings a line into view and puts the cursor at the first character of a part of it. */
  async clickAt(lineText: string, part = lineText): Promise<{ x: number; y: number }> {
    const place = (await this.#placeOf(lineText, part)) ?? (await this.#reveal(lineText, part))
    await this.page.mouse.click(place.x, place.y)
    return place
  }

  /** Rests the pointer on the first character of a part of a line and reads the hover that comes; `undefined` if none does. */
  async hoverAt(lineText: string, part = lineText, tries = 8): Promise<Hover | undefined> {
    for (let i = 0; i < tries; i++) {
      await this.page.mouse.move(5, 5)
      await this.page.keyboard.press('Escape')
      const { x, y } = await this.clickAt(lineText, part)
      await this.page.mouse.move(x + 1, y)
      // The first one can come before the extension has woken up, and says nothing then.
      const shown = this.page.locator('.monaco-hover:not(.hidden) .hover-contents').first()
      const came = await shown.waitFor({ timeout: 2500 }).then(
        () => true,
        () => false,
      )
      if (!came) continue
      const hover = await this.#readHover()
      if (hover.text.trim() && !/^(Loading|読み込)/.test(hover.text)) return hover
    }
    return undefined
  }

  /** Runs a command by its title in the palette, such as `GradLens: Show Computational Graph`. */
  async runCommand(title: string): Promise<void> {
    await this.beginCommand(title)
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' })
  }

  /** The same of a command that asks something: its question is left open. */
  async beginCommand(title: string): Promise<void> {
    if (!(await this.#searchPalette(title, 20))) throw new Error(`${title} is not in the palette`)
    await this.page.keyboard.press('Enter')
  }

  /** Is the command offered where the cursor is? */
  async offers(title: string): Promise<boolean> {
    const found = await this.#searchPalette(title, 4)
    await this.page.keyboard.press('Escape')
    return found
  }

  /** The document of the panel: `panelFrame().getByRole(…)` looks into it and waits for it. */
  panelFrame(): FrameLocator {
    return this.page.locator('iframe.webview.ready').last().contentFrame().frameLocator('#active-frame')
  }

  /** Saves the note and reads what was written. */
  async savedText(): Promise<string> {
    await this.page.keyboard.press('Control+s')
    await this.page.locator('.tab.dirty').first().waitFor({ state: 'hidden' })
    // A save empties the file before it writes: no note of these tests is empty.
    for (let i = 0; ; i++) {
      const text = readFileSync(this.file, 'utf8')
      if (text !== '' || i === 50) return text
      await this.page.waitForTimeout(100)
    }
  }

  /** What decorations write behind parts of a line, which is no text of it. */
  marksBehind(lineText: string): Promise<string> {
    const line = this.page.locator('.view-line').filter({ hasText: lineText }).first()
    return line.evaluate((element) =>
      [...element.querySelectorAll('span')].map((part) => getComputedStyle(part, '::after').content).join(' '),
    )
  }

  /** The notifications that are shown. */
  notifications(): Promise<string[]> {
    return this.page.locator('.notification-toast .notification-list-item-message').allInnerTexts()
  }

  /** Keeps a picture in .shots/, for people. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join('.shots', `${name}.png`) })
  }

  async close(): Promise<void> {
    await this.page.context().close()
    rmSync(resolve(this.file, '..'), { recursive: true, force: true })
  }

  async #searchPalette(title: string, tries: number): Promise<boolean> {
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first()
    for (let i = 0; i < tries; i++) {
      await this.page.keyboard.press('Escape')
      await this.page.keyboard.press('F1')
      await this.page.locator('.quick-input-widget input').first().fill(`>${title}`)
      const found = await row.waitFor({ timeout: 1500 }).then(
        () => true,
        () => false,
      )
      if (found) return true
    }
    return false
  }

  async #readHover(): Promise<Hover> {
    const images = this.page.locator('.monaco-hover:not(.hidden) img')
    for (const image of await images.all()) {
      await image.evaluate((img: HTMLImageElement) => img.decode().catch(() => {}))
    }
    return this.page.evaluate(() => {
      const rows = [...document.querySelectorAll<HTMLElement>('.monaco-hover:not(.hidden) .hover-contents')]
      const pictures = rows.flatMap((row) => [...row.querySelectorAll('img')])
      return {
        // biome-ignore lint/performance/useDomNodeTextContent: what a person sees, with its line breaks
        text: rows.map((row) => row.innerText).join('\n'),
        images: pictures.map((img) => ({ alt: img.alt, width: img.naturalWidth, height: img.naturalHeight })),
      }
    })
  }

  /** The middle of a part's first character on the screen, if its line is drawn. */
  #placeOf(lineText: string, part: string): Promise<{ x: number; y: number } | undefined> {
    return this.page.evaluate(
      ([lineText, part]) => {
        const plain = (text: string | null) => (text ?? '').replaceAll('\u00a0', ' ')
        const lines = [...document.querySelectorAll('.monaco-editor .view-line')]
        const line = lines.find((element) => plain(element.textContent).includes(lineText))
        if (!line) return undefined
        const text = plain(line.textContent)
        let at = text.indexOf(part, text.indexOf(lineText))
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const { length } = node as Text
          if (at < length) {
            const range = document.createRange()
            range.setStart(node, at)
            range.setEnd(node, at + 1)
            const { x, y, width, height } = range.getBoundingClientRect()
            return { x: x + width / 2, y: y + height / 2 }
          }
          at -= length
        }
        return undefined
      },
      [lineText, part] as const,
    )
  }

  /** Lines that are out of view aren't drawn: goes to the line by its number. */
  async #reveal(lineText: string, part: string): Promise<{ x: number; y: number }> {
    const number = readFileSync(this.file, 'utf8')
      .split(/\r?\n/)
      .findIndex((line) => line.includes(lineText))
    if (number < 0) throw new Error(`No line contains ${lineText}`)
    await this.page.keyboard.press('Control+g')
    await this.page
      .locator('.quick-input-widget input')
      .first()
      .fill(`:${number + 1}`)
    await this.page.keyboard.press('Enter')
    for (let i = 0; i < 20; i++) {
      const place = await this.#placeOf(lineText, part)
      if (place) return place
      await this.page.waitForTimeout(100)
    }
    throw new Error(`The line with ${lineText} is not drawn`)
  }
}
