import { useMemo, useState } from 'react'
import type { Column, Preview } from '#contract/datasets'
import { canonicalFields, type CanonicalField } from '#contract/values'
import { CellText } from '../../grid/CellText.tsx'
import { EntityMark, entityOf } from '../../ui/EntityMark.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { timeFormatText } from './dialectChoices.ts'

const LINES_MAX = 200

const isUsed = (column: Column, timeColumn: string | null): boolean =>
  column.fields.length > 0 || column.ioc !== null || column.iocsInText.length > 0 || column.name === timeColumn
const typeText = (column: Column): string =>
  column.type === 'time' ? timeFormatText(column.timeFormat) : column.type === 'integer' ? 'number' : column.type
const fieldOf = (text: string): CanonicalField | undefined => canonicalFields.find((field) => field === text)

/** Which column feeds which field: found by profile and header, to be changed here. */
export function MappingTable({
  preview,
  onFields,
}: {
  preview: Preview
  onFields: (column: string, fields: CanonicalField[]) => void
}) {
  const { columns, timeColumn } = preview
  const [show, setShow] = useState<'used' | 'all'>('used')
  const [filter, setFilter] = useState('')
  const used = useMemo(() => columns.filter((column) => isUsed(column, timeColumn)), [columns, timeColumn])
  const mapped = columns.filter((column) => column.fields.length > 0).length
  const wanted = filter.toLowerCase()
  const list = (show === 'used' && used.length > 0 ? used : columns).filter((column) =>
    [column.name, ...column.fields].some((text) => text.toLowerCase().includes(wanted)),
  )
  const firstValue = (column: Column): string =>
    preview.rows.find((row) => (row[column.position] ?? '') !== '')?.[column.position] ?? ''
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
            <col style={{ width: '22%' }} />
            <col style={{ width: '15%' }} />
            <col style={{ width: '23%' }} />
            <col style={{ width: '20%' }} />
          </colgroup>
          <thead>
            <tr>
              <th>Column in file</th>
              <th>Field</th>
              <th>Type</th>
              <th>First value</th>
              <th>Role</th>
            </tr>
          </thead>
          <tbody>
            {list.slice(0, LINES_MAX).map((column) => (
              <tr key={column.position}>
                <td className="mono" title={column.header || column.name}>
                  <CellText text={column.name} width={260} />
                </td>
                <td>
                  <FieldSelect column={column} onFields={onFields} />
                </td>
                <td className="t2">{typeText(column)}</td>
                <td className="mono t2" title={firstValue(column).slice(0, 400)}>
                  <CellText text={firstValue(column)} width={300} />
                </td>
                <td>
                  {column.name === timeColumn && <span className="chip">time of the row</span>}
                  {column.ioc && (
                    <span className="chip ioc-chip" data-ioc={entityOf(column.ioc)}>
                      <EntityMark type={entityOf(column.ioc)} size={11} />
                      IOC: {entityOf(column.ioc)}
                    </span>
                  )}
                  {!column.ioc && column.iocsInText.length > 0 && (
                    <span className="t3 sm">
                      IOCs in the text: {[...new Set(column.iocsInText.map(entityOf))].join(', ')}
                    </span>
                  )}
                </td>
              </tr>
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

/** One field, or keep as is; a column that feeds several shows them as one choice. */
function FieldSelect({
  column,
  onFields,
}: {
  column: Column
  onFields: (column: string, fields: CanonicalField[]) => void
}) {
  const value = column.fields.join(', ')
  return (
    <select
      className={column.fields.length > 0 ? 'field-select mono accent' : 'field-select t3'}
      aria-label={`Field of ${column.name}`}
      value={value}
      onChange={(event) => {
        const field = fieldOf(event.target.value)
        onFields(column.name, field ? [field] : [])
      }}
    >
      <option value="">keep as is</option>
      {column.fields.length > 1 && <option value={value}>{value}</option>}
      {canonicalFields.map((field) => (
        <option key={field} value={field}>
          {field}
        </option>
      ))}
    </select>
  )
}
