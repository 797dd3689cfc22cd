import type { Output } from '#contract/contract'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'

/** Asks before a hunt goes, and says what goes with it. */
export function DeleteHunt({ hunt, open, onClose }: { hunt: Output<'hunts.get'>; open: boolean; onClose: () => void }) {
  const { data: stats } = useCall('alerts.stats', open ? { huntId: hunt.id } : null)
  const remove = useCommand('hunts.delete')
  const alerts = stats ? formatNoun(stats.total, 'alert') : 'its alerts'
  return (
    <ConfirmDialog
      open={open}
      title={`Delete ${hunt.name}?`}
      confirm="Delete hunt"
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ id: hunt.id }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {formatNoun(hunt.datasets, 'dataset')} with {formatNoun(hunt.rows, 'row')} and {alerts} are deleted from this
        workspace. This cannot be undone. The source files are not touched.
      </p>
      <FailureLine failure={remove.error} />
    </ConfirmDialog>
  )
}
