import { useState } from 'react'
import type { Column } from '#contract/datasets'
import { EntityMark, entityOf } from '../../ui/EntityMark.tsx'
import { formatCount, formatNoun, formatPercent } from '../../ui/formatNumber.ts'
import { iocWord } from './datasetColumns.ts'
import { typeIcons } from './evidenceColumns.tsx'

const LINES_MAX = 300

/** The columns with what they were read as, what they feed and how full they are. */
export function DatasetColumns({
  columns,
  rows,
  timeColumn,
}: {
  columns: readonly Column[]
  rows: number
  timeColumn: string | null
}) {
  const [filter, setFilter] = useState('')
  const wanted = filter.toLowerCase()
  const found = columns.filter((column) =>
    [column.name, column.header, ...column.fields].some((text) => text.toLowerCase().includes(wanted)),
  )
  return (
    <div className="dataset-part">
      {columns.length > 12 && (
        <input
          className="text-field"
          placeholder="Find a column or field"
          aria-label="Find a column or field"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      <table className="table">
        <colgroup>
          <col />
          <col style={{ width: 150 }} />
          <col style={{ width: 84 }} />
          <col style={{ width: 70 }} />
        </colgroup>
        <thead>
          <tr>
            <th>Column</th>
            <th>Field</th>
            <th>Type</th>
            <th className="num">Filled</th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, LINES_MAX).map((column) => (
            <tr key={column.position}>
              <td className="mono" title={column.header || column.name}>
                {column.name}
              </td>
              <td title={[...column.fields, ...(column.name === timeColumn ? ['time of the row'] : [])].join(', ')}>
                {column.fields.length > 0 ? (
                  <span className="mono accent">{column.fields.join(', ')}</span>
                ) : (
                  <span className="t3">kept as is</span>
                )}
              </td>
              <td>
                <span className="with-mark t2" title={column.ioc ? `Indicators: ${iocWord(column.ioc)}` : column.type}>
                  {column.ioc ? <EntityMark type={entityOf(column.ioc)} size={12} /> : typeIcons[column.type]}
                  <span className="clip">{column.ioc ? iocWord(column.ioc) : column.type}</span>
                </span>
              </td>
              <td className="num" title={formatNoun(column.filled, 'cell')}>
                {rows > 0 ? formatPercent(column.filled / rows) : formatCount(column.filled)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.length > LINES_MAX && (
        <p className="t3 sm">
          {formatCount(LINES_MAX)} of {formatNoun(found.length, 'column')} shown. The filter above finds the others.
        </p>
      )}
      {found.length === 0 && <p className="t3 sm">No column is named like this.</p>}
    </div>
  )
}
