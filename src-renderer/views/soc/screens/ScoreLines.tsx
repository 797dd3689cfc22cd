import { useCallback, useMemo } from 'react'
import { TimeLines, type LineSeries, type TimePoint } from '../../../charts/TimeLines.tsx'
import { navigate } from '../../../state/route.ts'
import { setRange } from '../../../state/timeRange.ts'
import { num, text } from '../cellText.ts'
import { levelColour, levelName } from '../LevelMark.tsx'
import { hourFrom, toScores, type Leads } from '../marks.ts'
import type { Row } from '../usePanel.ts'

const HOUR_MS = 3_600_000
/** Scores go from 0 to 1. */
const SCORES = [0, 1] as const
const ALARMING = ['CRITICAL', 'HIGH', 'MEDIUM']
const LOOKS = [
  { colour: '--series-1', line: 'solid' },
  { colour: '--series-3', line: 'dashed' },
  { colour: '--series-5', line: 'dotted' },
] as const

/** What was scored of an address in the hour of a moment. */
const scoredIn = (ip: string, time: string): string =>
  toScores({ src_ip: ip, ...hourFrom(new Date(Math.floor(Date.parse(time) / HOUR_MS) * HOUR_MS).toISOString()) })
export const scoreLeads = (ip: string): Leads => ({
  anomaly_score: (row) => scoredIn(ip, text(row['detected_at'])),
})

/** Scores of an address over time, a line for each model; what was alarming is marked in the colour of its level. */
export function ScoreLines({ rows, ip }: { rows: readonly Row[]; ip: string }) {
  const points = useMemo<TimePoint[]>(
    () =>
      rows.flatMap((row) => {
        const value = num(row['anomaly_score'])
        if (value === null) return []
        const level = text(row['threat_level'])
        return [
          {
            ...{ time: text(row['detected_at']), value, series: text(row['model_name']) },
            note: `${levelName(level)} · ${text(row['host'])}`,
            ...(ALARMING.includes(level) ? { mark: levelColour(level) } : {}),
          },
        ]
      }),
    [rows],
  )
  const series = useMemo<LineSeries[]>(
    () =>
      [...new Set(points.map((point) => point.series))]
        .toSorted()
        .map((name, n) => ({ id: name, name, ...(LOOKS[n % LOOKS.length] ?? LOOKS[0]) })),
    [points],
  )
  const pick = useCallback(({ time }: TimePoint) => navigate(scoredIn(ip, time)), [ip])
  return (
    <div className="soc-chart">
      <div className="legend soc-legend">
        {series.map(({ id, name, colour }) => (
          <span key={id}>
            <i className="swatch" style={{ background: `var(${colour})` }} />
            {name}
          </span>
        ))}
      </div>
      <TimeLines points={points} series={series} noun="score" within={SCORES} onRange={setRange} onPick={pick} />
    </div>
  )
}
