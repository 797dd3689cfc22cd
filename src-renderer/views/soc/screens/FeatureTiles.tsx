import { useCallback, useMemo } from 'react'
import { RadarPlot, type RadarSeries } from '../../../charts/RadarPlot.tsx'
import { navigate } from '../../../state/route.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { figureOf } from '../../../ui/figureOf.ts'
import { formatCount } from '../../../ui/formatNumber.ts'
import { num, text } from '../cellText.ts'
import { featureTitle } from '../featureTitles.ts'
import { MACHINES, PEOPLE, toDetections, toSessions, type Leads } from '../marks.ts'
import { Tile } from '../Tile.tsx'
import type { Row } from '../usePanel.ts'

/** Sessions of everybody, of people or of machines, those with most of a feature first. */
const sessionsBy = (row: Row, asn_label?: string): string => {
  const feature = text(row['feature'])
  return toSessions({ asn_label, ...(feature === 'sessions' || feature === 'addresses' ? {} : { sort: feature }) })
}
const weighed = (row: Row): string => toDetections({ feature: text(row['feature']) })
const averageLeads: Leads = {
  average: (row) => sessionsBy(row),
  human: (row) => sessionsBy(row, PEOPLE),
  bot: (row) => sessionsBy(row, MACHINES),
}

/** By which features people and bots differ, and which spoke for detections. */
export const FeatureTiles = () => (
  <div className="soc-tiles soc-thirds soc-fill">
    <Tile
      panel="features"
      part="averages"
      sub="last hour; each axis to its largest value"
      chart
      className="soc-wide"
      leads={averageLeads}
      draw={(rows) => <Profiles rows={rows} />}
    />
    <Tile
      panel="features"
      part="importance"
      sub="mean weight in the newest 500 reasons"
      className="soc-wide"
      chart
      leads={{ importance: weighed, occurrences: weighed }}
      draw={(rows) => <Weights rows={rows} value="importance" noun="mean weight" href={weighed} />}
    />
    <Tile
      panel="features"
      part="variance"
      sub="over sessions of the last hour"
      className="soc-wide"
      chart
      leads={{ variance: (row) => sessionsBy(row) }}
      draw={(rows) => <Weights rows={rows} value="variance" noun="variance" href={sessionsBy} />}
    />
    <Tile
      panel="features"
      part="addresses"
      sub="over all their JA4s and hosts, last hour"
      className="soc-wide"
      leads={averageLeads}
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
  const pick = useCallback(
    (of: number, axis: number) => {
      const row = features[axis]
      if (row) navigate(sessionsBy(row, of === 0 ? PEOPLE : MACHINES))
    },
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
      <RadarPlot axes={axes} series={series} onPick={pick} />
    </div>
  )
}

type WeightsProps = { rows: readonly Row[]; value: string; noun: string; href: (row: Row) => string }

function Weights({ rows, value, noun, href }: WeightsProps) {
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
            href: href(row),
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
          <dd className="figure">{average === null ? '–' : <a href={`#${sessionsBy(row)}`}>{figureOf(average)}</a>}</dd>
        </div>
      )
    })}
  </dl>
)
