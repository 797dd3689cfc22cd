import { useCallback, useMemo } from 'react'
import { RadarPlot, type RadarSeries } from '../../../charts/RadarPlot.tsx'
import { navigate } from '../../../state/route.ts'
import { num, text } from '../cellText.ts'
import { featureTitle } from '../featureTitles.ts'
import { MACHINES, PEOPLE, toSessions, type Leads } from '../marks.ts'
import type { Row } from '../usePanel.ts'

const WHO = [
  { column: 'address', name: 'This address', colour: '--series-1', line: 'solid' },
  { column: 'isp', name: 'ISP', colour: '--series-3', line: 'dashed' },
  { column: 'bot', name: 'Data centre, hosting', colour: '--series-2', line: 'dotted' },
] as const

/** The sessions behind a profile, those with most of a feature first. */
const sessionsOf = (column: string, ip: string, feature: string): string =>
  toSessions({
    ...(column === 'address' ? { src_ip: ip } : { asn_label: column === 'isp' ? PEOPLE : MACHINES }),
    sort: feature,
  })
export const radarLeads = (ip: string): Leads =>
  Object.fromEntries(WHO.map(({ column }) => [column, (row: Row) => sessionsOf(column, ip, text(row['feature']))]))

/** An address against what people at home and data centres do on average. */
export function AddressRadar({ rows, ip }: { rows: readonly Row[]; ip: string }) {
  const axes = useMemo(() => rows.map((row) => featureTitle(text(row['feature']))), [rows])
  const series = useMemo<(RadarSeries & { column: string; known: boolean })[]>(
    () =>
      WHO.map(({ column, name, colour, line }) => {
        const values = rows.map((row) => num(row[column]))
        return {
          ...{ column, name, colour, line, values },
          filled: column === 'address',
          known: values.some((v) => v !== null),
        }
      }),
    [rows],
  )
  const shown = useMemo(() => series.filter(({ known }) => known), [series])
  const pick = useCallback(
    (of: number, axis: number) => {
      const [column, feature] = [shown[of]?.column, rows[axis]?.['feature']]
      if (column !== undefined) navigate(sessionsOf(column, ip, text(feature)))
    },
    [shown, rows, ip],
  )
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
      <RadarPlot axes={axes} series={shown} onPick={pick} />
    </div>
  )
}
