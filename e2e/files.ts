import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import type { Page } from '@playwright/test'

/** Writes a table of `rows` lines, whatever its size, without holding it. */
export async function writeTable(
  path: string,
  header: string,
  rows: number,
  line: (n: number) => string,
): Promise<void> {
  const file = createWriteStream(path)
  let block = `${header}\n`
  for (let n = 1; n <= rows; n += 1) {
    block += `${line(n)}\n`
    if (block.length < 1_000_000 && n < rows) continue
    if (!file.write(block)) await once(file, 'drain')
    block = ''
  }
  file.end(block)
  await finished(file)
}

/** Writes a large table whose lines repeat, for what is about size only. */
export async function writeRepeated(path: string, header: string, line: string, bytes: number): Promise<void> {
  const block = `${line}\n`.repeat(Math.ceil(1_000_000 / line.length))
  const file = await open(path, 'w')
  await file.write(`${header}\n`)
  for (let left = bytes; left > 0; left -= block.length) await file.write(block)
  await file.close()
}

/** Drags files or folders of this computer onto the middle of the window, as from a file manager. */
export async function drop(page: Page, paths: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const place = { x: 640, y: 400, data: { items: [], files: paths, dragOperationsMask: 1 } }
  for (const type of ['dragEnter', 'dragOver', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...place })
    // A hand takes longer: the page says that it takes the files before they are let go.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)))
  }
  await session.detach()
}

/** A dialog that has not opened after so long is asked for once more, as a person would; in milliseconds. */
const ASK_AGAIN_MS = 8_000

/** Answers the file dialog that `ask` opens. */
export async function choose(page: Page, ask: () => Promise<void>, paths: string | string[]): Promise<void> {
  const opened = (timeout: number) => Promise.all([page.waitForEvent('filechooser', { timeout }), ask()])
  const [dialog] = await opened(ASK_AGAIN_MS).catch(() => opened(2 * ASK_AGAIN_MS))
  await dialog.setFiles(paths)
}
