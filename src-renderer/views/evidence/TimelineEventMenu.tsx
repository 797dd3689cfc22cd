import { Menu, MenuItem } from '@blueprintjs/core'
import { ListDetailView } from '@blueprintjs/icons'
import type { TimelineEvent } from '#contract/rows'
import { CellTimeItems } from './CellTimeItems.tsx'

/** What can be done with a row of the timeline. */
export const TimelineEventMenu = ({ event, onOpen }: { event: TimelineEvent; onOpen: () => void }) => (
  <Menu aria-label="Row of the timeline">
    <MenuItem icon={<ListDetailView size={14} />} text="Open the row in its dataset" label="Enter" onClick={onOpen} />
    <CellTimeItems datasetId={event.datasetId} row={event.row} column="" time={event.time} />
  </Menu>
)
