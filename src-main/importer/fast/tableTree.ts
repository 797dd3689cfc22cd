import { readSync, writeSync } from 'node:fs'
import { PAGE_BYTES } from './fastPlan.ts'
import { physicalPage } from './writePages.ts'

/** A finished page and the last row below it. */
export type Child = { page: number; last: number }

/** Cells of an interior page that certainly fit: 2 bytes of pointer, 4 of page number, at most 9 of row. */
const FAN = Math.floor((PAGE_BYTES - 12) / 15)

/**
 * Writes the interior pages above leaf pages (in the order of their rows) up to the root, whose page exists already.
 * `take` gives numbers of new pages (lock-byte page not counted). A single leaf is moved into the root; its own page is returned
 * as free. Nothing to do without leaves: the root is an empty leaf already.
 */
export function writeTableTree(
  fd: number,
  leaves: readonly Child[],
  root: number,
  take: () => number,
): { free: number | null } {
  const first = leaves[0]
  if (!first) return { free: null }
  if (leaves.length === 1) {
    const page = Buffer.alloc(PAGE_BYTES)
    readSync(fd, page, 0, PAGE_BYTES, (first.page - 1) * PAGE_BYTES)
    writePage(fd, page, root)
    return { free: first.page }
  }
  let level = leaves
  while (level.length > FAN) {
    const groups = Math.ceil(level.length / FAN)
    // Even groups: a page with a single child would be taken for damage.
    const size = Math.ceil(level.length / groups)
    const above: Child[] = []
    for (let at = 0; at < level.length; at += size) {
      const children = level.slice(at, at + size)
      const page = physicalPage(take())
      writePage(fd, interior(children), page)
      above.push({ page, last: children.at(-1)?.last ?? 0 })
    }
    level = above
  }
  writePage(fd, interior(level), root)
  return { free: null }
}

function interior(children: readonly Child[]): Buffer {
  const page = Buffer.alloc(PAGE_BYTES)
  const count = children.length - 1
  let top = PAGE_BYTES
  for (let index = 0; index < count; index++) {
    const { page: below, last } = children[index] ?? { page: 0, last: 0 }
    top = varint(page, top, last) - 4
    page.writeUInt32BE(below, top)
    page.writeUInt16BE(top, 12 + 2 * index)
  }
  page[0] = 5
  page.writeUInt16BE(count, 3)
  page.writeUInt16BE(top, 5)
  page.writeUInt32BE(children.at(-1)?.page ?? 0, 8)
  return page
}

/** Writes a varint that ends before `end`; answers where it starts. */
function varint(page: Buffer, end: number, value: number): number {
  let at = end - 1
  page[at] = value % 128
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) page[--at] = (rest % 128) + 128
  return at
}

const writePage = (fd: number, page: Buffer, number: number): void => {
  writeSync(fd, page, 0, PAGE_BYTES, (number - 1) * PAGE_BYTES)
}

/**
 * Tells the header how many pages the file has now, and of a page that nobody uses. The change counter and the version
 * that wrote it stay those of SQLite's own last write, so that they agree.
 */
export function finishHeader(fd: number, pages: number, free: number | null): void {
  const header = Buffer.alloc(100)
  readSync(fd, header, 0, 100, 0)
  header.writeUInt32BE(pages, 28)
  if (free !== null) {
    header.writeUInt32BE(free, 32)
    header.writeUInt32BE(1, 36)
    writePage(fd, Buffer.alloc(PAGE_BYTES), free)
  }
  header.copy(header, 92, 24, 28)
  writeSync(fd, header, 0, 100, 0)
}
