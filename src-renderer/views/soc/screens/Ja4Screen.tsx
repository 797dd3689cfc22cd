import { useMemo } from 'react'
import { TimeBars } from '../../../charts/TimeBars.tsx'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { setRange } from '../../../state/timeRange.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { num, text } from '../cellText.ts'
import { Known } from '../Known.tsx'
import { levelName } from '../LevelMark.tsx'
import { hourFrom, toScores } from '../marks.ts'
import type { ScreenProps } from '../screens.ts'
import { Investigate, Subject } from '../Subject.tsx'
import { Tile } from '../Tile.tsx'
import { useOwnTime } from '../useOwnTime.ts'
import { usePanel, type Row } from '../usePanel.ts'
import { usePartColumns } from '../usePartColumns.ts'
import '../socAddress.css'

const HOUR_S = 3600
const WEEK_S = 7 * 86_400

/** All that is known of one TLS fingerprint. */
export function Ja4Screen({ opened }: ScreenProps) {
  const ja4 = opened ?? ''
  const params = useMemo(() => ({ ja4 }), [ja4])
  const profile = usePartColumns('ja4', 'profile')
  const week = useOwnTime(WEEK_S)
  if (ja4 === '')
    return (
      <EmptyState title="Which JA4?" action={<Investigate />}>
        Who uses it, how the models scored it, and where it stands in the hunts.
      </EmptyState>
    )
  return (
    <>
      <Subject type="ja4" value={ja4}>
        <InShort ja4={ja4} />
      </Subject>
      <div className="soc-tiles soc-thirds soc-page">
        <Tile
          panel="ja4"
          part="timeline"
          params={params}
          sub="scored, last 3 days unless a time is set"
          chart
          className="soc-two-thirds soc-drawn"
          leads={{ sessions: (row) => toScores({ ja4, ...hourFrom(text(row['hour'])) }) }}
          draw={(rows) => <Sessions rows={rows} ja4={ja4} />}
        />
        <Tile
          panel="ja4"
          part="threats"
          params={params}
          sub="scored sessions"
          chart
          leads={{ cnt: (row) => toScores({ ja4, threat_level: text(row['threat_level']), ...week }) }}
          draw={(rows) => <Levels rows={rows} ja4={ja4} />}
        />
        <Tile
          panel="ja4"
          part="profile"
          params={params}
          sub="scored sessions of 7 days unless a time is set"
          className="soc-full"
          draw={([row]) => <Known columns={profile} row={row} />}
        />
        <Tile
          panel="ja4"
          part="detections"
          params={params}
          sub="the newest 500"
          className="soc-full"
          right={<a href={`#${link.soc('detections', { ja4 })}`}>All detections</a>}
        />
        <Tile
          panel="ja4"
          part="requests"
          params={params}
          sub="the newest 200"
          className="soc-full"
          right={<a href={`#${link.soc('traffic', { ja4 })}`}>All requests</a>}
        />
        <Tile panel="ja4" part="features" params={params} sub="the 20 busiest" className="soc-full" />
        <Tile
          panel="ja4"
          part="scores"
          params={params}
          sub="the newest 500"
          className="soc-full"
          right={<a href={`#${link.soc('detections', { ja4, show: 'scores' })}`}>All scores</a>}
        />
      </div>
    </>
  )
}

function InShort({ ja4 }: { ja4: string }) {
  const { part } = usePanel('ja4', { parts: ['profile'], params: { ja4 } })
  const answer = part('profile')
  const row = answer?.rows[0]
  if (answer?.failure) return <span className="bad sm clip">{answer.failure.message}</span>
  if (!row) return null
  const sessions = num(row['total_sessions']) ?? 0
  if (sessions === 0) return <span className="t2">Not scored in this time</span>
  return (
    <span className="t2">
      {formatNoun(sessions, 'session')} of {formatNoun(num(row['unique_ips']) ?? 0, 'address', 'addresses')} in{' '}
      {formatNoun(num(row['unique_asns']) ?? 0, 'network')} · {formatNoun(num(row['threat_count']) ?? 0, 'threat')}
    </span>
  )
}

function Sessions({ rows, ja4 }: { rows: readonly Row[]; ja4: string }) {
  const bars = useMemo(
    () => rows.map((row) => ({ start: text(row['hour']), series: 'sessions', value: num(row['sessions']) ?? 0 })),
    [rows],
  )
  return (
    <div className="soc-chart">
      <TimeBars
        bars={bars}
        series={ONE}
        bucketSeconds={HOUR_S}
        noun="session"
        onRange={setRange}
        onPick={({ start }) => navigate(toScores({ ja4, ...hourFrom(start) }))}
      />
    </div>
  )
}
const ONE = [{ id: 'sessions', name: 'Sessions', colour: '--series-1' }]

function Levels({ rows, ja4 }: { rows: readonly Row[]; ja4: string }) {
  const time = useOwnTime(WEEK_S)
  return (
    <div className="soc-bars">
      <Bars
        noun="sessions"
        barWidth={90}
        items={rows.map((row) => {
          const level = text(row['threat_level'])
          return {
            key: level,
            label: levelName(level),
            value: num(row['cnt']) ?? 0,
            href: toScores({ ja4, threat_level: level, ...time }),
          }
        })}
      />
    </div>
  )
}
