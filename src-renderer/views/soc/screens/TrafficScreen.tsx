import { useCallback, useMemo } from 'react'
import { WeekHeatmap, type WeekCell } from '../../../charts/WeekHeatmap.tsx'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { num, text } from '../cellText.ts'
import { PanelTable } from '../PanelTable.tsx'
import { SubScreens } from '../SubScreens.tsx'
import { Tile } from '../Tile.tsx'
import { useOwnTime } from '../useOwnTime.ts'
import type { Row } from '../usePanel.ts'

const HOUR_S = 3600
const WEEK_S = 7 * 86_400
/** Countries drawn; the table twin has all. */
const COUNTRIES = 12

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
        id: 'where',
        title: 'Where and when',
        children: (
          <div className="soc-tiles soc-thirds soc-fill">
            <Tile
              panel="heatmap"
              part="cells"
              sub="7 days unless a time is set; UTC"
              chart
              className="soc-two-thirds"
              draw={(rows) => <Week rows={rows} />}
            />
            <Tile
              panel="geo"
              part="countries"
              sub="sessions of the last hour"
              draw={(rows) => <Countries rows={rows} />}
            />
            <Tile panel="geo" part="asns" sub="by sessions of the last hour" className="soc-full" />
          </div>
        ),
      },
    ]}
  />
)

function Week({ rows }: { rows: readonly Row[] }) {
  // Requests look back a day by themselves; a cell counts a week.
  const { last } = useOwnTime(WEEK_S)
  const cells = useMemo(
    () => rows.map((row) => ({ day: num(row['dow']) ?? 0, hour: num(row['hour']) ?? 0, value: num(row['cnt']) ?? 0 })),
    [rows],
  )
  const pick = useCallback(
    ({ day, hour }: WeekCell) =>
      navigate(link.soc('traffic', { dow: day, hour, ...(last === undefined ? {} : { last }) })),
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
          href: link.soc('traffic', { src_country_code: country, last: HOUR_S, from: null, to: null }),
        }))}
      />
    </div>
  )
}
