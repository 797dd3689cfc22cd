import { useCallback, useMemo } from 'react'
import { TimeLines, type LineSeries, type TimePoint } from '../../charts/TimeLines.tsx'
import { navigate } from '../../state/route.ts'
import { setRange } from '../../state/timeRange.ts'
import { num, text } from './cellText.ts'
import { toCycle } from './marks.ts'
import type { Row } from './usePanel.ts'

const LOOKS = [
  { colour: '--series-1', line: 'solid' },
  { colour: '--series-2', line: 'dashed' },
  { colour: '--series-4', line: 'dotted' },
] as const

type MeasureLinesProps = {
  rows: readonly Row[]
  /** Columns of the moment and of the value. */
  time: string
  value: string
  noun: string
  /** 100: shares are shown in percent. */
  factor?: number
  /** A flag that marks a point, and what it means. */
  alert?: { column: string; name: string }
}

/** One measure of each model over time. Drag over it to narrow the time; a point leads to what its cycle scored. */
export function MeasureLines({ rows, time, value, noun, factor = 1, alert }: MeasureLinesProps) {
  const points = useMemo<TimePoint[]>(
    () =>
      rows.flatMap((row) => {
        const measured = num(row[value])
        if (measured === null) return []
        const alarming = alert !== undefined && row[alert.column] === true
        return [
          {
            ...{ time: text(row[time]), value: measured * factor, series: text(row['model_name']) },
            note: alarming ? `${text(row['model_name'])}: ${alert.name}` : text(row['model_name']),
            ...(alarming ? { mark: '--sev-critical-fill' } : {}),
          },
        ]
      }),
    [rows, time, value, factor, alert],
  )
  const series = useMemo<LineSeries[]>(
    () =>
      [...new Set(points.map((point) => point.series))]
        .toSorted()
        .map((name, n) => ({ id: name, name, ...(LOOKS[n % LOOKS.length] ?? LOOKS[0]) })),
    [points],
  )
  const pick = useCallback(
    (point: TimePoint) => {
      const row = rows.find((one) => text(one[time]) === point.time && text(one['model_name']) === point.series)
      if (row) navigate(toCycle(row, rows))
    },
    [rows, time],
  )
  const alerts = points.filter(({ mark }) => mark !== undefined).length
  return (
    <div className="soc-chart">
      <div className="legend soc-legend">
        {series.map(({ id, name, colour, line }) => (
          <span key={id}>
            <i className="swatch" style={{ background: `var(${colour})` }} />
            {name} <span className="t3">{line}</span>
          </span>
        ))}
        {alert && (
          <span>
            <i className="swatch" style={{ background: 'var(--sev-critical-fill)' }} />
            {alert.name} <span className="t3">{alerts}</span>
          </span>
        )}
      </div>
      <TimeLines points={points} series={series} noun={noun} onRange={setRange} onPick={pick} />
    </div>
  )
}
