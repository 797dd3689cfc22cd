import { Menu, MenuItem } from '@blueprintjs/core'
import { Briefcase, ListDetailView } from '@blueprintjs/icons'
import type { TimelineEvent } from '#contract/rows'
import { CaseItems } from '../../backend/CaseItems.tsx'
import { CellTimeItems } from './CellTimeItems.tsx'

/** What can be done with a row of the timeline. */
export const TimelineEventMenu = ({ event, onOpen }: { event: TimelineEvent; onOpen: () => void }) => (
  <Menu aria-label="Row of the timeline">
    <MenuItem icon={<ListDetailView size={14} />} text="Open the row in its dataset" label="Enter" onClick={onOpen} />
    <MenuItem icon={<Briefcase size={14} />} text="Add the row to a case">
      <CaseItems added={{ rows: { datasetId: event.datasetId, rows: [event.row] } }} said="1 row" />
    </MenuItem>
    <CellTimeItems datasetId={event.datasetId} row={event.row} column="" time={event.time} />
  </Menu>
)
