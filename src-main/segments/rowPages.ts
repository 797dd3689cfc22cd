import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { AppError } from '#contract/appError'

/** The leaf pages of a row table in the order of its rows. */
export type Leaves = {
  pages: Uint32Array
  /** The last row of each; the first one is behind the last of the page before. */
  lasts: Float64Array
}

/** The pages of a dataset file, read beside SQLite. */
export type PageFile = {
  /** Of a page. */
  size: number
  /** Of the file. */
  bytes(): number
  /** The leaf pages of the table whose tree begins at that page. */
  leaves(root: number): Leaves
  /** Reads pages that follow each other. */
  read(first: number, count: number, into: Uint8Array, at: number): void
  /** Copies `bytes` of the chain of overflow pages that begins at `page`; false where it is broken. */
  overflow(page: number, into: Uint8Array, at: number, bytes: number): boolean
  close(): void
}

/** A tree of 2^32 rows is five levels high. */
const LEVELS_MAX = 12

const damaged = (): AppError =>
  new AppError(
    'dataset-damaged',
    'The file of this dataset cannot be read. Other datasets are not affected; import the source again.',
  )

/** Opens a dataset file for reading its pages; null where it is laid out in a way that is left to SQLite. */
export function openPages(path: string): PageFile | null {
  const fd = openSync(path, 'r')
  const header = Buffer.alloc(100)
  const got = readSync(fd, header, 0, 100, 0)
  const size = header.readUInt16BE(16)
  const count = Math.floor(fstatSync(fd).size / Math.max(1, size))
  const plain = got === 100 && header.toString('latin1', 0, 15) === 'SQLite format 3' && size >= 4_096 && size <= 32_768
  // Space kept free on each page, and UTF-16.
  if (!plain || header[20] !== 0 || header.readUInt32BE(56) !== 1) {
    closeSync(fd)
    return null
  }
  let open = true

  function read(first: number, pages: number, into: Uint8Array, to: number): void {
    if (first < 1 || first + pages - 1 > count) throw damaged()
    const position = (first - 1) * size
    const length = pages * size
    for (let done = 0; done < length;) {
      const bytes = readSync(fd, into, to + done, length - done, position + done)
      if (bytes === 0) throw damaged()
      done += bytes
    }
  }

  function leaves(root: number): Leaves {
    const pages: number[] = []
    const lasts: number[] = []
    const page = Buffer.alloc(size)
    const walk = (number: number, last: number, level: number): void => {
      if (level > LEVELS_MAX || pages.length > count) throw damaged()
      read(number, 1, page, 0)
      if (page[0] === 0x0d) {
        pages.push(number)
        lasts.push(last)
        return
      }
      if (page[0] !== 0x05) throw damaged()
      const children = childrenOf(page, last)
      const [first] = children
      // All children of a page stand on the same level: one look tells whether they are leaves.
      const kind = Buffer.alloc(1)
      if (first) read1(first.page, kind)
      for (const child of children) {
        if (kind[0] !== 0x0d) walk(child.page, child.last, level + 1)
        else {
          pages.push(child.page)
          lasts.push(child.last)
        }
      }
    }
    const read1 = (number: number, into: Buffer): void => {
      if (number < 1 || number > count || readSync(fd, into, 0, 1, (number - 1) * size) !== 1) throw damaged()
    }
    walk(root, Number.MAX_SAFE_INTEGER, 0)
    if (pages.length > count) throw damaged()
    return { pages: Uint32Array.from(pages), lasts: Float64Array.from(lasts) }
  }

  function overflow(page: number, into: Uint8Array, to: number, bytes: number): boolean {
    const next = Buffer.alloc(4)
    for (let number = page, done = 0; done < bytes; number = next.readUInt32BE(0)) {
      if (number < 1 || number > count) return false
      const position = (number - 1) * size
      const part = Math.min(size - 4, bytes - done)
      if (readSync(fd, next, 0, 4, position) !== 4) return false
      if (readSync(fd, into, to + done, part, position + 4) !== part) return false
      done += part
    }
    return true
  }

  return {
    size,
    bytes: () => count * size,
    leaves,
    read,
    overflow,
    close() {
      if (open) closeSync(fd)
      open = false
    },
  }
}

function childrenOf(page: Buffer, last: number): { page: number; last: number }[] {
  const cells = page.readUInt16BE(3)
  if (12 + 2 * cells > page.length) throw damaged()
  const children = Array.from({ length: cells }, (_, cell) => {
    const at = page.readUInt16BE(12 + 2 * cell)
    if (at + 13 > page.length + 9) throw damaged()
    return { page: page.readUInt32BE(Math.min(at, page.length - 4)), last: varint(page, at + 4) }
  })
  return [...children, { page: page.readUInt32BE(8), last }]
}

function varint(page: Buffer, from: number): number {
  let value = 0
  for (let at = from; at < page.length && at < from + 8; at++) {
    const byte = page[at] ?? 0
    value = value * 128 + (byte & 127)
    if (byte < 128) return value
  }
  throw damaged()
}

/** The leaves that may hold rows `first` to `last`. */
export function leavesBetween({ lasts }: Leaves, first: number, last: number): { from: number; to: number } {
  const from = lowest(lasts, first)
  const to = Math.min(lasts.length, lowest(lasts, last) + 1)
  return { from, to }
}

/** The first leaf that ends at `row` or behind it. */
function lowest(lasts: Float64Array, row: number): number {
  let low = 0
  let high = lasts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lasts[middle] ?? 0) < row) low = middle + 1
    else high = middle
  }
  return low
}

/** Runs of pages that follow each other in the file, at most `most` of them, of the leaves in [from, to) that are `wanted`. */
export function* runsOf(
  { pages }: Leaves,
  { from, to }: { from: number; to: number },
  most: number,
  wanted: (leaf: number) => boolean = () => true,
): Generator<{ first: number; count: number }> {
  let first = 0
  let count = 0
  for (let leaf = from; leaf < to; leaf++) {
    const page = pages[leaf] ?? 0
    if (!wanted(leaf)) continue
    if (count > 0 && page === first + count && count < most) {
      count++
      continue
    }
    if (count > 0) yield { first, count }
    first = page
    count = 1
  }
  if (count > 0) yield { first, count }
}
