import { MenuDivider, MenuItem } from '@blueprintjs/core'
import { Time, TimelineEvents } from '@blueprintjs/icons'
import { useCall } from '../../backend/query.ts'
import { setRange } from '../../state/timeRange.ts'
import { shiftTime } from './isoTime.ts'

/** Half of the stretch around a time, in microseconds. */
const AROUND_US = 5 * 60 * 1_000_000

type CellTimeItemsProps = {
  datasetId: string
  copy?: string | null
  row: number
  column: string
  /** Known already for the column that gives the time of the row; undefined: the cell is asked. */
  time: string | null | undefined
}

/** What a time cell narrows to. */
export function CellTimeItems({ datasetId, copy, row, column, time: known }: CellTimeItemsProps) {
  const { data } = useCall('rows.get', known === undefined ? { datasetId, row, ...(copy ? { copy } : {}) } : null)
  const value = data?.cells.find((cell) => cell.column === column)?.value
  const asked = typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null
  const time = known === undefined ? (data?.row === row ? asked : null) : known
  const item = (
    text: string,
    range: (at: string) => { from: string | null; to: string | null },
    icon = <Time size={14} />,
  ) => (
    <MenuItem icon={icon} text={text} disabled={time === null} onClick={() => time !== null && setRange(range(time))} />
  )
  return (
    <>
      <MenuDivider />
      {item('From this time on', (at) => ({ from: at, to: null }))}
      {item('Up to this time', (at) => ({ from: null, to: shiftTime(at, 1) }))}
      {item(
        'Around this time (5 minutes)',
        (at) => ({ from: shiftTime(at, -AROUND_US), to: shiftTime(at, AROUND_US + 1) }),
        <TimelineEvents size={14} />,
      )}
    </>
  )
}
