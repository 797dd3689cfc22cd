import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { DATASET_FORMAT } from '../importer/datasetFile.ts'
import type { ImportMeta } from '../importer/importMeta.ts'
import { segmentsPath } from '../segments/segmentFile.ts'
import { stampOf } from '../segments/stamp.ts'
import { openReadable, sqliteFailure, type ReadDb } from './db.ts'
import { countDistinctIocs } from './distinctIocs.ts'
import { addKeepGoing } from './keepGoing.ts'
import { createViewCache, type Views } from './viewCache.ts'
import { addPredicateFunctions } from './predicateFunctions.ts'
import type { RowMarks } from './rowMarks.ts'
import { holdsNul } from './holdsNul.ts'
import type { Predicate } from '../predicate/predicate.ts'
import { openSegments, type DatasetSegments } from './segments/datasetSegments.ts'
import type { Matches } from './segments/matches.ts'
import { createMatchesCache } from './segments/matchesOf.ts'
import { createSegmentCache, type SegmentCache } from './segments/segmentCache.ts'

/** Open dataset files of one thread; more are closed, least recently used first. */
const OPEN_MAX = 24
/** Bytes of sorted or filtered views kept per thread (4 a row); older ones are built again when asked for. */
const VIEW_BYTES_MAX = 128 * 1024 * 1024

/** KiB of a connection that goes through a summary once: many are open at a time. */
const APART_CACHE_KIB = 256
/** Counts over sets of datasets that a thread keeps. */
const COUNTS_MAX = 100

/** An open dataset file with what every question needs. */
export type DatasetHandle = {
  id: string
  path: string
  db: ReadDb
  columns: readonly Column[]
  timeColumn: string | null
  /** Seconds of a stretch in the table `timeline`. */
  timelineSeconds: number
  rows: number
  /** Cell texts that mean empty, such as Zeek's -. */
  unsetMarks: readonly string[]
  /** What the import found out about the source. */
  meta: ImportMeta
  views: Views
  /** Reads what analysts said about its rows; conditions on them take what was read last. AppError 'unavailable' in a thread without a workspace. */
  marks(): RowMarks
  /** Segments and pages for compiled code; null where the file is laid out in a way that is left to SQLite. */
  segments(): DatasetSegments | null
  /** The rows a filter finds, kept; null as `segments`. AppError as compileSegments. */
  matches(predicate: Predicate): Matches | null
  /** Whether some cell holds a NUL character; looked up once. AppError 'cancelled'. */
  holdsNul(): boolean
  /** What binds segments to the file as it is now (segments/stamp.ts). */
  stamp(): Buffer
  /** For loops over many rows: AppError 'cancelled' once the call was cancelled. */
  goOn(): void
}

export type DatasetFiles = {
  /** AppError 'dataset-damaged' when the file is missing or not ours. */
  open(id: string): DatasetHandle
  /** A connection of its own to the summaries of a dataset, to be closed by the caller. AppError 'dataset-damaged'. */
  openApart(id: string): ReadDb
  /** Closes a file so that it can be deleted; nothing when it is not open. */
  close(id: string): void
  /** Looks again for the segments of a dataset: others were made. What was counted and sorted stays. */
  renewSegments(id: string): void
  /** Removes segments that are not what was written; the dataset is asked without them. */
  distrustSegments(id: string): void
  closeAll(): void
  /** How often a file was closed because another may come in its place: what was read before may be of no more use. */
  closings(): number
  /** Distinct indicators over datasets; kept until one of them is closed. AppError 'cancelled', 'dataset-damaged'. */
  distinctIocs(ids: readonly string[]): number
}

type Opened = DatasetHandle & { closeSegments(): void }

export const datasetPath = (folder: string, id: string): string => join(folder, `${id}.db`)

