import { useMemo } from 'react'
import { RadarPlot, type RadarSeries } from '../../../charts/RadarPlot.tsx'
import { num, text } from '../cellText.ts'
import { featureTitle } from '../featureTitles.ts'
import type { Row } from '../usePanel.ts'

const WHO = [
  { column: 'address', name: 'This address', colour: '--series-1', line: 'solid' },
  { column: 'isp', name: 'ISP', colour: '--series-3', line: 'dashed' },
  { column: 'bot', name: 'Data centre, hosting', colour: '--series-2', line: 'dotted' },
] as const

/** An address against what people at home and data centres do on average. */
export function AddressRadar({ rows }: { rows: readonly Row[] }) {
  const axes = useMemo(() => rows.map((row) => featureTitle(text(row['feature']))), [rows])
  const series = useMemo<(RadarSeries & { known: boolean })[]>(
    () =>
      WHO.map(({ column, name, colour, line }) => {
        const values = rows.map((row) => num(row[column]))
        return {
          ...{ name, colour, line, values },
          filled: column === 'address',
          known: values.some((v) => v !== null),
        }
      }),
    [rows],
  )
  const shown = useMemo(() => series.filter(({ known }) => known), [series])
  return (
    <div className="soc-chart">
      <div className="legend soc-legend">
        {series.map(({ name, colour, known }) => (
          <span key={name} className={known ? undefined : 't3'}>
            <i className="swatch" style={{ background: `var(${colour})` }} />
            {name}
            {!known && ': nothing in the last hour'}
          </span>
        ))}
      </div>
      <RadarPlot axes={axes} series={shown} />
    </div>
  )
}
