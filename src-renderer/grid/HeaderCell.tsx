import { memo } from 'react'
import { SortAsc, SortDesc } from '@blueprintjs/icons'
import { EntityMark } from '../ui/EntityMark.tsx'
import type { Placed } from './columnLayout.ts'

type HeaderCellProps = {
  placed: Placed<unknown>
  sorted: 'ascending' | 'descending' | undefined
  focus: boolean
  drop: 'before' | 'after' | undefined
}

/** Field above, source column and zone below. The right edge resizes. */
export const HeaderCell = memo(function HeaderCell({ placed, sorted, focus, drop }: HeaderCellProps) {
  const { column, at, cellClass, style } = placed
  const hint = column.hint ?? (column.subtitle ? `${column.title}\n${column.subtitle}` : column.title)
  return (
    <div
      role="columnheader"
      aria-colindex={at + 1}
      aria-sort={column.sortable ? (sorted ?? 'none') : undefined}
      className={`${cellClass} grid-head-cell${drop ? ` drop-${drop}` : ''}`}
      style={style}
      title={hint}
      data-entity={column.entity}
      data-at={at}
      {...(focus ? { tabIndex: 0, 'data-focus': '' } : {})}
    >
      <span className="grid-head-title">
        {column.entity && <EntityMark type={column.entity} size={12} />}
        <span className="clip">{column.title}</span>
        {sorted === 'ascending' && <SortAsc size={11} />}
        {sorted === 'descending' && <SortDesc size={11} />}
      </span>
      {(column.subtitle || column.icon) && (
        <span className="grid-head-source">
          {column.icon}
          <span className="clip">{column.subtitle}</span>
        </span>
      )}
      <span className="grid-edge" data-edge="" />
    </div>
  )
})
