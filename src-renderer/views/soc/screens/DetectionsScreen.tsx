import { PanelTable } from '../PanelTable.tsx'
import { SubScreens } from '../SubScreens.tsx'
import { Tile } from '../Tile.tsx'
import { ClassifyTiles } from './ClassifyTiles.tsx'

/** What only the record shows; the grid has room for what is compared. */
const RECORD_ONLY = ['reason', 'model_name', 'recurrence', 'fuzzing_index', 'hit_velocity']
/** Room for "Legitimate browser". */
const WIDE = { threat_level: 136 }
const SCORES_RECORD_ONLY = ['bot_name', 'campaign_id', 'window_start', 'fuzzing_index', 'post_ratio', 'model_name']

/** What the models called anomalous, what they scored at all, and who comes back: filtered, sorted, opened, exported. */
export const DetectionsScreen = () => (
  <SubScreens
    label="Detections"
    parts={[
      {
        id: 'detections',
        title: 'Detections',
        children: <PanelTable key="detections" panel="detections" noun="detection" hide={RECORD_ONLY} wide={WIDE} />,
      },
      {
        id: 'scores',
        title: 'All scores',
        children: <PanelTable key="scores" panel="scores" noun="score" hide={SCORES_RECORD_ONLY} wide={WIDE} />,
      },
      {
        id: 'recurrence',
        title: 'Addresses that come back',
        children: (
          <div className="soc-tiles soc-thirds soc-fill">
            <Tile panel="recurrence" part="rows" sub="most often first, over 30 days" className="soc-full" />
          </div>
        ),
      },
      { id: 'classify', title: 'Classify', children: <ClassifyTiles /> },
    ]}
  />
)
