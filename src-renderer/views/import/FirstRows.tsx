import { useMemo } from 'react'
import type { Column, Preview } from '#contract/datasets'
import { Grid } from '../../grid/Grid.tsx'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { arrayRows } from '../../grid/gridData.ts'
import { entityOf } from '../../ui/EntityMark.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import { inReadingOrder } from '../../ui/readingOrder.ts'

type PreviewRow = readonly string[]

const gridColumn = (column: Column, isTime: boolean): GridColumn<PreviewRow> => {
  const numeric = column.type === 'integer' || column.type === 'number'
  const title = column.fields[0] ?? column.name
  return {
    id: String(column.position),
    title,
    subtitle: title === column.name ? '' : column.name,
    width: column.fields.includes('command_line')
      ? 360
      : Math.max(numeric ? 84 : 130, title.length * 7 + 34, isTime ? 190 : 0),
    align: numeric ? 'right' : 'left',
    entity: column.ioc ? entityOf(column.ioc) : undefined,
    mono: !numeric,
    pinned: isTime,
    render: (row) => row[column.position] ?? '',
  }
}

/** The first rows as text, under the fields they will feed. */
export function FirstRows({ preview }: { preview: Preview }) {
  const { columns, rows, timeColumn } = preview
  const grid = useMemo(() => {
    return inReadingOrder(columns, timeColumn).map((column) => gridColumn(column, column.name === timeColumn))
  }, [columns, timeColumn])
  const data = useMemo(() => arrayRows(rows), [rows])
  return (
    <section className="import-rows" aria-label="First rows">
      <div className="import-head">
        <h2>First rows</h2>
        <span className="t3 sm clip">
          {formatCount(rows.length)} of {preview.complete ? '' : 'about '}
          {formatCount(preview.estimatedRows)}; raw text is kept beside every typed value
        </span>
      </div>
      <div className="import-grid">
        <Grid
          key={grid
            .map(({ id }) => id)
            .join(' ')
            .slice(0, 2000)}
          label="First rows"
          columns={grid}
          data={data}
          empty={<p className="t2 import-note">No record was kept.</p>}
        />
      </div>
    </section>
  )
}
