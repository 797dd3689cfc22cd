import { useState } from 'react'
import { Tick, WarningSign } from '@blueprintjs/icons'
import type { Preview } from '#contract/datasets'
import { CellText } from '../../grid/CellText.tsx'
import { formatCount } from '../../ui/formatNumber.ts'

const LINES_MAX = 50

export const ProfileNote = ({ preview }: { preview: Preview }) =>
  preview.profile ? (
    <div className="note ok import-profile">
      <Tick size={13} className="ok" />
      <span>
        <b className="med">{preview.profileName ?? preview.profile}</b> recognised
        {preview.profileReason && <span className="t2 sm import-reason">{preview.profileReason}</span>}
      </span>
    </div>
  ) : preview.mapping ? null : (
    <p className="t2 sm">No known tool wrote this header. Columns are mapped by their names and contents.</p>
  )

/** How many records there are, which are not kept and why, and what else the analyst should know. */
export function PreviewFacts({ preview }: { preview: Preview }) {
  const [raw, setRaw] = useState(false)
  const { quarantined, complete, estimatedRows, warnings } = preview
  const about = complete ? '' : 'about '
  return (
    <>
      <dl className="import-facts">
        <dt className="t2">Records</dt>
        <dd>
          {about}
          {formatCount(estimatedRows + (complete ? quarantined.length : 0))}
        </dd>
        {complete && (
          <>
            <dt className="t2">Kept</dt>
            <dd>{formatCount(estimatedRows)}</dd>
          </>
        )}
        <dt className="t2">Quarantined</dt>
        <dd>
          <span className={quarantined.length > 0 ? 'warn med' : undefined}>{formatCount(quarantined.length)}</span>
          {!complete && <span className="t3"> so far</span>}
          {quarantined.length > 0 && (
            <button
              type="button"
              className="link-button sm import-show"
              aria-expanded={raw}
              onClick={() => setRaw(!raw)}
            >
              {raw ? 'Hide text' : 'Show text'}
            </button>
          )}
        </dd>
      </dl>
      {quarantined.length > 0 && (
        <ul className="import-lines mono" tabIndex={0} aria-label="Records that would be quarantined">
          {quarantined.slice(0, LINES_MAX).map((one) => (
            <li key={one.offset}>
              line {formatCount(one.line)}, byte {formatCount(one.offset)}: {one.reason}
              {raw && (
                <pre className="raw">
                  <CellText text={one.raw.slice(0, 2_000)} />
                </pre>
              )}
            </li>
          ))}
          {quarantined.length > LINES_MAX && (
            <li className="t3">
              {LINES_MAX} of {formatCount(quarantined.length)} shown
            </li>
          )}
        </ul>
      )}
      {warnings.length > 0 && (
        <ul className="import-warnings">
          {warnings.map((warning) => (
            <li key={warning} className="line sm">
              <WarningSign size={12} className="warn" />
              <span>{warning}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
