import { AppError } from '#contract/appError'
import type { Store } from '../worker/pool.ts'
import type { ScanTarget } from './runScan.ts'

/** The datasets that a scan is about, and what they are called together. AppError 'not-found', and 'unavailable' for one that is not imported. */
export async function scanTargets(
  store: Store,
  { huntId, datasetIds }: { huntId: string | undefined; datasetIds: string[] | undefined },
): Promise<{ title: string; targets: ScanTarget[] }> {
  const hunt = huntId === undefined ? null : await store.read().hunts.get(huntId)
  if (huntId !== undefined && !hunt)
    throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { id: huntId })
  const ids = datasetIds ?? (await store.read().datasets.readyOf(huntId ?? '')).map(({ id }) => id)
  const targets: (ScanTarget & { name: string })[] = []
  for (const id of new Set(ids)) {
    const dataset = await store.read().datasets.get(id)
    if (!dataset) throw new AppError('not-found', 'There is no such dataset. It may have been deleted.', { id })
    if (dataset.state !== 'ready') throw new AppError('unavailable', `${dataset.name} is not imported.`, { id })
    targets.push({ id, huntId: dataset.huntId, rows: dataset.rows, name: dataset.name })
  }
  const only = targets.length === 1 ? targets[0]?.name : undefined
  return { title: hunt?.name ?? only ?? `${targets.length} datasets`, targets }
}
