import { formatCount } from '../ui/formatNumber.ts'
import { zoneLabel, type Zone } from '../ui/formatTime.ts'
import { Time } from '../ui/Time.tsx'
import { partsOf, type HistogramBucket, type HistogramData } from './histogramScale.ts'

type HistogramTableProps = {
  data: HistogramData
  zone: Zone
  label: string
  /** Name of what is in no series; null: there is none. */
  other: string | null
  onRange: (bucket: HistogramBucket) => void
}

/** The numbers of a histogram. The time of a line narrows to its stretch. */
export function HistogramTable({ data, zone, label, other, onRange }: HistogramTableProps) {
  const names = [...data.series.map(({ name }) => name), ...(other === null ? [] : [other])]
  const shown = data.series.length > 0 ? names : []
  return (
    <div className="table-twin histogram-table" role="region" aria-label={label} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th>From, {zoneLabel(zone)}</th>
            <th className="num">Rows</th>
            {shown.map((name, n) => (
              <th key={n} className="num">
                <span className="clip">{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.buckets.map((bucket) => (
            <tr key={bucket.start}>
              <td>
                <button type="button" className="link-button" onClick={() => onRange(bucket)}>
                  <Time iso={bucket.start} bare />
                </button>
              </td>
              <td className="num">{formatCount(bucket.rows)}</td>
              {partsOf(bucket, data.series.length)
                .slice(0, shown.length)
                .map((part, n) => (
                  <td key={n} className="num">
                    {formatCount(part)}
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
