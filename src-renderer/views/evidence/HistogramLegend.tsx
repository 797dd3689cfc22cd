import { seriesColour, type HistogramSeries } from '../../charts/histogramScale.ts'
import { CellText } from '../../grid/CellText.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'

type HistogramLegendProps = {
  series: readonly HistogramSeries[]
  /** Rows in no series, and how many values they have. */
  others: number
  otherValues: number
  label: string
  canToggle: boolean
  onToggle: (value: string) => void
}

/** What the colours mean, with counts; a click narrows to the value. */
export function HistogramLegend({ series, others, otherValues, label, canToggle, onToggle }: HistogramLegendProps) {
  return (
    <ul className="histogram-legend" aria-label={`Colours of ${label}`}>
      {series.map(({ id, name, rows }, n) => (
        <li key={id === '' ? 'empty' : `value ${id}`}>
          <button
            type="button"
            className="legend-item"
            disabled={!canToggle || id.length > 1_000}
            title={`${name}: ${formatNoun(rows, 'row')}`}
            onClick={() => onToggle(id)}
          >
            <i className="swatch" style={{ background: seriesColour(n, series.length) }} />
            <span className={id === '' ? 'clip t3' : 'clip'}>
              <CellText text={name} width={150} />
            </span>
            <span className="num t3">{formatCount(rows)}</span>
          </button>
        </li>
      ))}
      {others > 0 && (
        <li className="legend-item" title={`${formatNoun(otherValues, 'other value')}: ${formatNoun(others, 'row')}`}>
          <i className="swatch" style={{ background: 'var(--series-other)' }} />
          <span className="clip">other</span>
          <span className="num t3">{formatCount(others)}</span>
        </li>
      )}
    </ul>
  )
}
