import { useState } from 'react'
import { Tick, WarningSign } from '@blueprintjs/icons'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { actText } from './caseWords.ts'

const PAGE = 200

/** Whether the chain of entries holds; where not, the first entry that does not. */
export function ActivityState({ id }: { id: string }) {
  const { data } = useCall('cases.verify', { id })
  if (!data) return null
  return data.broken === null ? (
    <span className="t3 sm line">
      {formatNoun(data.entries, 'entry', 'entries')}, chain intact <Tick size={12} />
    </span>
  ) : (
    <span className="sm line case-broken" role="alert">
      <WarningSign size={12} /> Broken at entry {formatCount(data.broken.n)}: {data.broken.reason}
    </span>
  )
}

/** Who did what in the case and when; each entry holds the hash of the one before it. */
export function ActivityTab({ id }: { id: string }) {
  const [page, setPage] = useState(0)
  const { data, error, refetch } = useCall('cases.activity', { id, limit: PAGE, offset: page * PAGE })
  const { data: chain } = useCall('cases.verify', { id })
  const zone = useZone()
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={14} />
  const pages = Math.ceil(data.total / PAGE)
  return (
    <div className="case-scroll">
      <div className="line case-activity-head">
        <ActivityState id={id} />
        {chain && chain.chains.length > 1 && (
          <span className="t3 sm">{formatNoun(chain.chains.length, 'workspace')} wrote into it</span>
        )}
      </div>
      <table className="table case-activity">
        <colgroup>
          <col style={{ width: 168 }} />
          <col style={{ width: 150 }} />
          <col />
          <col className="mid-only" style={{ width: 130 }} />
        </colgroup>
        <thead>
          <tr>
            <th>When, {zoneLabel(zone)}</th>
            <th>Who</th>
            <th>What</th>
            <th className="mid-only">Entry, hash</th>
          </tr>
        </thead>
        <tbody>
          {data.activity.map((entry) => (
            <tr key={entry.id} className={chain?.broken?.id === entry.id ? 'case-broken' : undefined}>
              <td>
                <Time iso={entry.at} bare second />
              </td>
              <td className="clip">{entry.by === '' ? <span className="t3">not named</span> : entry.by}</td>
              <td className="case-wrap">
                {actText(entry)}
                {entry.act !== 'note-added' && entry.act !== 'note-changed' && (
                  <span className="t3 sm">
                    {entry.changes
                      .filter(({ field }) => field !== 'alerts')
                      .map(({ field, from, to }) => ` · ${field}: ${from ?? 'none'} → ${to ?? 'none'}`)
                      .join('')
                      .slice(0, 400)}
                  </span>
                )}
              </td>
              <td className="mono t3 mid-only" title={entry.hash}>
                {formatCount(entry.n)} {entry.hash.slice(0, 8)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <div className="line case-foot">
          <Action disabled={page === 0} onClick={() => setPage(page - 1)}>
            Newer
          </Action>
          <Action disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>
            Older
          </Action>
          <span className="t3 sm">
            Page {formatCount(page + 1)} of {formatCount(pages)}
          </span>
        </div>
      )}
    </div>
  )
}
