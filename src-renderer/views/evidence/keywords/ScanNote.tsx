import type { Output } from '#contract/contract'
import { Time } from '../../../ui/Time.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'

/** When was scanned, and what the hits do not say: datasets without a scan, read anew since, or scanned in part. */
export function ScanNote({ counts: { scans, unscanned } }: { counts: Output<'keywords.counts'> }) {
  const last = scans
    .map(({ at }) => at)
    .sort()
    .at(-1)
  const stale = scans.filter((scan) => scan.stale)
  const parts = scans.filter(({ columns }) => columns !== null)
  const rows = scans.reduce((sum, scan) => sum + scan.rows, 0)
  return (
    <p className="t2 sm scan-note">
      <span>
        Scanned <Time iso={last ?? null} second />, {formatNoun(rows, 'row')} of {formatNoun(scans.length, 'dataset')}
      </span>
      {unscanned > 0 && <span className="warn">{formatNoun(unscanned, 'dataset')} not scanned</span>}
      {stale.length > 0 && (
        <span className="warn">
          {formatNoun(stale.length, 'dataset')} read anew since: scan again, row numbers may be others
        </span>
      )}
      {parts.length > 0 && <span>{formatNoun(parts.length, 'dataset')} only in some columns</span>}
    </p>
  )
}
