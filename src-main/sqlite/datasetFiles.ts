import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { DATASET_FORMAT } from '../importer/datasetFile.ts'
import type { ImportMeta } from '../importer/importMeta.ts'
import { openReadable, sqliteFailure, type ReadDb } from './db.ts'
import { addKeepGoing } from './keepGoing.ts'
import { addPredicateFunctions } from './predicateFunctions.ts'

/** Open dataset files of one thread; more are closed, least recently used first. */
const OPEN_MAX = 24
/** Sorted or filtered views kept per thread (4 bytes a row each); older ones are built again when asked for. */
const VIEWS_MAX = 12

/** An open dataset file with what every question needs. */
export type DatasetHandle = {
  id: string
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
  /** Row numbers of sorted or filtered views, by question. */
  views: Map<string, Uint32Array>
}

export type DatasetFiles = {
  /** AppError 'dataset-damaged' when the file is missing or not ours. */
  open(id: string): DatasetHandle
  /** Closes a file so that it can be deleted; nothing when it is not open. */
  close(id: string): void
  closeAll(): void
}

export const datasetPath = (folder: string, id: string): string => join(folder, `${id}.db`)

/** The dataset files of one thread. `cancelled` is asked by long scans through keep_going(). */
export function createDatasetFiles(folder: string, cancelled: () => boolean): DatasetFiles {
  const handles = new Map<string, DatasetHandle>()

  function close(id: string): void {
    handles.get(id)?.db.close()
    handles.delete(id)
  }

  return {
    open(id) {
      const known = handles.get(id)
      if (known) {
        handles.delete(id)
        handles.set(id, known)
        return known
      }
      const handle = openDataset(folder, id, cancelled)
      handles.set(id, handle)
      for (const oldest of handles.keys()) {
        if (handles.size <= OPEN_MAX) break
        close(oldest)
      }
      return handle
    },
    close,
    closeAll() {
      for (const id of [...handles.keys()]) close(id)
    },
  }
}

function openDataset(folder: string, id: string, cancelled: () => boolean): DatasetHandle {
  const path = datasetPath(folder, id)
  if (!existsSync(path)) {
    throw new AppError(
      'dataset-damaged',
      'The file of this dataset is missing. Other datasets are not affected; import the source again.',
      { id },
    )
  }
  try {
    const db = openReadable(path)
    addKeepGoing(db, cancelled)
    addPredicateFunctions(db)
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
    return {
      id,
      db,
      // Files of before derived columns do not say so.
      columns: read<Column[]>('columns', []).map((column) => ({ ...column, derivedFrom: column.derivedFrom ?? null })),
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
        least: read<number | null>('least', null),
        escape: read<'quote' | 'backslash'>('escape', 'quote'),
      },
      views: new Map(),
    }
  } catch (error) {
    throw sqliteFailure(error, 'dataset') ?? error
  }
}

/** Keeps a view and drops the least recently used ones of this dataset. */
export function rememberView(handle: DatasetHandle, key: string, view: Uint32Array): Uint32Array {
  handle.views.delete(key)
  handle.views.set(key, view)
  for (const oldest of handle.views.keys()) {
    if (handle.views.size <= VIEWS_MAX) break
    handle.views.delete(oldest)
  }
  return view
}
