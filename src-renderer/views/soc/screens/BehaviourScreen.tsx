import { text } from '../cellText.ts'
import { hourFrom, toRequests } from '../marks.ts'
import { SubScreens } from '../SubScreens.tsx'
import { Tile } from '../Tile.tsx'
import type { Row } from '../usePanel.ts'
import { FeatureTiles } from './FeatureTiles.tsx'
import { levelLeads, LevelTimeline } from './LevelTimeline.tsx'
import { SessionTiles } from './SessionTiles.tsx'

const LIVE = { limit: 100 }

/** What an address asked for in the hour of a line, of one host or by one JA4 where the line says so. */
const inItsHour = (row: Row): string =>
  toRequests({
    ...{ src_ip: text(row['src_ip']), host: text(row['host']), ja4: text(row['ja4']) },
    ...hourFrom(text(row['window_start'])),
  })
const formsSent = (row: Row): string =>
  toRequests({ src_ip: text(row['src_ip']), host: text(row['host']), method: 'POST' })

/** Patterns of threats, what is detected just now, how sessions behave, and by which features they differ. */
export const BehaviourScreen = () => (
  <SubScreens
    label="Behaviour"
    parts={[
      {
        id: 'patterns',
        title: 'Threat patterns',
        children: (
          <div className="soc-tiles soc-halves soc-page">
            <Tile
              panel="bruteForce"
              part="rows"
              title="Brute force"
              sub="sign-in forms sent, last 24 hours"
              className="soc-broad"
              leads={{ post_count: formsSent }}
            />
            <Tile
              panel="cascade"
              part="rows"
              sub="emptiest pages first, last 24 hours"
              className="soc-broad"
              leads={{ page_count: inItsHour }}
            />
            <Tile
              panel="uaRotation"
              part="rows"
              sub="three or more in an hour, last 24 hours"
              className="soc-full"
              leads={{ total_requests: inItsHour }}
            />
            <Tile
              panel="ja4Rotation"
              part="rows"
              sub="three or more in an hour, last 24 hours"
              className="soc-full"
              leads={{ total_hits: inItsHour }}
            />
            <Tile panel="fleet" part="rows" sub="many addresses that act as one" className="soc-full" />
          </div>
        ),
      },
      {
        id: 'live',
        title: 'Live feed',
        children: (
          <div className="soc-tiles soc-halves soc-fill">
            <Tile
              panel="timelineDetail"
              part="timeline"
              chart
              className="soc-full"
              leads={levelLeads}
              draw={(rows) => <LevelTimeline rows={rows} />}
            />
            <Tile panel="alerts" part="rows" params={LIVE} sub="the last 100" className="soc-full" />
          </div>
        ),
      },
      { id: 'sessions', title: 'Sessions', children: <SessionTiles /> },
      { id: 'features', title: 'Features', children: <FeatureTiles /> },
    ]}
  />
)
