import { Cross } from '@blueprintjs/icons'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { TechniqueChip } from '../../ui/TechniqueChip.tsx'
import { Time } from '../../ui/Time.tsx'
import { useUndo } from '../../ui/Undo.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { zoneLabel } from '../../ui/formatTime.ts'

/** Lists answer at most so many; more are said. */
const MOST = 500

/** The alerts of a case over all its hunts, worst first. */
export function AlertsTab({ id }: { id: string }) {
  const { data, error, refetch } = useCall('alerts.list', { caseId: id, limit: MOST })
  const update = useCommand('alerts.update')
  const undo = useUndo()
  const zone = useZone()
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={12} />
  if (data.total === 0)
    return (
      <EmptyState title="No alerts in this case">
        Open an alert of a hunt and choose this case in its pane, or select several alerts and put them into the case.
      </EmptyState>
    )
  return (
    <div className="case-scroll">
      <table className="table case-alerts">
        <colgroup>
          <col style={{ width: 100 }} />
          <col />
          <col style={{ width: 132 }} />
          <col className="mid-only" style={{ width: 190 }} />
          <col style={{ width: 100 }} />
          <col style={{ width: 76 }} />
          <col className="mid-only" style={{ width: 176 }} />
          <col style={{ width: 56 }} />
        </colgroup>
        <thead>
          <tr>
            <th>Severity</th>
            <th>Alert</th>
            <th>Status</th>
            <th className="mid-only">Host</th>
            <th>Technique</th>
            <th className="num">Rows</th>
            <th className="mid-only">First seen, {zoneLabel(zone)}</th>
            <th>
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.alerts.map((alert) => (
            <tr key={alert.id}>
              <td>
                <SevMark severity={alert.severity} />
              </td>
              <td className="clip">
                <a className="cell-link" href={`#${link.alert(alert.huntId, alert.id)}`}>
                  {alert.title}
                </a>
              </td>
              <td>
                <StatusMark status={alert.status} />
              </td>
              <td className="clip mono t2 mid-only">{alert.host}</td>
              <td>{alert.mitreTechnique && <TechniqueChip id={alert.mitreTechnique} />}</td>
              <td className="num">{formatCount(alert.evidenceTotal)}</td>
              <td className="mid-only">
                {alert.firstTime === null ? (
                  <span className="t3">no time</span>
                ) : (
                  <Time iso={alert.firstTime} bare second />
                )}
              </td>
              <td>
                <Action
                  quiet
                  icon={<Cross size={12} />}
                  label={`Take “${alert.title}” out of the case`}
                  onClick={() =>
                    update.mutate(
                      { id: alert.id, caseId: null },
                      {
                        onSuccess: () =>
                          undo.offer('Alert taken out of the case', () =>
                            update.mutate({ id: alert.id, caseId: id, undo: true }),
                          ),
                      },
                    )
                  }
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <FailureLine failure={update.error} />
      <p className="t3 sm case-foot">
        {data.alerts.length === data.total
          ? formatNoun(data.total, 'alert')
          : `${formatCount(data.alerts.length)} of ${formatNoun(data.total, 'alert')} shown, highest score first`}
      </p>
    </div>
  )
}
