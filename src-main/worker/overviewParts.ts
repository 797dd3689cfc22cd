import type { DatasetFiles } from '../sqlite/datasetFiles.ts'
import { summary } from '../sqlite/queries/rows.read.ts'
import { stretch } from '../predicate/timeStretch.ts'

/** Hosts shown in an overview. */
const HOSTS_SHOWN = 12

export type OverviewParts = {
  /** `datasetId`: the dataset with most of the host's rows. */
  hosts: { host: string; rows: number; datasetId: string }[]
  hostTotal: number
  iocTotal: number
  /** Microseconds; null when no row has a time. */
  from: number | null
  to: number | null
  bucketSeconds: number | null
  buckets: { start: number; rows: number }[]
}

/** Adds up what the dataset files of a hunt keep about themselves: no scan of rows. AppError 'cancelled', 'dataset-damaged'. */
export function overviewParts(datasets: DatasetFiles, ids: readonly string[], most: number): OverviewParts {
  const hosts = new Map<string, { rows: number; most: number; datasetId: string }>()
  const stretches: { start: number; rows: number; seconds: number }[] = []
  for (const id of ids) {
    const handle = datasets.open(id)
    const part = summary(handle)
    for (const { host, rows } of part.hosts) {
      const known = hosts.get(host) ?? { rows: 0, most: 0, datasetId: id }
      const best = rows > known.most ? { most: rows, datasetId: id } : known
      hosts.set(host, { ...best, rows: known.rows + rows })
    }
    for (const item of part.timeline) stretches.push({ ...item, seconds: part.timelineSeconds })
  }
  return {
    hosts: [...hosts]
      .map(([host, { rows, datasetId }]) => ({ host, rows, datasetId }))
      .sort((a, b) => b.rows - a.rows || (a.host < b.host ? -1 : 1))
      .slice(0, HOSTS_SHOWN),
    hostTotal: hosts.size,
    iocTotal: datasets.distinctIocs(ids),
    ...bucketed(stretches, most),
  }
}

function bucketed(
  stretches: readonly { start: number; rows: number; seconds: number }[],
  most: number,
): Pick<OverviewParts, 'from' | 'to' | 'bucketSeconds' | 'buckets'> {
  let first = Infinity
  let end = -Infinity
  let coarsest = 1
  for (const item of stretches) {
    first = Math.min(first, item.start)
    end = Math.max(end, item.start + item.seconds * 1e6)
    coarsest = Math.max(coarsest, item.seconds)
  }
  if (first === Infinity) return { from: null, to: null, bucketSeconds: null, buckets: [] }
  const seconds = Math.max(coarsest, stretch((end - first) / 1e6, most))
  const size = seconds * 1e6
  const counts = new Map<number, number>()
  for (const item of stretches) {
    const start = Math.floor(item.start / size) * size
    counts.set(start, (counts.get(start) ?? 0) + item.rows)
  }
  const from = Math.floor(first / size) * size
  return {
    from,
    to: from + size * Math.ceil((end - from) / size),
    bucketSeconds: seconds,
    buckets: [...counts].map(([start, rows]) => ({ start, rows })).sort((a, b) => a.start - b.start),
  }
}
