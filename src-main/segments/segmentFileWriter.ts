import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { ENTRY, FILE_HEAD, KINDS, MAGIC, type PieceKind } from './segmentFile.ts'

/** Writes a file of segments under a name of its own; it stands under the lasting one when it is whole. */
export type SegmentFileWriter = {
  put(column: number, n: number, kind: PieceKind, data: Uint8Array): void
  /** Takes pieces of a column back. */
  drop(column: number, kind: PieceKind): void
  /** Ends the file, which then takes the place of the one there. */
  finish(stamp: Buffer): void
  /** Closes and removes it where it is not finished; safe to call at any time. */
  discard(): void
}

type Entry = { column: number; n: number; kind: PieceKind; length: number; at: number; crc: number }

/** `temporary` is written over where something stands there: what a crash left. */
export function writeSegmentFile(temporary: string, lasting: string): SegmentFileWriter {
  const fd = openSync(temporary, 'w', 0o600)
  const entries = new Map<string, Entry>()
  let end = FILE_HEAD
  let open = true

  function close(): void {
    if (open) closeSync(fd)
    open = false
  }
  function write(data: Uint8Array, at: number): void {
    for (let done = 0; done < data.length;) done += writeSync(fd, data, done, data.length - done, at + done)
  }
  return {
    put(column, n, kind, data) {
      const key = `${column} ${n} ${kind}`
      const before = entries.get(key)
      // A column that is gone through once more gives pieces of the same lengths.
      const at = before?.length === data.length ? before.at : end
      write(data, at)
      if (at === end) end = Math.ceil((end + data.length) / 16) * 16
      entries.set(key, { column, n, kind, length: data.length, at, crc: crc32(data) })
    },
    drop(column, kind) {
      for (const [key, entry] of entries) if (entry.column === column && entry.kind === kind) entries.delete(key)
    },
    finish(stamp) {
      const directory = Buffer.alloc(entries.size * ENTRY)
      let to = 0
      for (const { column, n, kind, length, at, crc } of entries.values()) {
        directory.writeUInt32LE(column, to)
        directory.writeUInt32LE(n, to + 4)
        directory.writeUInt32LE(KINDS.indexOf(kind), to + 8)
        directory.writeUInt32LE(length, to + 12)
        directory.writeDoubleLE(at, to + 16)
        directory.writeUInt32LE(crc, to + 24)
        to += ENTRY
      }
      write(directory, end)
      const head = Buffer.alloc(FILE_HEAD)
      MAGIC.copy(head, 0)
      stamp.copy(head, 8)
      head.writeDoubleLE(end, 40)
      head.writeUInt32LE(entries.size, 48)
      head.writeUInt32LE(crc32(directory), 52)
      head.writeUInt32LE(crc32(head.subarray(0, 56)), 56)
      write(head, 0)
      close()
      renameSync(temporary, lasting)
    },
    discard() {
      if (!open) return
      close()
      rmSync(temporary, { force: true })
    },
  }
}
