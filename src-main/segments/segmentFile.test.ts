import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { KINDS } from './segmentFile.ts'
import { openSegmentFile, UnsoundSegments } from './segmentFileReader.ts'
import { writeSegmentFile } from './segmentFileWriter.ts'
import { stampOf } from './stamp.ts'

const folder = mkdtempSync(join(tmpdir(), 'huntbench-segment-file-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const path = join(folder, 'a.segments')
const stamp = Buffer.alloc(32, 7)
const pieces = KINDS.flatMap((kind, column) =>
  [0, 1, 2].map((n) => ({ column, n, kind, data: Buffer.from(`${kind} of stretch ${n}`) })),
)

function write(): Buffer {
  const writer = writeSegmentFile(join(folder, '.a.segments'), path)
  for (const { column, n, kind, data } of pieces) writer.put(column, n, kind, Buffer.alloc(data.length))
  // Pieces that are put once more stand where they were.
  for (const { column, n, kind, data } of pieces) writer.put(column, n, kind, data)
  writer.put(9, 0, 'codes', Buffer.from('taken back'))
  writer.drop(9, 'codes')
  writer.finish(stamp)
  return readFileSync(path)
}

/** What can be read of the file; null where it is not believed. */
function read(): (string | null)[] | null {
  const file = openSegmentFile(path, stamp, 'd')
  if (!file) return null
  try {
    return pieces.map(({ column, n, kind }) => {
      try {
        return file.read(column, n, kind).toString()
      } catch (error) {
        expect(error).toBeInstanceOf(UnsoundSegments)
        return null
      }
    })
  } finally {
    file.close()
  }
}

it('what is written is read; what was taken back is not there, nor what belongs to another dataset file', () => {
  write()
  expect(read()).toEqual(pieces.map(({ data }) => data.toString()))
  const file = openSegmentFile(path, stamp, 'd')
  expect([file?.stretches(0, 'codes'), file?.stretches(9, 'codes'), file?.has(0, 3, 'codes')]).toEqual([3, 0, false])
  file?.close()
  expect(openSegmentFile(path, Buffer.alloc(32, 8), 'd')).toBeNull()
  expect(openSegmentFile(join(folder, 'none'), stamp, 'd')).toBeNull()
})

it('whatever happens to the file, a piece is what was written or not read at all', () => {
  const sound = write()
  const texts = new Set<string | null>([null, ...pieces.map(({ data }) => data.toString())])
  let doubted = 0
  fc.assert(
    fc.property(
      fc.oneof(
        fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
          const bytes = Buffer.from(sound)
          bytes[at] = (bytes[at] ?? 0) ^ bits
          return bytes
        }),
        fc.nat(sound.length).map((length) => sound.subarray(0, length)),
        fc
          .tuple(fc.nat(sound.length), fc.uint8Array({ maxLength: 40 }))
          .map(([at, bytes]) => Buffer.concat([sound.subarray(0, at), bytes, sound.subarray(at)])),
        fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      ),
      (bytes) => {
        writeFileSync(path, bytes)
        const found = read()
        if (found === null || found.includes(null)) doubted++
        for (const [index, text] of found?.entries() ?? []) {
          expect(texts).toContain(text)
          if (text !== null) expect(text).toBe(pieces[index]?.data.toString())
        }
      },
    ),
    { numRuns: 150 },
  )
  expect(doubted).toBeGreaterThan(100)
})

it('a stamp tells files apart by what they say, their size and their pages', () => {
  const file = join(folder, 'd.db')
  const bytes = Buffer.alloc(100_000, 1)
  writeFileSync(file, bytes)
  const first = stampOf(file, 'meta').toString('hex')
  expect(stampOf(file, 'meta').toString('hex')).toBe(first)
  expect(stampOf(file, 'other').toString('hex')).not.toBe(first)
  // The count of changes that SQLite keeps on the first page.
  bytes[27] = 9
  writeFileSync(file, bytes)
  expect(stampOf(file, 'meta').toString('hex')).not.toBe(first)
  writeFileSync(file, Buffer.alloc(100_001, 1))
  expect(stampOf(file, 'meta').toString('hex')).not.toBe(first)
})
