import { useMemo } from 'react'
import { TimeBars } from '../../../charts/TimeBars.tsx'
import { navigate } from '../../../state/route.ts'
import { setRange } from '../../../state/timeRange.ts'
import { formatCount } from '../../../ui/formatNumber.ts'
import { num, text } from '../cellText.ts'
import { byLevel, levelColour, levelName } from '../LevelMark.tsx'
import { hourFrom, toDetections, type Leads } from '../marks.ts'
import type { Row } from '../usePanel.ts'

const HOUR_S = 3600

const detected = (start: string, threat_level: string): string => toDetections({ threat_level, ...hourFrom(start) })
export const levelLeads: Leads = { cnt: (row) => detected(text(row['hour']), text(row['threat_level'])) }

/** Detections of each hour by threat level; a bar leads to its detections, dragging narrows the time. */
export function LevelTimeline({ rows }: { rows: readonly Row[] }) {
  const bars = useMemo(
    () =>
      rows.map((row) => ({ start: text(row['hour']), series: text(row['threat_level']), value: num(row['cnt']) ?? 0 })),
    [rows],
  )
  const series = useMemo(
    () =>
      [...new Set(bars.map((bar) => bar.series))]
        .toSorted(byLevel)
        .map((id) => ({ id, name: levelName(id), colour: levelColour(id) })),
    [bars],
  )
  return (
    <div className="soc-chart">
      <div className="legend soc-legend">
        {series.map(({ id, name, colour }) => (
          <span key={id}>
            <i className="swatch" style={{ background: `var(${colour})` }} />
            {name}{' '}
            <span className="t3">
              {formatCount(bars.filter((bar) => bar.series === id).reduce((sum, { value }) => sum + value, 0))}
            </span>
          </span>
        ))}
      </div>
      <TimeBars
        bars={bars}
        series={series}
        bucketSeconds={HOUR_S}
        noun="detection"
        onRange={setRange}
        onPick={({ start, series: level }) => navigate(detected(start, level))}
      />
    </div>
  )
}
