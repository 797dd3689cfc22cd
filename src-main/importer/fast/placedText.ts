import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import type { Place } from '../recordReader.ts'

/** Characters that are written at once: few, so that their pieces do not grow old in memory. */
const PIECE = 32 * 1024
/** Cells that have to be quoted. */
const SPECIAL = /[",\r\n]/

/** A file of cells that importPlaced.ts reads, as it is written; `discard` may be called at any time. */
export type PlacedText = {
  row(cells: readonly string[], place: Readonly<Place>): void
  /** Closes the file. */
  end(): void
  discard(): void
}

/** Begins a file, which must not exist: CSV in UTF-8, each record with the place that it had elsewhere behind its cells. */
export function createPlacedText(path: string): PlacedText {
  const file = openSync(path, 'wx', 0o600)
  let open = true
  let waiting = ''
  const put = (): void => {
    const bytes = Buffer.from(waiting)
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
    waiting = ''
  }
  const close = (): void => {
    if (open) closeSync(file)
    open = false
  }
  return {
    row(cells, { offset, length, line }) {
      for (const cell of cells) waiting += SPECIAL.test(cell) ? `"${cell.replaceAll('"', '""')}",` : `${cell},`
      waiting += `${offset},${length},${line}\n`
      if (waiting.length > PIECE) put()
    },
    end() {
      put()
      close()
    },
    discard() {
      close()
      rmSync(path, { force: true })
    },
  }
}
