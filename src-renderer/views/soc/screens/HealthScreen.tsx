import type { ReactNode } from 'react'
import { formatPercent } from '../../../ui/formatNumber.ts'
import { Figures } from '../../../ui/Panel.tsx'
import { figureText, num } from '../cellText.ts'
import { cycleLeads } from '../marks.ts'
import { MeasureLines } from '../MeasureLines.tsx'
import { useSoc } from '../soc.ts'
import { Tile } from '../Tile.tsx'
import { usePanel } from '../usePanel.ts'
import '../socModels.css'

const DRIFT = { column: 'drift_alert', name: 'Drift alert' }

/** How the pipeline fares: cycles, what they found, how long they took; and what else looks after health. */
export function HealthScreen() {
  const { panels } = useSoc()
  return (
    <>
      <HealthFigures />
      <div className="soc-tiles soc-halves soc-page">
        <Tile panel="health" part="latest" className="soc-full" leads={cycleLeads} />
        <Tile
          panel="health"
          part="metrics"
          title="Anomalous sessions"
          sub="share of a cycle, %"
          chart
          className="soc-drawn"
          leads={cycleLeads}
          draw={(rows) => (
            <MeasureLines
              rows={rows}
              time="cycle_at"
              value="anomaly_rate"
              factor={100}
              noun="anomalous, %"
              alert={DRIFT}
            />
          )}
        />
        <Tile
          panel="health"
          part="metrics"
          title="Features that are valid"
          sub="of those of a model"
          chart
          className="soc-drawn"
          leads={cycleLeads}
          draw={(rows) => <MeasureLines rows={rows} time="cycle_at" value="features_valid" noun="valid features" />}
        />
        <Tile
          panel="health"
          part="metrics"
          sub="newest first, up to 500"
          className="soc-full soc-long"
          leads={cycleLeads}
        />
        {panels
          .filter(({ id, screen }) => screen === 'health' && id !== 'health')
          .flatMap(({ id, parts }) =>
            parts.map(({ name }) => <Tile key={`${id} ${name}`} panel={id} part={name} className="soc-full" />),
          )}
      </div>
    </>
  )
}

function HealthFigures() {
  const { part } = usePanel('health', { parts: ['averages'] })
  const row = part('averages')?.rows[0]
  if (!row || num(row['cycles']) === 0) return null
  const rate = num(row['avg_anomaly_rate'])
  const unknown: ReactNode = <span className="t3">–</span>
  return (
    <Figures
      items={[
        { value: figureText(row['cycles']) || unknown, noun: 'cycles', note: 'the newest, up to 500' },
        { value: rate === null ? unknown : formatPercent(rate), noun: 'anomalous', note: 'on average' },
        { value: figureText(row['avg_latency_ms']) || unknown, noun: 'ms a cycle', note: 'on average' },
        { value: figureText(row['drift_alerts']) || unknown, noun: 'drift alerts' },
      ]}
    />
  )
}
