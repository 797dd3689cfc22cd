import { AppError } from '#contract/appError'
import type { Dataset } from '#contract/datasets'
import type { Store } from '../worker/pool.ts'

type LastChange = Awaited<ReturnType<ReturnType<Store['read']>['readings']['lastChange']>>

/** What datasets.undo takes back now. A repair only while the dataset file keeps what its rows were: files of case files do not. */
export async function nextToTakeBack(store: Store, dataset: Dataset): Promise<LastChange> {
  if (dataset.state !== 'ready') return null
  const { id } = dataset
  return store.read().readings.lastChange(id, await store.read({ key: id }).rows.lastRepair(id))
}

/** AppError 'conflict' while something names rows that would leave with a repair. */
export async function refuseWhileCited(store: Store, { id, name, rows }: Dataset, leaving: number): Promise<void> {
  if (leaving === 0) return
  const citing = await store.read().readings.citingBehind(id, rows - leaving)
  if (citing.length === 0) return
  const message = `Rows of this repair of ${name} are named by ${citing.join(', ')}. Take that away first, then take the repair back.`
  throw new AppError('conflict', message, { id })
}
