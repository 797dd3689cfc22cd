import { AppError } from '#contract/appError'
import type { DatasetFiles } from '../sqlite/datasetFiles.ts'
import { sqliteFailure, type ReadDb } from '../sqlite/db.ts'
import { sharedHosts, type SharedHost } from '../sqlite/sharedHosts.ts'
import { FileFault, sharedIocs, type SharedIocs } from '../sqlite/sharedIocs.ts'

/** A dataset to compare; `group`: which hunt (or dataset) it counts for. */
export type Compared = { id: string; group: number }
export type SharedThings = {
  /** The datasets that could be read; places in `iocs` and `hosts` are places here. */
  datasets: Compared[]
  iocs: SharedIocs
  /** Places in `iocs`, most occurrences first. */
  order: Uint32Array
  hosts: SharedHost[]
  skipped: { datasetId: string; reason: string }[]
}

/** The last answers of this thread: pages of one, and the same with other noise hidden, need no second look at the files. */
const KEPT_MAX = 2
const kept = new Map<string, SharedThings>()

/** Indicators and hosts that two or more groups have. Datasets that cannot be read are named. AppError 'cancelled', 'too-large'. */
export function sharedThings(files: DatasetFiles, datasets: readonly Compared[], goOn: () => void): SharedThings {
  const key = JSON.stringify([files.closings(), datasets.map(({ id, group }) => [id, group])])
  const known = kept.get(key)
  if (known) return known
  const made = compare(files, datasets, goOn)
  kept.set(key, made)
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_MAX) break
    kept.delete(oldest)
  }
  return made
}

function compare(files: DatasetFiles, datasets: readonly Compared[], goOn: () => void): SharedThings {
  const skipped: SharedThings['skipped'] = []
  let asked = [...datasets]
  for (;;) {
    const open: { db: ReadDb; group: number }[] = []
    let failed = 0
    try {
      for (const [n, { id, group }] of asked.entries()) {
        failed = n
        open.push({ db: files.openApart(id), group })
      }
      const iocs = sharedIocs(open, goOn)
      const hosts = sharedHosts(open, goOn)
      return { datasets: asked, iocs, order: byCount(iocs.counts), hosts, skipped }
    } catch (error) {
      const fault = error instanceof FileFault ? error : null
      const cause = fault ? fault.cause : error
      const known = cause instanceof AppError ? cause : sqliteFailure(cause, 'dataset')
      if (known?.code !== 'dataset-damaged') throw cause
      const gone = asked[fault ? fault.file : failed]
      if (!gone) throw cause
      skipped.push({ datasetId: gone.id, reason: known.message })
      asked = asked.filter((one) => one !== gone)
    } finally {
      for (const { db } of open) db.close()
    }
  }
}

/** Equal counts keep the order of type and value. */
const byCount = (counts: readonly number[]): Uint32Array =>
  Uint32Array.from(counts.keys()).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b)
