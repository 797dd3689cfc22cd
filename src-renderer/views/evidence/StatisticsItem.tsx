import { MenuItem } from '@blueprintjs/core'
import { TimelineBarChart } from '@blueprintjs/icons'

/** Opens the statistics of a column, from its menu. */
export const StatisticsItem = ({ onOpen }: { onOpen: () => void }) => (
  <MenuItem icon={<TimelineBarChart />} text="Statistics" onClick={onOpen} />
)
