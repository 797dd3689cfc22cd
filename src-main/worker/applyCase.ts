import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { CaseFileMerge } from '#contract/caseFiles'
import type { MergeChoice } from '#contract/values'
import type { Contents } from '../sharing/contents.ts'
import type { ReadDb, WriteDb } from '../sqlite/db.ts'
import { renumberRows } from '../sqlite/growExcerpt.ts'
import { replicaOf, rowCount } from '../sqlite/queries/sharedRecords.read.ts'
import {
  keepBuilt,
  leaveDeleted,
  localRows,
  recordWriter,
  setAwaiting,
  type BuiltDataset,
  type RecordWriter,
} from '../sqlite/queries/sharedRecords.write.ts'
import { marksChanged, set as setTags } from '../sqlite/queries/rowTags.write.ts'
import { excerptNumbers, rowNumbersOf, wholeNumbers, type RowNumbers } from '../sqlite/rowNumbers.ts'
import { rowsOf } from '../sqlite/rowSet.ts'
import { readStaged } from '../sqlite/stagedCase.ts'
import type { ReadContext, WriteContext } from './contexts.ts'
import { planCase, type Plan } from './planCase.ts'

export type MergeRequest = {
  /** The file with the checked records. */
  staged: string
  contents: Contents
  decisions: Readonly<Record<string, MergeChoice>>
  /** Conflicts and left out records that are told. */
  listed: number
  now: number
}

const stampOf = (db: ReadDb, now: number) => ({ at: now, by: replicaOf(db) })

/** What a merge would do; the workspace is only read. */
export function previewMerge({ db }: ReadContext, request: MergeRequest): Plan {
  const staged = readStaged(request.staged)
  try {
    const { contents, decisions, listed, now } = request
    return planCase(db, staged, contents, decisions, stampOf(db, now), listed, {
      record: () => undefined,
      tags: () => undefined,
      leave: () => undefined,
    })
  } finally {
    staged.close()
  }
}

/** A dataset file that was built; `awaiting` names the file that takes the place of the present one once this is done. */
export type Built = BuiltDataset & { awaiting: string | null }

/**
 * Merges checked records into the workspace, all or nothing. AppError 'conflict' where the workspace has changed since it was
 * looked at what is needed.
 */
export function applyMerge({ db }: WriteContext, request: MergeRequest, built: readonly Built[]): CaseFileMerge {
  const staged = readStaged(request.staged)
  try {
    return db.transaction(() => {
      for (const dataset of built) if (dataset.awaiting !== null) grow(db, dataset, request.now)
      return merge(db, request, staged, new Map(built.map((dataset) => [dataset.id, dataset])))
    })()
  } finally {
    staged.close()
  }
}

/** What is said about rows of an excerpt follows them to their new numbers. */
function grow(db: WriteDb, dataset: Built, now: number): void {
  const before = rowNumbersOf(db, dataset.id)
  const after = dataset.excerpt ? excerptNumbers(dataset.excerpt) : wholeNumbers(dataset.of)
  renumberRows(db, dataset.id, before, after)
  keepBuilt(db, dataset, null, now)
  setAwaiting(db, dataset.id, dataset.awaiting)
  marksChanged(db, dataset.id)
}

function merge(
  db: WriteDb,
  { contents, decisions, listed, now }: MergeRequest,
  staged: ReturnType<typeof readStaged>,
  built: ReadonlyMap<string, Built>,
): CaseFileMerge {
  const known = new Map<string, RowNumbers>()
  const numbers = (id: string): RowNumbers => {
    const numbering = known.get(id) ?? rowNumbersOf(db, id)
    known.set(id, numbering)
    return numbering
  }
  const rowsIn = (id: string): number => rowCount(db, id)
  const rowsHere = (id: string, runs: readonly (readonly [number, number])[]) =>
    localRows(numbers(id), rowsIn(id), runs)
  const writers = new Map<string, RecordWriter>()
  const marked = new Set<string>()
  const plan = planCase(db, staged, contents, decisions, stampOf(db, now), listed, {
    record({ kind, outcome, record }) {
      if (outcome === 'same') return
      if (kind.noun === 'datasets' && outcome === 'new') {
        const dataset = built.get(record.id)
        if (!dataset)
          throw new AppError(
            'conflict',
            'The workspace was changed while the case file was read. Nothing was merged; import it again.',
          )
        keepBuilt(db, dataset, record.values, now)
      }
      let write = writers.get(kind.noun)
      if (!write) writers.set(kind.noun, (write = recordWriter(db, kind, numbers, rowsHere)))
      write(record, outcome === 'new')
      if (kind.noun === 'annotations') marked.add(String(record.values['dataset_id']))
    },
    tags({ datasetId, tag, rows }) {
      const here = localRows(
        numbers(datasetId),
        rowsIn(datasetId),
        [...rowsOf(rows)].map((row) => [row, row] as const),
      )
      if (here.size > 0) setTags(db, { id: randomUUID(), datasetId, tag, rows: here }, now)
    },
    leave: ({ kind, id }) => leaveDeleted(db, kind, id, now),
  })
  for (const id of marked) marksChanged(db, id)
  const rows = [...built.values()].reduce((sum, { result }) => sum + result.rows, 0)
  return { applied: true, ...plan.merge, rows }
}

/** The file that was to take the place of a dataset's has done so. */
export function arrived({ db }: WriteContext, id: string): void {
  setAwaiting(db, id, null)
}
