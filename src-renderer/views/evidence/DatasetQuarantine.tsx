import { useState } from 'react'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall } from '../../backend/query.ts'
import { CellText } from '../../grid/CellText.tsx'
import { Action } from '../../ui/Action.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'

const PAGE = 50
const RAW_MAX = 4_000

/** Records that were not kept: where, why, and their text. */
export function DatasetQuarantine({ id, total }: { id: string; total: number }) {
  const [page, setPage] = useState(0)
  const { data, error } = useCall('datasets.quarantine', total > 0 ? { id, limit: PAGE, offset: page * PAGE } : null)
  if (total === 0) return <p className="t2 dataset-part">Every record of the file was kept.</p>
  if (error) return <FailureLine failure={error} />
  const pages = Math.ceil(total / PAGE)
  return (
    <div className="dataset-part">
      {data?.quarantine.map((one) => (
        <section key={`${one.offset}`} className="quarantine-one" aria-label={`Line ${one.line}`}>
          <div className="line sm">
            <b className="med nowrap">line {formatCount(one.line)}</b>
            <span className="t3 nowrap">byte {formatCount(one.offset)}</span>
            <span className="warn clip" title={one.reason}>
              {one.reason}
            </span>
            <span className="spring" />
            <CopyButton text={one.raw} title="Copy the record" iconOnly />
          </div>
          <pre className="raw" tabIndex={0} aria-label={`Text of line ${one.line}`}>
            <CellText text={one.raw.slice(0, RAW_MAX)} />
          </pre>
          {one.raw.length > RAW_MAX && (
            <p className="t3 sm">
              First {formatCount(RAW_MAX)} of {formatNoun(one.raw.length, 'character')} shown; copying takes all.
            </p>
          )}
        </section>
      ))}
      {pages > 1 && (
        <div className="line">
          <Action disabled={page === 0} onClick={() => setPage(page - 1)}>
            Previous
          </Action>
          <span className="t2 sm">
            {formatCount(page * PAGE + 1)} – {formatCount(Math.min(total, (page + 1) * PAGE))} of {formatCount(total)}
          </span>
          <Action disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>
            Next
          </Action>
        </div>
      )}
    </div>
  )
}
