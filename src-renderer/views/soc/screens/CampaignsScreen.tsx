import { useMemo } from 'react'
import { DotPlot, type Dot } from '../../../charts/DotPlot.tsx'
import { link } from '../../../state/places.ts'
import { navigate, setParams, useRoute } from '../../../state/route.ts'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { Segmented } from '../../../ui/Segmented.tsx'
import { num, text } from '../cellText.ts'
import { CampaignLinks } from '../CampaignLinks.tsx'
import { byLevel, levelColour, levelName } from '../LevelMark.tsx'
import { toDetections } from '../marks.ts'
import { useSoc } from '../soc.ts'
import { Tile } from '../Tile.tsx'
import { useOwnTime } from '../useOwnTime.ts'
import type { Row } from '../usePanel.ts'
import { CampaignDetail } from './CampaignDetail.tsx'
import '../socModels.css'

const DAY_S = 86_400
const DAYS = ['1', '7', '30', '90'] as const

/** Detections that belong together: all campaigns, or the one that the URL names. */
export function CampaignsScreen() {
  const { params } = useRoute()
  const { range } = useSoc()
  const campaign = Number(params.get('campaign') ?? Number.NaN)
  const days = DAYS.find((one) => one === params.get('days')) ?? '7'
  const asked = { days: Number(days) }
  const time = useOwnTime(asked.days * DAY_S)
  const ranged = Object.keys(range).length > 0
  const opened = Number.isInteger(campaign) && campaign >= 0
  return (
    <>
      <div className="soc-head">
        {opened && (
          <>
            <a href={`#${link.soc('campaigns', { days: days === '7' ? null : days })}`}>All campaigns</a>
            <h2>Campaign #{campaign}</h2>
            <a href={`#${toDetections({ campaign_id: campaign, ...time })}`}>Its detections</a>
          </>
        )}
        <span className="spring" />
        {ranged ? (
          <span className="t2 sm">In the time range above</span>
        ) : (
          <Segmented
            label="How far back"
            options={DAYS.map((value) => ({ value, label: formatNoun(Number(value), 'day') }))}
            value={days}
            onChange={(value) => setParams({ days: value === '7' ? null : value }, { replace: false })}
          />
        )}
      </div>
      {opened ? <CampaignDetail campaign={campaign} days={asked.days} /> : <Campaigns asked={asked} />}
    </>
  )
}

const Campaigns = ({ asked }: { asked: { days: number } }) => (
  <div className="soc-tiles soc-halves soc-page soc-campaigns">
    <Tile
      panel="campaignsGraph"
      part="nodes"
      params={asked}
      title="Links in campaigns"
      sub="lines: the same JA4"
      chart
      className="soc-drawn"
      empty={<p>No campaign in this time.</p>}
      draw={(rows) => <CampaignLinks nodes={rows} params={asked} />}
    />
    <Tile
      panel="campaignsScatter"
      part="rows"
      params={asked}
      sub="area: addresses"
      chart
      className="soc-drawn"
      empty={<p>No campaign in this time.</p>}
      draw={(rows) => <Pace rows={rows} />}
    />
    <Tile
      panel="campaigns"
      part="rows"
      params={asked}
      sub="largest first, up to 50"
      className="soc-full soc-long"
      empty={<p>No campaign in this time. Look further back, or at the detections one by one.</p>}
    />
  </div>
)

/** Campaigns by score and pace; colours and shapes by level. */
function Pace({ rows }: { rows: readonly Row[] }) {
  const dots = useMemo<(Dot & { campaign: number })[]>(
    () =>
      rows.flatMap((row) => {
        const [x, y, campaign] = [num(row['avg_velocity']), num(row['avg_score']), num(row['campaign_id'])]
        if (x === null || y === null || campaign === null) return []
        return [
          {
            ...{ x, y, campaign, size: num(row['unique_ips']) ?? 1, series: text(row['threat']) },
            label: `Campaign #${campaign}`,
            notes: [
              formatNoun(num(row['unique_ips']) ?? 0, 'address', 'addresses'),
              formatNoun(num(row['total_hits']) ?? 0, 'hit'),
              text(row['asn_list']),
            ],
          },
        ]
      }),
    [rows],
  )
  const series = useMemo(
    () =>
      [...new Set(dots.map((dot) => dot.series))]
        .toSorted(byLevel)
        .map((id, n) => ({ id, name: levelName(id), colour: levelColour(id), shape: SHAPES[n % 4] ?? 'circle' })),
    [dots],
  )
  return (
    <div className="soc-chart">
      <div className="legend soc-legend">
        {series.map(({ id, name, colour }) => (
          <span key={id}>
            <i className="swatch" style={{ background: `var(${colour})` }} />
            {name} <span className="t3">{dots.filter((dot) => dot.series === id).length}</span>
          </span>
        ))}
      </div>
      <DotPlot
        dots={dots}
        series={series}
        x="Mean requests a second"
        y="Mean score"
        onPick={(picked) => {
          const campaign = dots.find((dot) => dot === picked)?.campaign
          if (campaign !== undefined) navigate(link.soc('campaigns', { campaign }))
        }}
      />
    </div>
  )
}

const SHAPES = ['circle', 'diamond', 'triangle', 'rect'] as const