/** The dataset files of one thread. `cancelled` is asked by long scans through keep_going(). */
export function createDatasetFiles(
  folder: string,
  cancelled: () => boolean,
  marksOf: (id: string) => RowMarks = noMarks,
  /** Told of a dataset without segments, or with some that are not to be believed. */
  missing: (id: string) => void = () => undefined,
): DatasetFiles {
  const handles = new Map<string, Opened>()
  const views = createViewCache(VIEW_BYTES_MAX)
  const matches = createMatchesCache()
  let cache: SegmentCache | null = null
  const segmentCache = (): SegmentCache => (cache ??= createSegmentCache())
  /** Counts of distinct indicators by the datasets they were counted over. */
  const counts = new Map<string, number>()
  let closings = 0

  function shut(id: string): void {
    handles.get(id)?.closeSegments()
    handles.get(id)?.db.close()
    handles.delete(id)
    // What is half looked at would go on in the closed file.
    matches.forget(id)
  }

  function renewSegments(id: string): void {
    handles.get(id)?.closeSegments()
    // What is half looked at would go on in what was closed.
    matches.forget(id)
  }

  function open(id: string): DatasetHandle {
    const known = handles.get(id)
    if (known) {
      handles.delete(id)
      handles.set(id, known)
      return known
    }
    const opened = openDataset(folder, id, cancelled, marksOf)
    // Undefined until somebody asks: most handles are opened for a page or two.
    let segments: DatasetSegments | null | undefined
    const handle: Opened = {
      ...opened,
      views: views.of(id),
      segments() {
        if (segments !== undefined) return segments
        segments = openSegments(opened.db, opened, segmentCache)
        if (segments && !segments.prepared) missing(id)
        return segments
      },
      matches(predicate) {
        const known = handle.segments()
        return known && matches.of(known, handle, predicate)
      },
      closeSegments() {
        segments?.close()
        segments = undefined
      },
    }
    handles.set(id, handle)
    for (const oldest of handles.keys()) {
      if (handles.size <= OPEN_MAX) break
      // Its views stay: the same file is opened again.
      shut(oldest)
    }
    return handle
  }

  return {
    open,
    openApart(id) {
      const path = existing(folder, id)
      try {
        const db = openReadable(path)
        db.pragma(`cache_size = -${APART_CACHE_KIB}`)
        addKeepGoing(db, cancelled)
        return db
      } catch (error) {
        throw sqliteFailure(error, 'dataset') ?? error
      }
    },
    closings: () => closings,
    close(id) {
      closings += 1
      shut(id)
      // Another file may stand under this id next time.
      views.forget(id)
      for (const key of [...counts.keys()]) if (key.split(' ').includes(id)) counts.delete(key)
    },
    renewSegments,
    distrustSegments(id) {
      rmSync(segmentsPath(datasetPath(folder, id)), { force: true })
      renewSegments(id)
    },
    closeAll() {
      for (const id of [...handles.keys()]) shut(id)
    },
    distinctIocs(ids) {
      const key = ids.toSorted().join(' ')
      const known = counts.get(key)
      if (known !== undefined) return known
      // Opening says what is wrong with a file.
      for (const id of ids) open(id)
      const paths = ids.map((id) => datasetPath(folder, id))
      const count = countDistinctIocs(paths, cancelled)
      if (counts.size >= COUNTS_MAX) counts.clear()
      counts.set(key, count)
      return count
    },
  }
}

function noMarks(): never {
  throw new AppError('unavailable', 'Tags and annotations are known to the search of rows only.')
}

function existing(folder: string, id: string): string {
  const path = datasetPath(folder, id)
  if (existsSync(path)) return path
  throw new AppError(
    'dataset-damaged',
    'The file of this dataset is missing. Other datasets are not affected; import the source again.',
    { id },
  )
}

function openDataset(
  folder: string,
  id: string,
  cancelled: () => boolean,
  marksOf: (id: string) => RowMarks,
): Omit<DatasetHandle, 'views' | 'segments' | 'matches'> {
  const path = existing(folder, id)
  try {
    const db = openReadable(path)
    const goOn = addKeepGoing(db, cancelled)
    // Statements ask for every row: they take the marks that were read for the question.
    let last: RowMarks | null = null
    const marks = (): RowMarks => (last = marksOf(id))
    addPredicateFunctions(db, goOn, () => last ?? marks())
    const meta = new Map(
      db
        .prepare<[], { key: string; value: string }>('SELECT key, value FROM meta')
        .all()
        .map((row) => [row.key, row.value]),
    )
    const read = <T>(key: string, otherwise: T): T => {
      const text = meta.get(key)
      return text === undefined ? otherwise : JSON.parse(text)
    }
    if (read<number>('format', 0) !== DATASET_FORMAT) {
      throw new AppError(
        'dataset-damaged',
        'The file of this dataset has a format that this Huntbench does not read.',
        { id },
      )
    }
    // Files of before derived columns do not say so.
    const columns = read<Column[]>('columns', []).map((column) => ({
      ...column,
      derivedFrom: column.derivedFrom ?? null,
    }))
    let nul: boolean | null = null
    return {
      id,
      path,
      db,
      columns,
      stamp: () => stampOf(path, JSON.stringify([...meta].toSorted(([a], [b]) => (a < b ? -1 : 1)))),
      holdsNul: () => (nul ??= holdsNul(db, columns)),
      goOn,
      marks,
      timeColumn: read<string | null>('timeColumn', null),
      timelineSeconds: read('timelineSeconds', 60),
      rows: read('rows', 0),
      unsetMarks: read<string[]>('unsetMarks', []),
      meta: {
        size: read('size', 0),
        sha256: read('sha256', ''),
        encoding: read('encoding', 'utf-8'),
        delimiter: read('delimiter', ','),
        quote: read('quote', '"'),
        header: read<boolean>('header', true),
        headerLine: read<number | null>('headerLine', null),
        warnings: read<string[]>('warnings', []),
        profile: read<string | null>('profile', null),
        unsetMarks: read<string[]>('unsetMarks', []),
        saidTypes: read<ImportMeta['saidTypes']>('saidTypes', []),
        least: read<number | null>('least', null),
        escape: read<'quote' | 'backslash'>('escape', 'quote'),
      },
    }
  } catch (error) {
    throw sqliteFailure(error, 'dataset') ?? error
  }
}
