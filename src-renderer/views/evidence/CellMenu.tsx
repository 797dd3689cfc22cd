import type { ReactNode } from 'react'
import { Menu, MenuDivider, MenuItem } from '@blueprintjs/core'
import {
  Add,
  Annotation,
  Briefcase,
  DiagramTree,
  Duplicate,
  Filter,
  FilterRemove,
  Graph,
  ListDetailView,
  Satellite,
  SearchAround,
  Tag,
  TimelineBarChart,
} from '@blueprintjs/icons'
import type { RowTag } from '#contract/values'
import type { CopyFormat } from '../../grid/copyText.ts'
import { formatNoun } from '../../ui/formatNumber.ts'
import { CopyItems } from './CopyItems.tsx'
import { TagItems } from './marks/TagMenu.tsx'

/** A longer value is no question to ask of every row. */
export const TERM_VALUE_MAX = 1_000

type CellMenuProps = {
  title: string
  /** Raw text; null: a cell that is no column of the file. */
  value: string | null
  selected: number
  /** Tags, notes, cases and maps say nothing about these rows: a copy answers whose dataset is another one now. */
  aside: boolean
  canFilter: boolean
  /** What of the cell can be looked for in other hunts; null: nothing. */
  elsewhere: string | null
  onOnly: () => void
  onNot: () => void
  onCopyCell: () => void
  onCopyRows: (format: CopyFormat) => void
  onRecord: () => void
  /** null: the cell is no column of the file. */
  onStatistics: (() => void) | null
  /** Items of a time cell. */
  times: ReactNode
  onTag: (tag: RowTag | null) => void
  onNote: () => void
  onCase: () => void
  /** Items of the cases to which the indicator in the cell is added; null: it names none. */
  cases: ReactNode
  onElsewhere: () => void
  /** Items of the maps to which the cell is added; null: it names nothing that could stand on one. */
  maps: ReactNode
  /** Null: the cell names nothing that could be in the network. */
  onNetwork: (() => void) | null
  /** Null: no connection to a SOC server, or nothing in the cell that it knows by. */
  onSoc: (() => void) | null
  /** Null: the rows of this dataset name no process. */
  onProcess: (() => void) | null
}

export function CellMenu({
  title,
  value,
  selected,
  aside,
  canFilter,
  elsewhere,
  onOnly,
  onNot,
  onCopyCell,
  onCopyRows,
  onRecord,
  onStatistics,
  times,
  onTag,
  onNote,
  onCase,
  cases,
  onElsewhere,
  onSoc,
  onProcess,
  maps,
  onNetwork,
}: CellMenuProps) {
  const filter = canFilter && value !== null && value.length <= TERM_VALUE_MAX
  return (
    <Menu aria-label={`Cell of ${title}`}>
      <MenuItem
        icon={<Filter size={14} />}
        text={value === '' ? 'Only rows without a value' : 'Only this'}
        label="I"
        disabled={!filter}
        onClick={onOnly}
      />
      <MenuItem
        icon={<FilterRemove size={14} />}
        text={value === '' ? 'Only rows with a value' : 'Not this'}
        label="X"
        disabled={!filter}
        onClick={onNot}
      />
      <MenuItem
        icon={<SearchAround size={14} />}
        text="Find elsewhere"
        label="F"
        disabled={elsewhere === null}
        onClick={onElsewhere}
      />
      {onSoc && <MenuItem icon={<Satellite size={14} />} text="Open in SOC console" onClick={onSoc} />}
      {times}
      <MenuDivider />
      <MenuItem
        icon={<Duplicate size={14} />}
        text="Copy the cell"
        disabled={value === null || value === ''}
        onClick={onCopyCell}
      />
      <MenuItem icon={<Duplicate size={14} />} text={`Copy ${formatNoun(selected, 'row')} as`}>
        <CopyItems onCopy={onCopyRows} />
      </MenuItem>
      {!aside && (
        <>
          <MenuDivider />
          <MenuItem icon={<Tag size={14} />} text={`Tag ${formatNoun(selected, 'row')}`} label="T">
            <TagItems onTag={onTag} />
          </MenuItem>
          <MenuItem
            icon={<Annotation size={14} />}
            text={`Annotate ${formatNoun(selected, 'row')}`}
            label="N"
            onClick={onNote}
          />
          <MenuItem
            icon={<Briefcase size={14} />}
            text={`Add ${formatNoun(selected, 'row')} to a case`}
            label="C"
            onClick={onCase}
          />
        </>
      )}
      {cases !== null && (
        <MenuItem icon={<Briefcase size={14} />} text="Add the indicator to a case">
          {cases}
        </MenuItem>
      )}
      <MenuDivider />
      {onNetwork && !aside && <MenuItem icon={<Graph size={14} />} text="Show in the network" onClick={onNetwork} />}
      {maps !== null && (
        <MenuItem icon={<Add size={14} />} text="Add to a map">
          {maps}
        </MenuItem>
      )}
      {onProcess && !aside && <MenuItem icon={<DiagramTree size={14} />} text="Show process" onClick={onProcess} />}
      <MenuItem icon={<ListDetailView size={14} />} text="Open the record" label="Enter" onClick={onRecord} />
      {onStatistics && (
        <MenuItem icon={<TimelineBarChart size={14} />} text={`Statistics of ${title}`} onClick={onStatistics} />
      )}
    </Menu>
  )
}
