import { useCallback, useMemo } from 'react'
import { DotPlot, type Dot, type DotSeries } from '../../../charts/DotPlot.tsx'
import { ValueBars } from '../../../charts/ValueBars.tsx'
import { link } from '../../../state/places.ts'
import { navigate, setParams, useRoute } from '../../../state/route.ts'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { num, text } from '../cellText.ts'
import { featureTitle } from '../featureTitles.ts'
import { toBand, toBucket } from '../marks.ts'
import { Tile } from '../Tile.tsx'
import type { Row } from '../usePanel.ts'

const AXES = [
  'hit_velocity',
  'fuzzing_index',
  'post_ratio',
  'asset_ratio',
  'direct_access_ratio',
  'temporal_entropy',
  'path_diversity_ratio',
  'modern_browser_score',
  'header_count',
  'distinct_ja4_count',
  'src_port_density',
  'hits',
]
const DISTRIBUTED = [
  'hit_velocity',
  'fuzzing_index',
  'post_ratio',
  'asset_ratio',
  'temporal_entropy',
  'path_diversity_ratio',
]

/** Sessions of the last hour: each as a dot, and how often each value of a feature comes. */
export function SessionTiles() {
  const { params } = useRoute()
  const chosen = (name: string, values: readonly string[], plain: string): string =>
    values.find((one) => one === params.get(name)) ?? plain
  const x = chosen('across', AXES, 'temporal_entropy')
  const y = chosen('up', AXES, 'modern_browser_score')
  const feature = chosen('spread', DISTRIBUTED, 'asset_ratio')
  return (
    <div className="soc-tiles soc-thirds soc-fill">
      <Tile
        panel="behavior"
        part="scatter"
        sub="the 500 busiest of the last hour; larger: more requests"
        chart
        className="soc-two-thirds"
        right={
          <span className="soc-axes">
            <Choice label="Across" value={x} values={AXES} onChange={(across) => setParams({ across })} />
            <Choice label="Up" value={y} values={AXES} onChange={(up) => setParams({ up })} />
          </span>
        }
        draw={(rows) => <Sessions rows={rows} x={x} y={y} />}
      />
      <Tile
        panel="behavior"
        part="distributions"
        title="Distribution"
        chart
        right={
          <span className="soc-axes">
            <Choice label="Feature" value={feature} values={DISTRIBUTED} onChange={(spread) => setParams({ spread })} />
          </span>
        }
        leads={{ cnt: toBucket }}
        draw={(rows) => <Distribution rows={rows} feature={feature} />}
      />
    </div>
  )
}

type ChoiceProps = { label: string; value: string; values: readonly string[]; onChange: (value: string) => void }

const Choice = ({ label, value, values, onChange }: ChoiceProps) => (
  <select
    className="text-field"
    aria-label={label}
    title={label}
    value={value}
    onChange={(event) => onChange(event.target.value)}
  >
    {values.map((one) => (
      <option key={one} value={one}>
        {featureTitle(one)}
      </option>
    ))}
  </select>
)

const SERIES: readonly DotSeries[] = [
  { id: 'isp', name: 'ISP', colour: '--series-3', shape: 'circle' },
  { id: 'server', name: 'Data centre, hosting', colour: '--series-2', shape: 'triangle' },
  { id: 'bot', name: 'Known bot', colour: '--series-4', shape: 'rect' },
  { id: 'other', name: 'Other', colour: '--series-other', shape: 'diamond' },
]

const seriesOf = (row: Row): string => {
  if (text(row['bot_name']) !== '') return 'bot'
  const label = text(row['asn_label'])
  return label === 'isp' ? 'isp' : ['datacenter', 'hosting'].includes(label) ? 'server' : 'other'
}

function Sessions({ rows, x, y }: { rows: readonly Row[]; x: string; y: string }) {
  const dots = useMemo<Dot[]>(
    () =>
      rows.flatMap((row) => {
        const [across, up, hits] = [num(row[x]), num(row[y]), num(row['hits']) ?? 0]
        if (across === null || up === null) return []
        const bot = text(row['bot_name'])
        return [
          {
            ...{ x: across, y: up, size: hits, series: seriesOf(row), label: text(row['src_ip']) },
            notes: [formatNoun(hits, 'request'), ...(bot === '' ? [] : [bot])],
          },
        ]
      }),
    [rows, x, y],
  )
  const shown = useMemo(() => SERIES.filter(({ id }) => dots.some(({ series }) => series === id)), [dots])
  const pick = useCallback(({ label }: Dot) => navigate(link.socAddress(label)), [])
  return (
    <div className="soc-chart">
      <div className="legend soc-legend">
        {shown.map(({ id, name, colour }) => (
          <span key={id}>
            <i className="swatch" style={{ background: `var(${colour})` }} />
            {name} <span className="t3">{dots.filter(({ series }) => series === id).length}</span>
          </span>
        ))}
      </div>
      <DotPlot dots={dots} series={shown} x={featureTitle(x)} y={featureTitle(y)} onPick={pick} />
    </div>
  )
}

function Distribution({ rows, feature }: { rows: readonly Row[]; feature: string }) {
  const values = useMemo(
    () =>
      rows.flatMap((row) => {
        const value = text(row['feature']) === feature ? num(row['bucket']) : null
        return value === null ? [] : [{ value, count: num(row['cnt']) ?? 0 }]
      }),
    [rows, feature],
  )
  const pick = useCallback((least: number, most: number) => navigate(toBand(feature, least, most)), [feature])
  return (
    <div className="soc-chart">
      <ValueBars values={values} noun="session" onPick={pick} />
    </div>
  )
}
