import { Menu } from '@blueprintjs/core'
import type { ReactNode } from 'react'
import { CaretDown, Duplicate, Filter, ListColumns, PanelStats } from '@blueprintjs/icons'
import type { Column } from '#contract/datasets'
import type { CopyFormat } from '../../grid/copyText.ts'
import { hideColumn, showColumn } from '../../grid/columnLayout.ts'
import type { GridLayout } from '../../grid/gridColumn.ts'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { CopyItems } from './CopyItems.tsx'
import { FieldChooser } from './FieldChooser.tsx'

type RowsToolbarProps = {
  selected: number
  total: number
  matching: boolean
  said: string | null
  columns: readonly Column[]
  layout: GridLayout
  narrow: boolean
  recordOpen: boolean
  /** What can be done with the selected rows. */
  actions: ReactNode
  onLayout: (layout: GridLayout) => void
  onStandard: () => void
  onSelectAll: () => void
  onSelectNone: () => void
  onCopy: (format: CopyFormat) => void
  onFacets: () => void
  onRecord: () => void
}

export function RowsToolbar(props: RowsToolbarProps) {
  const {
    selected,
    total,
    matching,
    said,
    columns,
    layout,
    narrow,
    recordOpen,
    actions,
    onLayout,
    onStandard,
    onSelectAll,
    onSelectNone,
    onCopy,
    onFacets,
    onRecord,
  } = props
  const hidden = new Set(layout.hidden)
  const shown = columns.length - columns.filter((column) => hidden.has(String(column.position))).length
  const isOn = (column: Column) => !hidden.has(String(column.position))
  return (
    <div className="rows-bar" data-region="Selection and columns">
      {narrow && (
        <Action quiet icon={<Filter size={13} />} onClick={onFacets}>
          Values
        </Action>
      )}
      <span className="sm t2 clip" role="status">
        {said ?? (selected === 0 ? 'No row selected' : `${formatCount(selected)} selected`)}
      </span>
      {said === null && total > 1 && selected < total && (
        <button type="button" className="link-button sm" onClick={onSelectAll}>
          Select all {formatCount(total)}
          {matching ? ' matching' : ''}
        </button>
      )}
      {said === null && selected > 1 && (
        <button type="button" className="link-button sm" onClick={onSelectNone}>
          Select none
        </button>
      )}
      <span className="spring" />
      {actions}
      <Layer disabled={selected === 0} content={<Menu aria-label="Copy as">{<CopyItems onCopy={onCopy} />}</Menu>}>
        <Action
          quiet
          icon={<Duplicate size={13} />}
          endIcon={<CaretDown size={11} />}
          disabled={selected === 0}
          label="Copy as"
        />
      </Layer>
      <Layer
        content={
          <div>
            <FieldChooser
              label="Columns to show"
              columns={columns}
              isOn={isOn}
              onChoose={(column) => {
                const id = String(column.position)
                if (!isOn(column)) onLayout(showColumn(layout, id))
                else if (shown > 1) onLayout(hideColumn(layout, id))
              }}
            />
            <div className="field-actions">
              <Action quiet onClick={() => onLayout({ ...layout, hidden: [] })} disabled={layout.hidden.length === 0}>
                Show all
              </Action>
              <Action quiet onClick={onStandard}>
                As at the start
              </Action>
            </div>
          </div>
        }
      >
        <Action
          quiet
          icon={<ListColumns size={13} />}
          title={`${formatCount(shown)} of ${formatNoun(columns.length, 'column')} shown`}
        >
          {shown === columns.length
            ? formatNoun(shown, 'column')
            : `${formatCount(shown)} of ${formatNoun(columns.length, 'column')}`}
        </Action>
      </Layer>
      <Action
        quiet
        icon={<PanelStats size={13} />}
        label={recordOpen ? 'Close the record' : 'Open the record of the row'}
        pressed={recordOpen}
        onClick={onRecord}
      />
    </div>
  )
}
