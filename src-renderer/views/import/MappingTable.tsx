import { useMemo, useState } from 'react'
import type { Column, Dialect, Preview } from '#contract/datasets'
import { Segmented } from '../../ui/Segmented.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { withPartsBehind } from '../../ui/withPartsBehind.ts'
import { MappingRow } from './MappingRow.tsx'

const LINES_MAX = 200

const isUsed = (column: Column, timeColumn: string | null): boolean =>
  column.fields.length > 0 ||
  column.ioc !== null ||
  column.iocsInText.length > 0 ||
  column.packed !== undefined ||
  column.first !== undefined ||
  column.name === timeColumn

type MappingTableProps = {
  preview: Preview
  /** What was said and may not be in the preview yet. */
  dialect: Dialect
  onChange: (dialect: Dialect) => void
}

/** What each column is: the fields it feeds, whether it is taken apart or shown first; found by profile and header, changed here. */
export function MappingTable({ preview, dialect, onChange }: MappingTableProps) {
  const { columns, timeColumn } = preview
  const [show, setShow] = useState<'used' | 'all'>('used')
  const [filter, setFilter] = useState('')
  const ordered = useMemo(() => withPartsBehind(columns), [columns])
  const used = useMemo(() => ordered.filter((column) => isUsed(column, timeColumn)), [ordered, timeColumn])
  const mapped = columns.filter((column) => column.fields.length > 0).length
  const wanted = filter.toLowerCase()
  const list = (show === 'used' && used.length > 0 ? used : ordered).filter((column) =>
    [column.name, ...column.fields].some((text) => text.toLowerCase().includes(wanted)),
  )
  const first =
    dialect.first ??
    columns
      .filter((column) => column.first !== undefined)
      .toSorted((a, b) => (a.first ?? 0) - (b.first ?? 0))
      .map(({ name }) => name)
  return (
    <section className="import-mapping" aria-label="Mapping" data-region="Mapping">
      <div className="import-head">
        <h2>Mapping</h2>
        <span className="t3 sm clip">
          {formatCount(mapped)} of {formatNoun(columns.length, 'column')} have a field
        </span>
        <span className="spring" />
        {columns.length > 24 && (
          <input
            className="text-field"
            placeholder="Find a column or field"
            aria-label="Find a column or field"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        )}
        <Segmented
          label="Columns to show"
          value={show}
          onChange={setShow}
          options={[
            { value: 'used', label: `Used ${formatCount(used.length)}` },
            { value: 'all', label: `All ${formatCount(columns.length)}` },
          ]}
        />
      </div>
      <div className="import-mapping-body">
        <table className="table">
          <colgroup>
            <col style={{ width: '20%' }} />
            <col style={{ width: '21%' }} />
            <col style={{ width: '11%' }} />
            <col style={{ width: '17%' }} />
            <col />
            <col style={{ width: 84 }} />
          </colgroup>
          <thead>
            <tr>
              <th>Column in file</th>
              <th>Fields</th>
              <th>Type</th>
              <th>First value</th>
              <th>Role</th>
              <th title="Shown before all other columns, in the order in which they are chosen">Show first</th>
            </tr>
          </thead>
          <tbody>
            {list.slice(0, LINES_MAX).map((column) => (
              <MappingRow
                key={column.position}
                column={column}
                preview={preview}
                dialect={dialect}
                first={first}
                onChange={onChange}
              />
            ))}
          </tbody>
        </table>
        {list.length > LINES_MAX && (
          <p className="t3 sm import-note">
            {formatCount(LINES_MAX)} of {formatNoun(list.length, 'column')} shown. The filter above finds the others.
          </p>
        )}
        {list.length === 0 && <p className="t3 sm import-note">No column is named like this.</p>}
      </div>
    </section>
  )
}
