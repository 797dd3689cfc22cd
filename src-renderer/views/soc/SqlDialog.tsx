import { useId } from 'react'
import { Dialog } from '@blueprintjs/core'
import type { PartAnswer } from '#contract/soc'
import { Action } from '../../ui/Action.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatCount, formatExactBytes } from '../../ui/formatNumber.ts'
import { Time } from '../../ui/Time.tsx'

type SqlDialogProps = { answer: PartAnswer; version: string | undefined; open: boolean; onClose: () => void }

/** The statement of an answer with its parameters, and what it cost the server. */
export function SqlDialog({ answer, version, open, onClose }: SqlDialogProps) {
  const id = useId()
  const { sql, params, rowsRead, bytesRead, milliseconds, queryId, at } = answer
  const values = Object.entries(params)
  const withParams = [...values.map(([name, value]) => `SET param_${name} = ${literal(value)};`), sql].join('\n')
  return (
    <Dialog isOpen={open} onClose={onClose} className="dialog soc-sql" aria-labelledby={id} transitionDuration={80}>
      <div className="dialog-body">
        <h2 id={id}>SQL of this answer</h2>
        <pre className="mono soc-sql-text" tabIndex={0}>
          {sql}
        </pre>
        {values.length > 0 && (
          <dl className="soc-sql-facts">
            {values.map(([name, value]) => (
              <div key={name}>
                <dt className="mono">{`{${name}}`}</dt>
                <dd className="mono">{String(value)}</dd>
              </div>
            ))}
          </dl>
        )}
        <dl className="soc-sql-facts t2">
          <div>
            <dt>Answered</dt>
            <dd>
              <Time iso={at} second /> in {formatCount(milliseconds)} ms
            </dd>
          </div>
          <div>
            <dt>Read by the server</dt>
            <dd>
              {rowsRead === null ? 'not told' : `${formatCount(rowsRead)} rows`}
              {bytesRead !== null && `, ${formatExactBytes(bytesRead)}`}
            </dd>
          </div>
          <div>
            <dt>Query id</dt>
            <dd className="mono">{queryId}</dd>
          </div>
          {version !== undefined && (
            <div>
              <dt>ClickHouse</dt>
              <dd>{version}</dd>
            </div>
          )}
        </dl>
        <div className="dialog-actions">
          <CopyButton text={withParams} title="Copy SQL with parameters" />
          <Action onClick={onClose}>Close</Action>
        </div>
      </div>
    </Dialog>
  )
}

const literal = (value: string | number): string =>
  typeof value === 'number' ? String(value) : `'${value.replace(/[\\']/g, (sign) => `\\${sign}`)}'`
