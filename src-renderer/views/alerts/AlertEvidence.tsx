import { useState } from 'react'
import type { Alert, Evidence } from '#contract/alerts'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useBackend } from '../../backend/BackendContext.ts'
import { useDatasets } from '../../backend/useDatasets.ts'
import { useSourceRow } from '../../backend/useSourceRow.ts'
import { useVerdict } from '../../backend/verdicts.tsx'
import { link } from '../../state/places.ts'
import { CellText } from '../../grid/CellText.tsx'
import { VerdictMark } from '../../ui/VerdictMark.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { AppError } from '#contract/appError'

const PAGE = 500
/** Characters of a value shown in the list, the first one wrapped; the row has the whole. */
const SHOWN = 400
/** Values up to this length, in characters, may be one indicator as a whole. */
const LOOKED_UP = 300

function ListedAs({ value }: { value: string }) {
  const verdict = useVerdict(value)
  return verdict && <VerdictMark verdict={verdict} word={false} />
}

/** The rows an alert stands on; each opens that very row. */
export function AlertEvidence({ hunt, alert }: { hunt: string; alert: Alert }) {
  const backend = useBackend()
  const { data: datasets } = useDatasets(hunt)
  const sourceRow = useSourceRow(hunt)
  const [more, setMore] = useState<readonly Evidence[] | null>(null)
  const [failure, setFailure] = useState<AppError | null>(null)
  const rows = more ?? alert.evidence
  const sources = new Set(rows.map(({ datasetId }) => datasetId))
  const nameOf = (id: string): string => datasets?.datasets.find((dataset) => dataset.id === id)?.name ?? 'dataset'
  const loadMore = () => {
    backend.call('alerts.evidence', { id: alert.id, limit: PAGE, offset: rows.length }).then(
      ({ evidence }) => setMore([...rows, ...evidence]),
      (error: unknown) => setFailure(error instanceof AppError ? error : new AppError('internal', String(error))),
    )
  }
  const kept = Math.min(alert.evidenceTotal, 10_000)
  return (
    <section aria-label="Evidence">
      <div className="line alert-sub">
        <h3>Evidence</h3>
        <span className="t3 sm clip">
          {formatNoun(alert.evidenceTotal, 'row')} in{' '}
          {sources.size === 1 ? nameOf([...sources][0] ?? '') : formatNoun(sources.size, 'dataset')}
        </span>
      </div>
      <ul className="evidence-list">
        {rows.map(({ datasetId, row, field, value }, n) => (
          <li key={`${datasetId} ${row} ${field} ${n}`} className={n === 0 ? 'evidence-whole' : undefined}>
            <a
              href={`#${link.rows(hunt, { ds: datasetId, row })}`}
              title={`Open row ${formatCount(sourceRow(datasetId, row))} of ${nameOf(datasetId)}`}
            >
              <span className="evidence-row figure">{formatCount(sourceRow(datasetId, row))}</span>
              <span className="evidence-field clip">{field}</span>
              <span className={n === 0 ? 'evidence-value mono' : 'evidence-value mono clip'}>
                {value !== '' && value.length <= LOOKED_UP && <ListedAs value={value} />}
                {value === '' ? <span className="t3">empty</span> : <CellText text={value.slice(0, SHOWN)} />}
                {n === 0 && value.length > SHOWN && '…'}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {rows.length < kept && (
        <button type="button" className="link-button sm" onClick={loadMore}>
          Show {formatCount(Math.min(PAGE, kept - rows.length))} more
        </button>
      )}
      {alert.evidenceTotal > kept && rows.length >= kept && (
        <p className="t3 sm">
          The first {formatCount(kept)} of {formatNoun(alert.evidenceTotal, 'row')} are listed.
        </p>
      )}
      <FailureLine failure={failure} />
    </section>
  )
}
