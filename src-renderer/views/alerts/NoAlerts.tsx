import { Play } from '@blueprintjs/icons'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'

/** A hunt without alerts: run the analyzers, or import first. */
export function NoAlerts({ hunt }: { hunt: string }) {
  const { data } = useCall('hunts.get', { id: hunt })
  const { data: analyzers } = useCall('analyzers.list', {})
  const { data: jobs } = useCall('jobs.list', { huntId: hunt, state: 'running' })
  const run = useCommand('analyzers.run')
  if (!data || !analyzers) return null
  const what = formatNoun(analyzers.total, 'analyzer')
  if (data.rows === 0) {
    return (
      <EmptyState
        title="No alerts yet"
        action={
          <Action primary href={link.importing(hunt)}>
            Import files
          </Action>
        }
      >
        Analyzers read every row and keep what is suspicious as alerts. This hunt has no rows yet.
      </EmptyState>
    )
  }
  if ((jobs?.total ?? 0) > 0) {
    return (
      <EmptyState title="No alerts yet">
        A job of this hunt is running; the job tray shows how far it is. What it finds appears here.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No alerts yet"
      action={
        <Action primary icon={<Play size={13} />} busy={run.isPending} onClick={() => run.mutate({ huntId: hunt })}>
          Run {what}
        </Action>
      }
    >
      {what} over {formatNoun(data.rows, 'row')} of {formatNoun(data.datasets, 'dataset')}. What was found before stays
      as it is.
      <FailureLine failure={run.error} />
    </EmptyState>
  )
}
