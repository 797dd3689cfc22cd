import { useCall } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatBytes, formatCount, formatNoun } from '../../ui/formatNumber.ts'

/** Hunts whose files are listed; a case has more only by mistake. */
const HUNTS = 50

/** The files the hunts of a case were imported from, each with its SHA-256. */
export function CaseSources({ id }: { id: string }) {
  const { data } = useCall('cases.links', { id, kind: 'hunt', limit: HUNTS })
  return (
    <section aria-label="Sources">
      <div className="line">
        <h3>Sources</h3>
        <span className="t3 sm">SHA-256 as of the import</span>
      </div>
      <table className="table case-sources">
        <colgroup>
          <col style={{ width: '24%' }} />
          <col style={{ width: '26%' }} />
          <col style={{ width: 100 }} />
          <col style={{ width: 90 }} />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th>Hunt</th>
            <th>File</th>
            <th className="num">Rows</th>
            <th className="num">Size</th>
            <th>SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {data?.links
            .filter(({ found }) => found)
            .map((one) => (
              <SourcesOf key={one.target} hunt={one.target} name={one.label} />
            ))}
        </tbody>
      </table>
      {data && data.total > data.links.length && (
        <p className="t3 sm">
          The files of {formatCount(data.links.length)} of {formatNoun(data.total, 'hunt')} are shown.
        </p>
      )}
    </section>
  )
}

function SourcesOf({ hunt, name }: { hunt: string; name: string }) {
  const { data } = useCall('datasets.list', { huntId: hunt, limit: 500 })
  return (
    <>
      {data?.datasets.map((dataset) => (
        <tr key={dataset.id}>
          <td className="clip">
            <a href={`#${link.overview(hunt)}`}>{name}</a>
          </td>
          <td className="clip">
            <a href={`#${link.datasets(hunt, { ds: dataset.id })}`}>{dataset.file}</a>
          </td>
          <td className="num">{formatCount(dataset.rows)}</td>
          <td className="num">{formatBytes(dataset.size)}</td>
          <td>
            <span className="line">
              <span className="mono clip" title={dataset.sha256 ?? ''}>
                {dataset.sha256}
              </span>
              {dataset.sha256 !== null && <CopyButton iconOnly text={dataset.sha256} title="Copy the SHA-256" />}
            </span>
          </td>
        </tr>
      ))}
    </>
  )
}
