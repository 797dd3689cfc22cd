import { AppError } from '#contract/appError'
import type { Dataset } from '#contract/datasets'
import type { Store } from '../worker/pool.ts'

const PAGE = 500

/**
 * The datasets that a question about a rule is about, in the order of import: one, those of a hunt, or all. AppError
 * 'not-found', and 'unavailable' for a dataset that is not imported.
 */
export async function ruleTargets(
  store: Store,
  { datasetId, huntId }: { datasetId?: string | undefined; huntId?: string | null | undefined },
): Promise<Dataset[]> {
  if (datasetId !== undefined) {
    const dataset = await store.read().datasets.get(datasetId)
    if (!dataset)
      throw new AppError('not-found', 'There is no such dataset. It may have been deleted.', { id: datasetId })
    if (dataset.state !== 'ready')
      throw new AppError('unavailable', `${dataset.name} is not imported.`, { id: datasetId })
    return [dataset]
  }
  if (huntId && !(await store.read().hunts.get(huntId)))
    throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { id: huntId })
  const all: Dataset[] = []
  for (;;) {
    const where = huntId ? { huntId } : {}
    const page = await store.read().datasets.list({ ...where, state: 'ready', limit: PAGE, offset: all.length })
    all.push(...page.datasets)
    if (page.datasets.length === 0 || all.length >= page.total) return all
  }
}
