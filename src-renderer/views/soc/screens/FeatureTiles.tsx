import { useMemo } from 'react'
import { RadarPlot, type RadarSeries } from '../../../charts/RadarPlot.tsx'
import { Bars } from '../../../ui/Bars.tsx'
import { figureOf } from '../../../ui/figureOf.ts'
import { formatCount } from '../../../ui/formatNumber.ts'
import { num, text } from '../cellText.ts'
import { featureTitle } from '../featureTitles.ts'
import { Tile } from '../Tile.tsx'
import type { Row } from '../usePanel.ts'

/** By which features people and bots differ, and which spoke for detections. */
export const FeatureTiles = () => (
  <div className="soc-tiles soc-thirds soc-fill">
    <Tile
      panel="features"
      part="averages"
      sub="last hour; each axis to its largest value"
      chart
      className="soc-wide"
      draw={(rows) => <Profiles rows={rows} />}
    />
    <Tile
      panel="features"
      part="importance"
      sub="mean weight in the newest 500 reasons"
      className="soc-wide"
      draw={(rows) => <Weights rows={rows} value="importance" noun="mean weight" />}
    />
    <Tile
      panel="features"
      part="variance"
      sub="over sessions of the last hour"
      className="soc-wide"
      draw={(rows) => <Weights rows={rows} value="variance" noun="variance" />}
    />
    <Tile
      panel="features"
      part="addresses"
      sub="over all their JA4s and hosts, last hour"
      className="soc-wide"
      draw={(rows) => <Averages rows={rows} />}
    />
  </div>
)

function Profiles({ rows }: { rows: readonly Row[] }) {
  const features = useMemo(() => rows.filter((row) => text(row['feature']) !== 'sessions'), [rows])
  const counts = rows.find((row) => text(row['feature']) === 'sessions')
  const axes = useMemo(() => features.map((row) => featureTitle(text(row['feature']))), [features])
  const series = useMemo<RadarSeries[]>(
    () => [
      {
        ...{ name: 'People (ISP)', colour: '--series-3', line: 'dashed' },
        values: features.map((row) => num(row['human'])),
      },
      {
        ...{ name: 'Bots (data centre, hosting)', colour: '--series-2', line: 'solid', filled: true },
        values: features.map((row) => num(row['bot'])),
      },
    ],
    [features],
  )
  return (
    <div className="soc-chart">
      <div className="legend soc-legend">
        <span>
          <i className="swatch" style={{ background: 'var(--series-3)' }} />
          People (ISP) <span className="t3">{formatCount(num(counts?.['human']) ?? 0)} sessions</span>
        </span>
        <span>
          <i className="swatch" style={{ background: 'var(--series-2)' }} />
          Bots (data centre, hosting) <span className="t3">{formatCount(num(counts?.['bot']) ?? 0)} sessions</span>
        </span>
      </div>
      <RadarPlot axes={axes} series={series} />
    </div>
  )
}

function Weights({ rows, value, noun }: { rows: readonly Row[]; value: string; noun: string }) {
  return (
    <div className="soc-bars">
      <Bars
        noun={noun}
        barWidth={140}
        numberWidth={110}
        format={figureOf}
        items={rows.map((row) => {
          const feature = text(row['feature'])
          const times = num(row['occurrences'])
          return {
            key: feature,
            label: (
              <>
                {featureTitle(feature)}
                {times !== null && <span className="t3"> in {formatCount(times)}</span>}
              </>
            ),
            title: feature,
            value: num(row[value]) ?? 0,
          }
        })}
      />
    </div>
  )
}

const Averages = ({ rows }: { rows: readonly Row[] }) => (
  <dl className="soc-known">
    {rows.map((row) => {
      const average = num(row['average'])
      return (
        <div key={text(row['feature'])}>
          <dt className="t2" title={text(row['feature'])}>
            {featureTitle(text(row['feature']))}
          </dt>
          <dd className="figure">{average === null ? '–' : figureOf(average)}</dd>
        </div>
      )
    })}
  </dl>
)
