import { useCallback, useMemo } from 'react'
import { WeekHeatmap, type WeekCell } from '../../../charts/WeekHeatmap.tsx'
import { navigate } from '../../../state/route.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { num, text } from '../cellText.ts'
import { toRequests, toSessions } from '../marks.ts'
import { PanelTable } from '../PanelTable.tsx'
import { SubScreens } from '../SubScreens.tsx'
import { Tile } from '../Tile.tsx'
import { useOwnTime } from '../useOwnTime.ts'
import type { Row } from '../usePanel.ts'

const WEEK_S = 7 * 86_400
/** Countries drawn; the table twin has all. */
const COUNTRIES = 12

/** What only the record shows of a session. */
const SESSION_RECORD_ONLY = [
  ...['window_start', 'first_seen', 'orphan_ratio', 'port_exhaustion_ratio', 'distinct_ua_count', 'asn_number'],
  ...['is_ua_rotating', 'h2_fingerprint', 'fingerprint_coherence_score'],
]
const WIDE = { path: 260, header_user_agent: 300, method: 70, http_version: 84, host: 150 }

/** Requests as they were logged, and where and when they come. */
export const TrafficScreen = () => (
  <SubScreens
    label="Traffic"
    parts={[
      {
        id: 'requests',
        title: 'Requests',
        children: (
          <PanelTable key="traffic" panel="traffic" noun="request" searches="Address, path, user agent" wide={WIDE} />
        ),
      },
      {
        id: 'sessions',
        title: 'Sessions, last hour',
        children: (
          <PanelTable
            key="sessions"
            panel="sessions"
            noun="session"
            hide={SESSION_RECORD_ONLY}
            searches="Address, host"
            wide={WIDE}
          />
        ),
      },
      {
        id: 'where',
        title: 'Where and when',
        children: <WhereAndWhen />,
      },
    ]}
  />
)

function WhereAndWhen() {
  // Requests look back a day by themselves; a cell counts a week.
  const time = useOwnTime(WEEK_S)
  return (
    <div className="soc-tiles soc-thirds soc-fill">
      <Tile
        panel="heatmap"
        part="cells"
        sub="7 days unless a time is set; UTC"
        chart
        className="soc-two-thirds"
        leads={{ cnt: (row) => toRequests({ dow: num(row['dow']), hour: num(row['hour']), ...time }) }}
        draw={(rows) => <Week rows={rows} />}
      />
      <Tile
        panel="geo"
        part="countries"
        sub="sessions of the last hour"
        chart
        leads={{ sessions: networksOf }}
        draw={(rows) => <Countries rows={rows} />}
      />
      <Tile
        panel="geo"
        part="asns"
        sub="by sessions of the last hour"
        className="soc-full"
        leads={{ sessions: networksOf }}
      />
    </div>
  )
}

/** Sessions of a country or network, of one kind of network. */
const networksOf = (row: Row): string =>
  toSessions({
    asn_org: text(row['asn_org']),
    asn_label: text(row['asn_label']),
    country_code: text(row['country_code']),
  })

function Week({ rows }: { rows: readonly Row[] }) {
  const { last } = useOwnTime(WEEK_S)
  const cells = useMemo(
    () => rows.map((row) => ({ day: num(row['dow']) ?? 0, hour: num(row['hour']) ?? 0, value: num(row['cnt']) ?? 0 })),
    [rows],
  )
  const pick = useCallback(
    ({ day, hour }: WeekCell) => navigate(toRequests({ dow: day, hour, ...(last === undefined ? {} : { last }) })),
    [last],
  )
  return <WeekHeatmap cells={cells} noun="request" onPick={pick} />
}

function Countries({ rows }: { rows: readonly Row[] }) {
  const sums = new Map<string, { sessions: number; kinds: string[] }>()
  for (const row of rows) {
    const country = text(row['country_code'])
    const { sessions, kinds } = sums.get(country) ?? { sessions: 0, kinds: [] }
    const kind = text(row['asn_label'])
    sums.set(country, {
      sessions: sessions + (num(row['sessions']) ?? 0),
      kinds: kind === '' ? kinds : [...kinds, kind],
    })
  }
  const most = [...sums].toSorted(([, a], [, b]) => b.sessions - a.sessions).slice(0, COUNTRIES)
  return (
    <div className="soc-bars">
      <Bars
        noun="sessions"
        items={most.map(([country, { sessions, kinds }]) => ({
          key: country,
          label: (
            <>
              {country} <span className="t3">{kinds.join(', ')}</span>
            </>
          ),
          title: country,
          value: sessions,
          href: toSessions({ country_code: country }),
        }))}
      />
    </div>
  )
}
