import { useMemo } from 'react'
import { TimeBars } from '../../../charts/TimeBars.tsx'
import { navigate } from '../../../state/route.ts'
import { setRange } from '../../../state/timeRange.ts'
import { formatCount } from '../../../ui/formatNumber.ts'
import { num, text } from '../cellText.ts'
import { CountedBars } from '../CountedBars.tsx'
import { byLevel, levelName } from '../LevelMark.tsx'
import { cycleLeads, hourFrom, toScores, type Leads } from '../marks.ts'
import { MeasureLines } from '../MeasureLines.tsx'
import { Tile } from '../Tile.tsx'
import { useOwnTime } from '../useOwnTime.ts'
import type { Row } from '../usePanel.ts'
import '../socModels.css'

const HOUR_S = 3600
const WEEK_S = 7 * 86_400
const COLOURS = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5'] as const
const DRIFT = { column: 'drift_alert', name: 'Drift alert' }

const scored: Leads = {
  cnt: (row) => toScores({ model_name: text(row['model_name']), ...hourFrom(text(row['hour'])) }),
}

/** What the models score, how severe they find it, and whether they still fit the traffic. */
export function ModelsScreen() {
  // Scores look back three days by themselves; models count a week.
  const time = useOwnTime(WEEK_S)
  const levels = (row: Row): string =>
    toScores({ model_name: text(row['model_name']), threat_level: text(row['threat_level']), ...time })
  return (
    <div className="soc-tiles soc-halves soc-page">
      <Tile
        panel="modelsTimeline"
        part="rows"
        chart
        className="soc-full soc-drawn"
        empty={<p>No model scored anything in this time.</p>}
        leads={scored}
        draw={(rows) => <Scored rows={rows} />}
      />
      <Tile
        panel="models"
        part="scoring"
        empty={<p>No model scored anything in this time.</p>}
        leads={{ scored: (row) => toScores({ model_name: text(row['model_name']), ...time }) }}
      />
      <Tile
        panel="modelsThreats"
        part="rows"
        sub="sessions"
        empty={<p>No model scored anything in this time.</p>}
        chart
        leads={{ cnt: levels }}
        draw={(rows) => <Levels rows={rows} href={levels} />}
      />
      <Tile
        panel="health"
        part="metrics"
        title="Drift"
        sub="rate of a cycle, %"
        chart
        className="soc-drawn"
        leads={cycleLeads}
        draw={(rows) => (
          <MeasureLines rows={rows} time="cycle_at" value="drift_rate" factor={100} noun="drift, %" alert={DRIFT} />
        )}
      />
      <Tile
        panel="health"
        part="metrics"
        title="Latency"
        sub="of a cycle, ms"
        chart
        className="soc-drawn"
        leads={cycleLeads}
        draw={(rows) => <MeasureLines rows={rows} time="cycle_at" value="cycle_latency_ms" noun="latency, ms" />}
      />
    </div>
  )
}

function Scored({ rows }: { rows: readonly Row[] }) {
  const bars = useMemo(
    () =>
      rows.map((row) => ({ start: text(row['hour']), series: text(row['model_name']), value: num(row['cnt']) ?? 0 })),
    [rows],
  )
  const series = useMemo(
    () =>
      [...new Set(bars.map((bar) => bar.series))]
        .toSorted()
        .map((id, n) => ({ id, name: id, colour: COLOURS[n] ?? '--series-other' })),
    [bars],
  )
  const sum = (id: string, column: string): number =>
    rows.reduce((all, row) => (text(row['model_name']) === id ? all + (num(row[column]) ?? 0) : all), 0)
  return (
    <div className="soc-chart">
      <div className="legend soc-legend">
        {series.map(({ id, name, colour }) => (
          <span key={id}>
            <i className="swatch" style={{ background: `var(${colour})` }} />
            {name}{' '}
            <span className="t3">
              {formatCount(sum(id, 'cnt'))}, {formatCount(sum(id, 'anomalies'))} high or critical
            </span>
          </span>
        ))}
      </div>
      <TimeBars
        bars={bars}
        series={series}
        bucketSeconds={HOUR_S}
        noun="session"
        onRange={setRange}
        onPick={({ start, series: model }) => navigate(toScores({ model_name: model, ...hourFrom(start) }))}
      />
    </div>
  )
}

/** Bars of each model under its name. */
function Levels({ rows, href }: { rows: readonly Row[]; href: (row: Row) => string }) {
  return (
    <div className="soc-levels">
      {[...Map.groupBy(rows, (row) => text(row['model_name']))].map(([model, of]) => (
        <section key={model} aria-label={model}>
          <h3>{model}</h3>
          <CountedBars
            rows={of.toSorted((a, b) => byLevel(text(a['threat_level']), text(b['threat_level'])))}
            name="threat_level"
            count="cnt"
            noun="sessions"
            label={levelName}
            href={href}
          />
        </section>
      ))}
    </div>
  )
}
