import { SubScreens } from '../SubScreens.tsx'
import { Tile } from '../Tile.tsx'
import { FeatureTiles } from './FeatureTiles.tsx'
import { LevelTimeline } from './LevelTimeline.tsx'
import { SessionTiles } from './SessionTiles.tsx'

const LIVE = { limit: 100 }

/** Patterns of threats, what is detected just now, how sessions behave, and by which features they differ. */
export const BehaviourScreen = () => (
  <SubScreens
    label="Behaviour"
    parts={[
      {
        id: 'patterns',
        title: 'Threat patterns',
        children: (
          <div className="soc-tiles soc-halves soc-fill">
            <Tile panel="bruteForce" part="rows" title="Brute force" sub="sign-in forms sent, last 24 hours" />
            <Tile panel="uaRotation" part="rows" sub="three or more in an hour, last 24 hours" />
            <Tile panel="ja4Rotation" part="rows" sub="three or more in an hour, last 24 hours" />
            <Tile panel="cascade" part="rows" sub="emptiest pages first, last 24 hours" />
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
