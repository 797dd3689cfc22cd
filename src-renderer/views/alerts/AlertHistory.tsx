import type { Alert, AlertEvent } from '#contract/alerts'
import { useCall } from '../../backend/query.ts'
import { CellText } from '../../grid/CellText.tsx'
import { Time } from '../../ui/Time.tsx'
import { useCaseName } from './useCaseName.ts'
import { formatCount } from '../../ui/formatNumber.ts'

/** Changes that are listed; of more the newest say enough. */
const LISTED = 100

const fieldWords: Record<AlertEvent['field'], string> = {
  status: 'Status',
  severity: 'Severity',
  assignee: 'Assignee',
  case: 'Case',
  tags: 'Tags',
}
const nothing: Record<AlertEvent['field'], string> = {
  status: '',
  severity: '',
  assignee: 'nobody',
  case: 'no case',
  tags: 'none',
}

/** Who changed what of an alert and when, newest first, down to its creation. */
export function AlertHistory({ alert }: { alert: Alert }) {
  const { data } = useCall('alerts.history', { id: alert.id, limit: LISTED })
  const changes = data?.changes ?? []
  return (
    <section aria-label="History">
      <h3 className="alert-sub">History</h3>
      <ul className="alert-history">
        {changes.map((change) => (
          <li key={change.id}>
            <Time iso={change.at} second />
            <span className="t2">
              {fieldWords[change.field]} <Value of={change.field} text={change.from} /> →{' '}
              <span className="med">
                <Value of={change.field} text={change.to} />
              </span>
              {change.by !== '' && (
                <>
                  {' '}
                  by <CellText text={change.by} />
                </>
              )}
              {change.undo && ', undone'}
              {change.alerts > 1 && <span className="t3">, with {formatCount(change.alerts - 1)} others</span>}
            </span>
          </li>
        ))}
        {data && data.total > changes.length && (
          <li className="t3">{formatCount(data.total - changes.length)} older changes are not listed</li>
        )}
        <li>
          <Time iso={alert.createdAt} second />
          <span className="t2">Created by {alert.rule?.name ?? alert.analyzer}</span>
        </li>
        {alert.acknowledgedAt !== null && <First at={alert.acknowledgedAt} what="First acknowledged" />}
        {alert.resolvedAt !== null && <First at={alert.resolvedAt} what="First resolved or set aside" />}
      </ul>
    </section>
  )
}

/** A case by its number and title; one of another system by what it is called there. */
const Case = ({ id }: { id: string }) => <CellText text={useCaseName(id)} />

const Value = ({ of, text }: { of: AlertEvent['field']; text: string | null }) =>
  text === null || text === '' ? nothing[of] : of === 'case' ? <Case id={text} /> : <CellText text={text} />

const First = ({ at, what }: { at: string; what: string }) => (
  <li>
    <Time iso={at} second />
    <span className="t3">{what}</span>
  </li>
)
