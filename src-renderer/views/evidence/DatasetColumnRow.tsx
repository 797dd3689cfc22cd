import { useMemo, useState } from 'react'
import type { Output } from '#contract/contract'
import type { Column, Reading, Split } from '#contract/datasets'
import { useCall } from '../../backend/query.ts'
import { useTakenApart } from '../../backend/useTakenApart.ts'
import { CellText } from '../../grid/CellText.tsx'
import { EntityMark, entityOf } from '../../ui/EntityMark.tsx'
import { FieldsPicker } from '../../ui/FieldsPicker.tsx'
import { ShownFirst, withShownFirst } from '../../ui/ShownFirst.tsx'
import { SplitPicker } from '../../ui/SplitPicker.tsx'
import { formatCount, formatNoun, formatPercent } from '../../ui/formatNumber.ts'
import { iocWord } from './datasetColumns.ts'
import { typeIcons } from './evidenceColumns.tsx'

/** Rows whose cells show what a packed column gives. */
const SAMPLES = 100

type DatasetColumnRowProps = {
  dataset: Output<'datasets.get'>
  column: Column
  /** What is chosen and not applied yet. */
  changed: Reading
  /** Columns shown first, in order. */
  first: readonly string[]
  busy: boolean
  onChange: (changed: Reading) => void
}

/** One column of a dataset: what it feeds, what it was read as, how full it is. */
export function DatasetColumnRow({ dataset, column, changed, first, busy, onChange }: DatasetColumnRowProps) {
  const { rows, timeColumn } = dataset
  const { name } = column
  const fields = changed.fields?.[name] ?? column.fields
  const setFields = (next: Column['fields']) => {
    const { [name]: _, ...others } = changed.fields ?? {}
    const same = next.length === column.fields.length && next.every((field) => column.fields.includes(field))
    onChange({ ...changed, fields: same ? others : { ...others, [name]: next } })
  }
  const place = first.indexOf(name)
  const typeText = column.ioc ? iocWord(column.ioc) : name === timeColumn ? 'row time' : column.type
  const title = [
    column.ioc ? `Indicators: ${iocWord(column.ioc)}` : column.type,
    ...(name === timeColumn ? ['time of the row'] : []),
    ...(column.iocsInText.length > 0 ? [`indicators in the text: ${column.iocsInText.map(iocWord).join(', ')}`] : []),
  ].join(', ')
  return (
    <tr>
      <td className="mono" title={column.header || name}>
        {name}
      </td>
      <td>
        <FieldsPicker
          column={name}
          value={fields}
          changed={changed.fields?.[name] !== undefined}
          disabled={busy}
          onChange={setFields}
        />
      </td>
      <td>
        {column.derivedFrom === null && column.ioc === null && (column.type === 'text' || column.packed) ? (
          <PackedColumn dataset={dataset} column={column} changed={changed} busy={busy} onChange={onChange} />
        ) : (
          <span className="with-mark t2" title={title}>
            {column.ioc ? <EntityMark type={entityOf(column.ioc)} size={12} /> : typeIcons[column.type]}
            <span className="clip">{typeText}</span>
          </span>
        )}
      </td>
      <td className="num" title={formatNoun(column.filled, 'cell')}>
        {rows > 0 ? formatPercent(column.filled / rows) : formatCount(column.filled)}
      </td>
      <td>
        <ShownFirst
          column={name}
          place={place < 0 ? null : place}
          disabled={busy}
          onChange={(shown) => onChange({ ...changed, first: withShownFirst(first, name, shown) })}
        />
      </td>
    </tr>
  )
}

function PackedColumn({ dataset, column, changed, busy, onChange }: Omit<DatasetColumnRowProps, 'first'>) {
  const { id, columnList } = dataset
  const { name } = column
  const [looking, setLooking] = useState(false)
  const { data } = useCall('rows.page', looking ? { datasetId: id, columns: [name], limit: SAMPLES } : null)
  const cells = useMemo(
    () => data?.columns[0]?.cells.map((cell) => (cell === null ? '' : String(cell))) ?? null,
    [data],
  )
  const { found, ask } = useTakenApart(cells)
  const said = changed.splits?.[name]
  const now = column.packed ?? null
  return (
    <SplitPicker
      column={name}
      value={said === undefined ? now : said}
      parts={said === undefined ? columnList.filter(({ derivedFrom }) => derivedFrom === name).length : null}
      whole="text"
      icon={typeIcons.text}
      changed={said !== undefined}
      disabled={busy}
      found={found}
      onAsk={(split) => (setLooking(true), ask(split))}
      onChange={(next) => {
        const { [name]: _, ...others } = changed.splits ?? {}
        onChange({ ...changed, splits: isSame(next, now) ? others : { ...others, [name]: next } })
      }}
      showCell={(text) => <CellText text={text} width={240} />}
    />
  )
}

const isSame = (one: Split | null, other: Split | null): boolean =>
  one?.how === other?.how && one?.between === other?.between
