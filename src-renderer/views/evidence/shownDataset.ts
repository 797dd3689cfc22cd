import type { Output } from '#contract/contract'
import type { Dataset } from '#contract/datasets'

type Copy = Output<'copies.get'>

/** What the rows are shown of: a dataset here, or what a copy of it on a server was made of. */
export type ShownDataset = Pick<
  Dataset,
  'id' | 'huntId' | 'name' | 'rows' | 'excerptOf' | 'timeColumn' | 'skewSeconds' | 'quarantined'
> &
  Pick<Dataset, 'firstTime' | 'lastTime'> & { columnList: Output<'datasets.get'>['columnList'] }

/** A copy that is not (any more) as the dataset here: its own columns and rows. */
export const datasetOfCopy = ({
  datasetId,
  huntId,
  datasetName,
  rows,
  columnList,
  timeColumn,
}: Copy): ShownDataset => ({
  ...{ id: datasetId, huntId, name: datasetName, rows, columnList, timeColumn },
  ...{ excerptOf: null, skewSeconds: 0, quarantined: 0, firstTime: null, lastTime: null },
})

/** Why tags, notes and the source say nothing about the rows of a copy; null where they do. */
export function asideOf(copy: Pick<Copy, 'gone' | 'stale'> | null): string | null {
  if (copy?.gone) return 'The dataset was deleted here: rows of its copy can be read and exported'
  return copy?.stale ? 'The dataset was read otherwise since: rows of this copy are not those that tags stand on' : null
}
