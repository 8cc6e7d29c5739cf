/** Files as text: what is not text is refused, what is written is there wholly or not at all. */
import { randomUUID } from 'node:crypto'
import { open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** By the mark at the beginning; without one it is UTF-8. */
function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

/**
 * The text of a file, its mark of byte order included, so that encoding it again gives the same bytes.
 * @throws {Error} where the bytes are no text
 */
export function decodeText(bytes: Uint8Array): string {
  const decoder = new TextDecoder(encodingOf(bytes), { fatal: true, ignoreBOM: true })
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    throw new Error('is not text in UTF-8, nor in UTF-16 with its mark')
  }
  if (text.includes('\0')) throw new Error('is not text: it has zero bytes')
  return text
}

function encodeText(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  const bytes = Buffer.from(text, 'utf16le')
  return encoding === 'utf-16le' ? bytes : bytes.swap16()
}

export const readText = async (file: string): Promise<string> => decodeText(await readFile(file))

/**
 * Replaces the text of a file in its encoding. The new text is complete in a file beside it before it takes the old one's
 * place; links, mode and owner stay. A file with several names is written in place, for else it would lose one.
 */
export async function writeText(file: string, text: string): Promise<void> {
  const target = await realpath(file)
  const { mode, nlink, uid, gid } = await stat(target)
  const bytes = encodeText(text, encodingOf(await readFile(target)))
  if (nlink > 1) return writeFile(target, bytes, { flag: 'r+' }).then(() => truncateTo(target, bytes.length))
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`)
  try {
    const handle = await open(temporary, 'wx', mode)
    try {
      await handle.writeFile(bytes)
      await handle.chmod(mode)
      // Only root may give a file away; for others it is theirs already.
      await handle.chown(uid, gid).catch(() => undefined)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function truncateTo(file: string, length: number): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.truncate(length).finally(() => handle.close())
}
