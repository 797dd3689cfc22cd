import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { TimeBars } from '../../../charts/TimeBars.tsx'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { setRange } from '../../../state/timeRange.ts'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { Figures } from '../../../ui/Panel.tsx'
import { CampaignLinks } from '../CampaignLinks.tsx'
import { figureText, num, text } from '../cellText.ts'
import { CountedBars } from '../CountedBars.tsx'
import { Known } from '../Known.tsx'
import { hourFrom } from '../marks.ts'
import { levelName } from '../LevelMark.tsx'
import { Tile } from '../Tile.tsx'
import { usePanel, type Row } from '../usePanel.ts'
import { useOwnTime } from '../useOwnTime.ts'
import { usePartColumns } from '../usePartColumns.ts'

const HOUR_S = 3600
const DAY_S = 86_400
const ONE = [{ id: 'all', name: 'Detections', colour: '--series-1' }]

/** One campaign: how large, how bad, since when, by which handshake, from where, against whom, and who. */
export function CampaignDetail({ campaign, days }: { campaign: number; days: number }) {
  const params = { campaign, days }
  const profile = usePartColumns('campaign', 'profile')
  const none = <p>This campaign has no detections in this time. Look further back.</p>
  const time = useOwnTime(days * DAY_S)
  const detections = (more: object) => link.soc('detections', { campaign_id: campaign, ...time, ...more })
  const levels = (row: Row): string => detections({ threat_level: text(row['threat_level']) })
  const hosts = (row: Row): string => detections({ host: text(row['host']) })
  return (
    <>
      <CampaignFigures params={params} />
      <div className="soc-tiles soc-thirds soc-page soc-campaign">
        <Tile
          panel="campaign"
          part="timeline"
          params={params}
          chart
          className="soc-wide soc-drawn"
          empty={none}
          leads={{ detections: (row) => detections(hourFrom(text(row['hour']))) }}
          draw={(rows) => <Course rows={rows} campaign={campaign} />}
        />
        <Tile
          panel="campaignsGraph"
          part="nodes"
          params={params}
          title="Addresses and shared JA4s"
          chart
          className="soc-wide soc-drawn"
          empty={none}
          draw={(rows) => <CampaignLinks nodes={rows} params={params} />}
        />
        <Tile
          panel="cluster"
          part="ja4"
          params={params}
          empty={none}
          leads={{ sessions: (row) => detections({ ja4: text(row['ja4']) }) }}
        />
        <Tile
          panel="cluster"
          part="asn"
          params={params}
          empty={none}
          leads={{ sessions: (row) => detections({ asn_org: text(row['asn_org']) }) }}
        />
        <Tile
          panel="cluster"
          part="threats"
          params={params}
          chart
          leads={{ cnt: levels }}
          empty={none}
          draw={(rows) => (
            <CountedBars
              rows={rows}
              name="threat_level"
              count="cnt"
              noun="detections"
              label={levelName}
              href={levels}
            />
          )}
        />
        <Tile
          panel="cluster"
          part="hosts"
          params={params}
          chart
          leads={{ sessions: hosts }}
          empty={none}
          draw={(rows) => <CountedBars rows={rows} name="host" count="sessions" noun="detections" href={hosts} />}
        />
        <Tile
          panel="campaign"
          part="profile"
          params={params}
          className="soc-two-thirds"
          empty={none}
          draw={([row]) => <Known columns={profile} row={row} />}
        />
        <Tile
          panel="campaignsGraph"
          part="edges"
          params={params}
          title="Links"
          sub="addresses with the same JA4, up to 2,000"
          className="soc-full"
          empty={<p>No two addresses of this campaign show the same JA4 in this time.</p>}
        />
        <Tile
          panel="campaign"
          part="members"
          params={params}
          sub="lowest score first, up to 200"
          right={<a href={`#${detections({})}`}>All in Detections</a>}
          className="soc-full soc-long"
          empty={none}
        />
      </div>
    </>
  )
}

function CampaignFigures({ params }: { params: { campaign: number; days: number } }) {
  const { part } = usePanel('campaign', { parts: ['profile', 'members'], params })
  const [row, members] = [part('profile')?.rows[0], part('members')]
  if (!row) return null
  const figure = (column: string): ReactNode => figureText(row[column]) || <span className="t3">–</span>
  return (
    <Figures
      items={[
        { value: typeof members?.total === 'number' ? formatCount(members.total) : '–', noun: 'detections' },
        {
          value: figure('unique_ips'),
          noun: 'addresses',
          note: `in ${formatNoun(num(row['unique_asns']) ?? 0, 'network')}`,
        },
        { value: figure('unique_ja4'), noun: num(row['unique_ja4']) === 1 ? 'JA4' : 'JA4s' },
        {
          value: figure('unique_hosts'),
          noun: num(row['unique_hosts']) === 1 ? 'host' : 'hosts',
          note: text(row['host_list']),
        },
        { value: figure('avg_score'), noun: 'mean score', note: `highest ${figureText(row['max_score'])}` },
        { value: figure('avg_velocity'), noun: 'requests a second', note: 'on average' },
      ]}
    />
  )
}

function Course({ rows, campaign }: { rows: readonly Row[]; campaign: number }) {
  const bars = useMemo(
    () => rows.map((row) => ({ start: text(row['hour']), series: 'all', value: num(row['detections']) ?? 0 })),
    [rows],
  )
  return (
    <div className="soc-chart">
      <TimeBars
        bars={bars}
        series={ONE}
        bucketSeconds={HOUR_S}
        noun="detection"
        onRange={setRange}
        onPick={({ start }) =>
          navigate(
            link.soc('detections', {
              campaign_id: campaign,
              ...hourFrom(start),
            }),
          )
        }
      />
    </div>
  )
}
