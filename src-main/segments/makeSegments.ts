import type { Column } from '#contract/datasets'
import { AppError } from '#contract/appError'
import { buildSegments, type FieldColumn } from './buildSegments.ts'
import { codeColumns, slotsIn } from './codeColumns.ts'
import { openPages, type Leaves, type PageFile } from './rowPages.ts'
import { segmentsPath } from './segmentFile.ts'
import { writeSegmentFile, type SegmentFileWriter } from './segmentFileWriter.ts'

/** Columns of many values that are numbered in one reading of the pages. */
const AT_ONCE = 12
/**
 * Bytes for their values, of several columns together and of one that found no room among them and is numbered in a reading of its own: up to
 * 786,432 values. A column with more gets its codes when it is first counted.
 */
const ROOM = { together: 24 << 20, alone: 32 << 20 } as const
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
  const disk = { left: source.pages.bytes() * DISK_SHARE }
  const alone: FieldColumn[] = []
  for (let from = 0; from < many.length; from += AT_ONCE)
    alone.push(...codeInto(writer, source, many.slice(from, from + AT_ONCE), disk, steps))
  for (const column of alone) codeInto(writer, source, [column], disk, steps)
}

/** Numbers the values of columns into the file; answers those that found no room beside the others. */
function codeInto(
  writer: SegmentFileWriter,
  source: Opened,
  columns: readonly FieldColumn[],
  disk: { left: number },
  { goOn, letGo }: Steps,
): FieldColumn[] {
  const written = columns.map(() => 0)
  const tooLarge = new Set<number>()
  const put = (index: number, n: number, kind: 'many' | 'firsts' | 'counts', data: Uint8Array): void => {
    const column = columns[index]
    if (!column || tooLarge.has(index)) return
    disk.left -= data.length
    written[index] = (written[index] ?? 0) + data.length
    if (disk.left < 0) tooLarge.add(index)
    else writer.put(column.position, n, kind, data)
  }
  const left = codeColumns(
    source,
    columns.map(({ field }) => field),
    columns.length === 1 ? { room: ROOM.alone, slots: slotsIn(ROOM.alone) } : { room: ROOM.together },
    {
      stretch: (index, n, { segment }) => put(index, n, 'many', segment()),
      end(index, firsts, counts) {
        put(index, 0, 'firsts', bytesOf(firsts))
        put(index, 0, 'counts', bytesOf(counts))
      },
    },
    goOn,
  )
  letGo()
  if (left === 'damaged') throw new AppError('dataset-damaged', 'The rows of the dataset file cannot be read back.')
  const without = new Set([...(left ?? columns.keys()), ...tooLarge])
  for (const index of without) {
    const column = columns[index]
    if (column) for (const kind of ['many', 'firsts', 'counts'] as const) writer.drop(column.position, kind)
    disk.left += written[index] ?? 0
  }
  return left === null || columns.length === 1
    ? []
    : left.filter((index) => !tooLarge.has(index)).flatMap((index) => columns[index] ?? [])
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
