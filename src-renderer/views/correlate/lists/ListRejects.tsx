import { useEffect, useMemo } from 'react'
import type { IntelReject } from '#contract/intel'
import { useBackend } from '../../../backend/BackendContext.ts'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCall } from '../../../backend/query.ts'
import { Grid } from '../../../grid/Grid.tsx'
import type { GridColumn } from '../../../grid/gridColumn.ts'
import { pagedRows } from '../../../grid/pagedRows.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'

const columns: GridColumn<IntelReject>[] = [
  { id: 'line', title: 'Line', width: 80, align: 'right', pinned: true, render: ({ line }) => formatCount(line) },
  { id: 'reason', title: 'Reason', width: 380, render: ({ reason }) => reason },
  { id: 'text', title: 'Text', width: 420, mono: true, render: ({ text }) => text },
]

/** Lines of a list that could not be used, with the reason of each. */
export function ListRejects({ id, rejected }: { id: string; rejected: number }) {
  const backend = useBackend()
  const { data: first, error } = useCall('intel.rejects', { id, limit: 1 })
  const total = first?.total ?? 0
  const rows = useMemo(
    () =>
      pagedRows<readonly IntelReject[], IntelReject>({
        total,
        fetch: async ({ offset, limit }, signal) =>
          (await backend.call('intel.rejects', { id, limit, offset }, { signal })).rejects,
        rows: (blocks) => blocks.get('') ?? [],
      }),
    [backend, id, total],
  )
  useEffect(() => () => rows.close(), [rows])
  return (
    <div className="matrix-main">
      <FailureLine failure={error} />
      <div className="correlate-grid">
        <Grid
          label="Lines not used"
          columns={columns}
          data={rows}
          empty={<EmptyState title="Every line was used">Each held an indicator.</EmptyState>}
        />
      </div>
      <div className="matrix-foot">
        <span>
          {total < rejected
            ? `The first ${formatCount(total)} of ${formatNoun(rejected, 'line')}`
            : formatNoun(rejected, 'line')}
        </span>
      </div>
    </div>
  )
}
