import { useMemo } from 'react'
import type { Column, Dialect, Preview, Split } from '#contract/datasets'
import { useTakenApart } from '../../backend/useTakenApart.ts'
import { CellText } from '../../grid/CellText.tsx'
import { EntityMark, entityOf } from '../../ui/EntityMark.tsx'
import { FieldsPicker } from '../../ui/FieldsPicker.tsx'
import { ShownFirst, withShownFirst } from '../../ui/ShownFirst.tsx'
import { SplitPicker } from '../../ui/SplitPicker.tsx'
import { looksPacked } from '../../ui/packedText.ts'
import { timeFormatText } from './dialectChoices.ts'

const typeText = (column: Column): string =>
  column.type === 'time' ? timeFormatText(column.timeFormat) : column.type === 'integer' ? 'number' : column.type

type MappingRowProps = {
  column: Column
  preview: Preview
  dialect: Dialect
  /** Columns shown first, in order. */
  first: readonly string[]
  onChange: (dialect: Dialect) => void
}

/** One column of the mapping. */
export function MappingRow({ column, preview, dialect, first, onChange }: MappingRowProps) {
  const { name, position } = column
  const { rows } = preview
  const cells = useMemo(() => rows.map((row) => row[position] ?? ''), [rows, position])
  const { found, ask } = useTakenApart(cells)
  const value = cells.find((cell) => cell !== '') ?? ''
  const fields = dialect.fields?.[name] ?? column.fields
  const said = dialect.splits?.[name]
  const split: Split | null = said === undefined ? (column.packed ?? null) : said
  const parts = preview.columns.filter(({ derivedFrom }) => derivedFrom === name).length
  const place = first.indexOf(name)
  const canBePacked = column.derivedFrom === null && (column.type === 'text' || split !== null)
  return (
    <tr>
      <td className="mono" title={column.header || name}>
        <CellText text={name} width={260} />
      </td>
      <td>
        <FieldsPicker
          column={name}
          value={fields}
          changed={dialect.fields?.[name] !== undefined}
          disabled={false}
          onChange={(next) => onChange({ ...dialect, fields: { ...dialect.fields, [name]: next } })}
        />
      </td>
      <td className="t2">{typeText(column)}</td>
      <td className="mono t2" title={value.slice(0, 400)}>
        <CellText text={value} width={300} />
      </td>
      <td>
        <span className="import-role">
          {name === preview.timeColumn && <span className="chip">time of the row</span>}
          {column.ioc && (
            <span className="chip ioc-chip" data-ioc={entityOf(column.ioc)}>
              <EntityMark type={entityOf(column.ioc)} size={11} />
              IOC: {entityOf(column.ioc)}
            </span>
          )}
          {!column.ioc && column.iocsInText.length > 0 && (
            <span className="t3 sm clip">
              IOCs in the text: {[...new Set(column.iocsInText.map(entityOf))].join(', ')}
            </span>
          )}
          {canBePacked && (
            <SplitPicker
              column={name}
              value={split}
              parts={said === undefined || column.packed ? parts : null}
              likely={looksPacked(cells)}
              changed={said !== undefined}
              found={found}
              onAsk={ask}
              onChange={(next) => onChange(withSplit(dialect, name, next))}
              showCell={(text) => <CellText text={text} width={240} />}
            />
          )}
        </span>
      </td>
      <td>
        <ShownFirst
          column={name}
          place={place < 0 ? null : place}
          onChange={(shown) => onChange({ ...dialect, first: withShownFirst(first, name, shown) })}
        />
      </td>
    </tr>
  )
}

const withSplit = (dialect: Dialect, name: string, split: Split | null): Dialect => ({
  ...dialect,
  splits: { ...dialect.splits, [name]: split },
})
