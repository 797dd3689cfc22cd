import { useState } from 'react'
import { ArrowRight, Undo } from '@blueprintjs/icons'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { changeLines, changeTitle } from './readingText.ts'
import type { DatasetReading } from './useReading.ts'

const PAGE = 50
/** Changes that can be given a reason. */
const NEEDS_REASON = new Set(['reading', 'repair'])

/** What was changed about how the dataset is read, newest first, and a way back. */
export function DatasetHistory({ id, reading }: { id: string; reading: DatasetReading }) {
  const [shown, setShown] = useState(PAGE)
  const { data, error, refetch } = useCall('datasets.history', { id, limit: Math.min(500, shown) })
  if (error) return <FailureState failure={error} inline onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={4} height={24} />
  if (data.total === 0)
    return (
      <p className="t2 dataset-part">
        Read as it was imported. Changes of columns, time, zone and clock and repairs of records are listed here with
        their reasons, and can be taken back.
      </p>
    )
  return (
    <div className="dataset-part">
      <div className="line">
        <span className="t2 sm">{formatNoun(data.total, 'change')}, newest first</span>
        <span className="spring" />
        <Action icon={<Undo size={13} />} disabled={data.undoes === null || reading.busy} onClick={reading.undo}>
          Undo last
        </Action>
      </div>
      <ol className="reading-history" aria-label="History">
        {data.changes.map((change) => {
          const lines = changeLines(change.before, change.after)
          return (
            <li key={change.id} className={change.undone ? 'undone' : undefined}>
              <div className="line">
                <b className="med">{changeTitle(change)}</b>
                {change.undone && <span className="chip">taken back</span>}
                <span className="spring" />
                <span className="t3 sm nowrap">
                  <Time iso={change.at} second />
                </span>
              </div>
              {lines.map((line) => (
                <p key={line.what} className="reading-line">
                  <span className="t2 clip">{line.what}</span>
                  <span className="t3">{line.from}</span>
                  <ArrowRight size={10} aria-label="to" />
                  <span>{line.to}</span>
                </p>
              ))}
              <p className="t2 sm">
                {[
                  change.reason !== '' ? `“${change.reason}”` : NEEDS_REASON.has(change.kind) ? 'No reason given' : '',
                  change.by,
                ]
                  .filter(Boolean)
                  .join(', ')}
              </p>
            </li>
          )
        })}
      </ol>
      {data.total > data.changes.length && (
        <div className="line">
          <Action onClick={() => setShown(shown + PAGE)}>Show more</Action>
          <span className="t3 sm">
            {formatCount(data.changes.length)} of {formatCount(data.total)}
          </span>
        </div>
      )}
    </div>
  )
}
