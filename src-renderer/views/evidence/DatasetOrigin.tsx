import type { DatasetOrigin as Origin } from '#contract/datasets'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'
import { Time } from '../../ui/Time.tsx'

/** The question to a server that a dataset is the answer to: enough to ask it again, or to doubt it. */
export function DatasetOrigin({ origin }: { origin: Origin }) {
  const { connection, version, title, sql, params, queryId, at, rows, cut, sha256 } = origin
  const facts: readonly (readonly [string, string, boolean])[] = [
    ['Panel', title, false],
    ['Server', `${connection.name}, ${connection.url}`, false],
    ['ClickHouse', version, false],
    ['Query id', queryId, true],
    ['Rows', `${formatNoun(rows, 'row')}${cut ? '; there were more, which were left out' : ''}`, false],
    ['SHA-256 of the frozen bytes', sha256, true],
    ...Object.entries(params).map(([name, value]) => [`{${name}}`, String(value), true] as const),
  ]
  return (
    <div className="dataset-part">
      <dl className="record-fields">
        <div className="record-field">
          <dt className="t3">Answered</dt>
          <dd>
            <Time iso={at} second />
          </dd>
        </div>
        {facts.map(([name, value, mono]) => (
          <div key={name} className="record-field">
            <dt className="t3">{name}</dt>
            <dd className={mono ? 'mono' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="line">
        <h3 className="med">SQL</h3>
        <span className="spring" />
        <CopyButton text={sql} title="Copy the SQL" />
      </div>
      <pre className="mono origin-sql" tabIndex={0} aria-label="SQL">
        {sql}
      </pre>
    </div>
  )
}
