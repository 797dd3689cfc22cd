import type { Column } from '#contract/datasets'
import { AppError } from '#contract/appError'
import { buildSegments, type FieldColumn } from './buildSegments.ts'
import { codeColumns, tableOf } from './codeColumns.ts'
import { STRETCH } from './engine.ts'
import type { Sampled } from './numbering.ts'
import { openPages, type Leaves, type PageFile } from './rowPages.ts'
import { FORM, SEGMENT_HEAD, segmentsPath } from './segmentFile.ts'
import { writeSegmentFile, type SegmentFileWriter } from './segmentFileWriter.ts'
import { spreadCodes } from './spreadCodes.ts'

/** Columns of many values that are numbered in one reading of the pages. */
const AT_ONCE = 12
/**
 * Bytes for their values, and by how many of its texts a column is put in order: several columns together, and one that found no room
 * among them, in a reading and a table of its own for up to 786,432 values. What has more is spread (spreadCodes.ts).
 */
const TOGETHER = { room: 24 << 20, sampled: { texts: 2_048, keys: 1_024 } }
const ALONE = { ...tableOf(1 << 20), sampled: { texts: 16_384, keys: 8_192 } }
/** Codes of columns with many values take at most this share of the dataset file on disk; the first columns of the source get them. */
const DISK_SHARE = 1 / 4

export type DatasetToSegment = {
  path: string
  /** The page where the tree of the table `rows` begins. */
  root: number
  rows: number
  columns: readonly Column[]
  timeColumn: string | null
  stamp: Buffer
}

/** `goOn` may throw; `letGo` gives back the memory of a reading of the pages before the next one takes its own. */
export type Steps = { goOn(): void; letGo(): void }

/**
 * Makes the file of segments (segmentFile.ts) of a dataset file that is published, in constant memory. It takes the place of one that is
 * there when it is whole. Nothing is made where the dataset file is laid out in a way that is left to SQLite.
 * AppError 'dataset-damaged', and what `goOn` throws; nothing is left then.
 */
export function makeSegments(dataset: DatasetToSegment, steps: Steps): void {
  const pages = openPages(dataset.path)
  if (pages === null) return
  const lasting = segmentsPath(dataset.path)
  let writer: SegmentFileWriter | null = null
  try {
    writer = writeSegmentFile(temporaryPath(lasting), lasting)
    const leaves = pages.leaves(dataset.root)
    makeAll({ ...dataset, pages, leaves }, writer, steps)
    writer.finish(dataset.stamp)
  } finally {
    writer?.discard()
    pages.close()
  }
}

/** A name with a dot in front, as all files under way have; of two that are made at once the last one stays. */
const temporaryPath = (lasting: string): string => lasting.replace(/([^\\/]+)$/, `.$1`)

type Opened = DatasetToSegment & { pages: PageFile; leaves: Leaves }

function makeAll(source: Opened, writer: SegmentFileWriter, steps: Steps): void {
  const sink = {
    segment: writer.put.bind(writer),
    values: (column: number, data: Uint8Array) => writer.put(column, 0, 'values', data),
    drop: (column: number) => writer.drop(column, 'codes'),
  }
  const many = buildSegments(source, sink, steps.goOn)
  steps.letGo()
  const disk = manyWriter(writer, source.pages.bytes() * DISK_SHARE)
  const alone: FieldColumn[] = []
  for (let from = 0; from < many.length; from += AT_ONCE)
    alone.push(...codeWithin(source, many.slice(from, from + AT_ONCE), TOGETHER, disk, steps))
  for (const column of alone)
    for (const left of codeWithin(source, [column], ALONE, disk, steps))
      // Numbers are counted by the segments that they have.
      if (source.columns[left.position]?.type === 'text') codeSpread(source, left, disk, steps)
}

type Kind = 'many' | 'firsts' | 'counts' | 'ranks'
const KINDS_OF_MANY = ['many', 'firsts', 'counts', 'ranks'] as const

/** Writes codes of columns with many values as long as there is room on disk for them. */
function manyWriter(writer: SegmentFileWriter, room: number) {
  let left = room
  const written = new Map<number, number>()
  const tooLarge = new Set<number>()
  return {
    put({ position }: FieldColumn, n: number, kind: Kind, data: Uint8Array): void {
      if (tooLarge.has(position)) return
      left -= data.length
      written.set(position, (written.get(position) ?? 0) + data.length)
      if (left < 0) tooLarge.add(position)
      else writer.put(position, n, kind, data)
    },
    /** Takes back what is not whole; answers whether it found no room. */
    settle({ position }: FieldColumn, whole: boolean): boolean {
      if (whole && !tooLarge.has(position)) return false
      for (const kind of KINDS_OF_MANY) writer.drop(position, kind)
      left += written.get(position) ?? 0
      written.delete(position)
      return tooLarge.has(position)
    },
  }
}
type ManyWriter = ReturnType<typeof manyWriter>

/** Numbers the values of columns into the file; answers those that found no room in memory. */
function codeWithin(
  source: Opened,
  columns: readonly FieldColumn[],
  memory: { room: number; slots?: number; sampled: Sampled },
  disk: ManyWriter,
  { goOn, letGo }: Steps,
): FieldColumn[] {
  const put = (index: number, n: number, kind: Kind, data: Uint8Array): void => {
    const column = columns[index]
    if (column) disk.put(column, n, kind, data)
  }
  const fields = columns.map(({ field }) => field)
  const sink = {
    stretch: (index: number, n: number, { segment }: { segment(): Uint8Array }) => put(index, n, 'many', segment()),
    end(index: number, firsts: Uint32Array, counts: Uint32Array, ranks: Uint16Array | null) {
      put(index, 0, 'firsts', bytesOf(firsts))
      put(index, 0, 'counts', bytesOf(counts))
      if (ranks) put(index, 0, 'ranks', bytesOf(ranks))
    },
  }
  const left = codeColumns(source, fields, memory, sink, goOn)
  letGo()
  if (left === 'damaged') throw unreadable()
  const without = new Set(left ?? columns.keys())
  return columns.filter((column, index) => {
    const full = disk.settle(column, !without.has(index))
    return left !== null && without.has(index) && !full
  })
}

/** Numbers the values of a column of texts that are too many for a table. */
function codeSpread(source: Opened, column: FieldColumn, disk: ManyWriter, steps: Steps): void {
  const path = temporaryPath(segmentsPath(source.path)).replace(/segments$/, 'spread.segments')
  const out = new Uint8Array(SEGMENT_HEAD + STRETCH * 4)
  const made = spreadCodes(
    source,
    column.field,
    { path, sampled: ALONE.sampled },
    {
      stretch(n, codes) {
        out[0] = FORM.codes32
        out.set(bytesOf(codes), SEGMENT_HEAD)
        disk.put(column, n, 'many', out.subarray(0, SEGMENT_HEAD + codes.byteLength))
      },
      end(firsts, counts, ranks) {
        disk.put(column, 0, 'firsts', bytesOf(firsts))
        disk.put(column, 0, 'counts', bytesOf(counts))
        if (ranks) disk.put(column, 0, 'ranks', bytesOf(ranks))
      },
    },
    steps,
  )
  steps.letGo()
  if (made === 'damaged') throw unreadable()
  disk.settle(column, made === true)
}

const unreadable = (): AppError => new AppError('dataset-damaged', 'The rows of the dataset file cannot be read back.')

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array | Uint16Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
