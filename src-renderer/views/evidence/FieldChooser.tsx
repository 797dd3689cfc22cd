import { useState } from 'react'
import type { Column } from '#contract/datasets'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import { columnEntity, columnTitle } from './datasetColumns.ts'
import { typeIcons } from './evidenceColumns.tsx'

/** More lines than this are not read; the filter finds the others. */
const LINES_MAX = 200

type FieldChooserProps = {
  columns: readonly Column[]
  /** With `isOn` the list ticks columns on and off; without it a click takes one. */
  isOn?: (column: Column) => boolean
  onChoose: (column: Column) => void
  label: string
}

/** A list of columns with a filter over field, header and name: also for 9,000 of them. */
export function FieldChooser({ columns, isOn, onChoose, label }: FieldChooserProps) {
  const [filter, setFilter] = useState('')
  const wanted = filter.toLowerCase()
  const found = columns.filter((column) =>
    [column.name, column.header, ...column.fields].some((text) => text.toLowerCase().includes(wanted)),
  )
  const shown = found.slice(0, LINES_MAX)
  return (
    <div className="field-chooser">
      <input
        className="text-field"
        autoFocus
        placeholder="Find a column or field"
        aria-label={label}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      <ul>
        {shown.map((column) => {
          const entity = columnEntity(column)
          const on = isOn?.(column)
          return (
            <li key={column.position}>
              <button
                type="button"
                className="menu-line"
                role={on === undefined ? undefined : 'checkbox'}
                aria-checked={on}
                onClick={() => onChoose(column)}
              >
                {on !== undefined && <span className="facet-box" aria-hidden />}
                {entity ? (
                  <EntityMark type={entity} size={12} />
                ) : (
                  <span className="type-icon t3">{typeIcons[column.type]}</span>
                )}
                <span className="clip grow">{columnTitle(column)}</span>
                {column.fields.length > 0 && <span className="t3 sm clip">{column.header || column.name}</span>}
                {column.filled === 0 && <span className="t3 sm">empty</span>}
              </button>
            </li>
          )
        })}
      </ul>
      <p className="t3 sm field-note">
        {found.length === 0
          ? 'No column is named like this.'
          : `${formatCount(shown.length)} of ${formatCount(columns.length)} columns`}
      </p>
    </div>
  )
}
