import { FailureLine } from '../../backend/FailureLine.tsx'
import { Action } from '../../ui/Action.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { formatCount, formatNoun, formatPercent } from '../../ui/formatNumber.ts'
import { repairReport } from './repairReport.ts'
import type { DatasetReading } from './useReading.ts'

/** In its place: how far the reading is, with cancel; then what came of it, or why nothing changed. */
export function ReadingProgress({ reading, onUndo }: { reading: DatasetReading; onUndo: (() => void) | null }) {
  const { running, ended, failure } = reading
  if (running) {
    const share = running.total ? Math.min(1, running.done / running.total) : null
    return (
      <div className="note reading-note" role="status">
        <div className="grow">
          <div className="line">
            <span className="med clip grow">{running.title}</span>
            <span className="num sm">{share === null ? '' : formatPercent(share)}</span>
          </div>
          <Progress share={share} label={running.title} />
        </div>
        <Action onClick={reading.cancel}>Cancel</Action>
      </div>
    )
  }
  if (failure) {
    return (
      <div className="note bad reading-note">
        <FailureLine failure={failure} />
      </div>
    )
  }
  if (!ended) return null
  return (
    <div className="note reading-note" role="status">
      <span className="grow sm">{endedText(ended)}</span>
      {ended.state === 'succeeded' && onUndo && <Action onClick={onUndo}>Undo</Action>}
    </div>
  )
}

function endedText(job: NonNullable<DatasetReading['ended']>): string {
  if (job.state === 'cancelled') return 'Cancelled. The dataset is as it was.'
  const report = repairReport(job)
  if (report.returned > 0)
    return `The repair is taken back: ${formatNoun(report.returned, 'record')} in quarantine again, ${formatNoun(report.rows, 'row')} kept.`
  if (job.kind !== 'repair') return `${formatNoun(report.rows, 'row')} were read anew. Cells are unchanged.`
  const left = report.remaining.length
  const became =
    report.repaired === 0
      ? 'No record became a row'
      : `${formatNoun(report.repaired, 'record')} became ${report.repaired === 1 ? `row ${formatCount(report.rows)}` : 'rows'}`
  return `${became}${left > 0 ? `; ${formatNoun(left, 'record')} still ${left === 1 ? 'does' : 'do'} not fit` : ''}.`
}
