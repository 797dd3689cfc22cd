import { useState } from 'react'
import type { ReactNode } from 'react'
import { ChevronDown, ChevronRight } from '@blueprintjs/icons'
import type { Alert, Provenance as Found } from '#contract/alerts'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { CellText } from '../../grid/CellText.tsx'
import { link } from '../../state/places.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { formatCount, formatExactBytes } from '../../ui/formatNumber.ts'

type Proof = NonNullable<Found['bytes']>['proof']
const proofs: Record<Proof, string> = {
  matches: 'the bytes are those of the import',
  differs: 'the source is no longer the file that was imported',
  'source-missing': 'the source is not reachable now',
  'not-recorded': 'nothing proves them',
}

/** Where the alert comes from, down to the bytes of the file: rule and version, query, row, byte range, hash. */
export function Provenance({ alert }: { alert: Alert }) {
  const [open, setOpen] = useState(false)
  return (
    <section aria-label="Provenance">
      <h3 className="alert-sub">
        <button type="button" className="provenance-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? <ChevronDown size={13} /> : <ChevronRight size={13} />} Provenance
        </button>
      </h3>
      {open && <Chain alert={alert} />}
    </section>
  )
}

function Chain({ alert }: { alert: Alert }) {
  const [at, setAt] = useState(0)
  const row = alert.evidence[at]
  const { data, error, refetch } = useCall('alerts.provenance', {
    id: alert.id,
    ...(row ? { datasetId: row.datasetId, row: row.row } : {}),
  })
  if (error) return <FailureState failure={error} onRetry={() => void refetch()} inline />
  if (!data) return <Skeleton rows={5} />
  const { detectedBy, evidence, source, bytes } = data
  return (
    <dl className="alert-facts provenance">
      <Step name={detectedBy.kind === 'rule' ? 'Rule' : 'Analyzer'}>
        {detectedBy.ruleId === null ? (
          <span className="mono">{detectedBy.name}</span>
        ) : (
          <a href={`#${link.rules(alert.huntId, detectedBy.ruleId)}`}>{detectedBy.name}</a>
        )}
        {detectedBy.kind === 'rule' && detectedBy.ruleId === null && <span className="t3"> deleted since</span>}
      </Step>
      <Step name="Version">
        {detectedBy.version !== null && (
          <span className="mono" title={detectedBy.version}>
            {detectedBy.kind === 'rule' ? detectedBy.version.slice(0, 16) : detectedBy.version}
          </span>
        )}
        {detectedBy.changedAt !== null && (
          <span className="t2">
            {' '}
            of <Time iso={detectedBy.changedAt} second />
          </span>
        )}
        {detectedBy.changedSince === true && <div className="warn">Changed after this alert was made</div>}
      </Step>
      {detectedBy.query !== null && (
        <Step name="Query">
          <span className="mono evidence-text">
            <CellText text={detectedBy.query} />
          </span>
        </Step>
      )}
      {evidence && (
        <Step name="Row">
          <a href={`#${link.rows(alert.huntId, { ds: evidence.datasetId, row: evidence.row })}`}>
            {formatCount(evidence.row)} of {source?.dataset ?? 'a dataset that is gone'}
          </a>
          {source?.row !== null && source?.row !== undefined && source.row !== evidence.row && (
            <span className="t2">, row {formatCount(source.row)} of the source</span>
          )}
          {alert.evidence.length > 1 && (
            <span className="line sm">
              <button type="button" className="link-button" disabled={at === 0} onClick={() => setAt(at - 1)}>
                Previous
              </button>
              <button
                type="button"
                className="link-button"
                disabled={at >= alert.evidence.length - 1}
                onClick={() => setAt(at + 1)}
              >
                Next
              </button>
              <span className="t3">
                {formatCount(at + 1)} of {formatCount(alert.evidence.length)}
              </span>
            </span>
          )}
        </Step>
      )}
      {bytes && (
        <Step name="Bytes">
          <span className="mono">
            {formatCount(bytes.offset)}–{formatCount(bytes.offset + bytes.length)}
          </span>{' '}
          <span className={bytes.proof === 'differs' ? 'warn' : 't2'}>{proofs[bytes.proof]}</span>
          <pre className="provenance-bytes mono">
            <CellText text={bytes.text.slice(0, 2_000)} />
          </pre>
        </Step>
      )}
      {source && (
        <Step name="File">
          <a className="evidence-text" href={`#${link.datasets(alert.huntId, { ds: source.datasetId })}`}>
            {source.file}
          </a>{' '}
          <span className="t2">
            {formatExactBytes(source.size)}
            {source.importedAt !== null && (
              <>
                , imported <Time iso={source.importedAt} second />
              </>
            )}
            {source.readAnew && ', read anew since'}
          </span>
        </Step>
      )}
      {source?.sha256 && (
        <Step name="SHA-256">
          <span className="mono evidence-text">{source.sha256}</span>
          <CopyButton iconOnly text={source.sha256} title="Copy the SHA-256" />
        </Step>
      )}
    </dl>
  )
}

const Step = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
