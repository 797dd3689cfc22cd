import type { IocType } from '#contract/values'
import type { IocEntry } from '../iocCollector.ts'
import { kinds } from './decideTexts.ts'
import { instantiate, onlyImports } from './fastModule.ts'
import { LOCK_PAGE, PAGE_BYTES, type WorkerMemory } from './fastPlan.ts'
import { writePages } from './writePages.ts'

export type IocMerge = {
  module: WebAssembly.Module
  memory: WebAssembly.Memory
  /** Buffers of the workers whose indicators are to be merged, those of the first are written over; and where their sorted lists lie. */
  workers: readonly WorkerMemory[]
  sorted: readonly number[]
  /** Descriptor of the dataset file, root page of iocs, first page that is free (lock-byte page not counted). */
  target: number
  root: number
  page: number
  /** Called between pages; may throw. */
  goOn(): void
}

export type MergedIocs = {
  nextPage: number
  counts: { type: IocType; count: number }[]
  /** Indicators too long for a page of the index: SQLite has to add them. */
  late: IocEntry[]
}

const PAGES_AT_ONCE = 64
/** Indicators merged between two looks at whether to go on. */
const STEP = 4096

/** Writes the table of indicators, in the order of its key, from what the workers found; equal ones become one line. */
export function writeIocs({ module, memory, workers, sorted, target, root, page, goOn }: IocMerge): MergedIocs {
  const first = workers[0]
  if (!first) return { nextPage: page, counts: [], late: [] }
  const bytes = new Uint8Array(memory.buffer)
  const buffer = Buffer.from(memory.buffer)
  const text = (at: number, length: number): string => buffer.toString('utf8', at >>> 0, (at >>> 0) + length)
  const late: IocEntry[] = []
  const { call } = instantiate(
    module,
    memory,
    first.stackTop,
    onlyImports({
      pages(at, base, count) {
        goOn()
        writePages(target, bytes, at >>> 0, base, count)
      },
      late(kind, at, length, columns, columnsLength, count, from, to) {
        late.push({
          type: kinds[kind] ?? 'url',
          value: text(at, length),
          count,
          first: Number.isNaN(from) ? null : from,
          last: Number.isNaN(to) ? null : to,
          columns: text(columns, columnsLength).slice(1, -1).split(',').map(Number),
        })
      },
    }),
  )
  // Pages, records and keys of the first worker are done with: they give the room for levels, pages and the state.
  const merge =
    call('merge_begin', first.records, PAGE_BYTES, first.body, first.pages, PAGES_AT_ONCE, page, LOCK_PAGE) >>> 0
  workers.forEach((at, worker) => call('merge_from', merge, worker, sorted[worker] ?? at.cells, at.scratch))
  while (call('merge_some', merge, workers.length, STEP) !== 0) goOn()
  const nextPage = call('merge_end', merge) >>> 0
  writePages(target, bytes, call('merge_root', merge) >>> 0, root, 1)
  const counts = kinds.map((type, kind) => ({ type, count: call('merge_count', merge, kind) }))
  return { nextPage, counts, late }
}
