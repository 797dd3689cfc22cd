import { useEffect, useState } from 'react'
import { Menu, MenuItem } from '@blueprintjs/core'
import { Export } from '@blueprintjs/icons'
import { copyText, type CopyFormat, type CopyTable as Table } from '../../grid/copyText.ts'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'

/** Lines that are copied at once. */
export const COPY_MAX = 10_000
const SAID_MS = 4_000
const formats: readonly { format: CopyFormat; text: string; label: string; ending: string }[] = [
  { format: 'tsv', text: 'Copy as TSV', label: '', ending: 'tsv' },
  { format: 'markdown', text: 'Copy as Markdown table', label: '', ending: 'md' },
  { format: 'json', text: 'Copy as JSON', label: '', ending: 'json' },
  { format: 'csv', text: 'Copy as CSV for spreadsheets', label: 'formulas off', ending: 'csv' },
]

/** Rows of a grid as raw text. */
export const tableOf = <R,>(columns: readonly GridColumn<R>[], rows: readonly R[]): Table => ({
  headers: columns.map(({ title }) => title),
  rows: rows.map((row) =>
    columns.map((column) => {
      const shown = column.text ? column.text(row) : column.render(row)
      return typeof shown === 'string' ? shown : ''
    }),
  ),
})

/** A button that copies a whole table, or saves it as a CSV file. `rows` gets at most COPY_MAX lines. */
export function CopyTable<R>({
  name,
  total,
  columns,
  rows,
}: {
  /** Of the file. */
  name: string
  total: number
  columns: readonly GridColumn<R>[]
  rows: (limit: number) => Promise<readonly R[]>
}) {
  const [said, setSaid] = useState<string | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  const count = Math.min(total, COPY_MAX)
  const left = total > COPY_MAX ? ` of ${formatCount(total)}` : ''
  const take = async (deliver: (table: Table) => Promise<void> | void, done: string) => {
    try {
      const table = tableOf(columns, await rows(COPY_MAX))
      await deliver(table)
      setSaid(`${formatNoun(table.rows.length, 'line')}${left} ${done}`)
    } catch (error) {
      setSaid(`Nothing was ${done}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return (
    <>
      <span className="t3 sm" role="status">
        {said}
      </span>
      <Layer
        content={
          <Menu aria-label="Export">
            {formats.map(({ format, text, label }) => (
              <MenuItem
                key={format}
                text={text}
                label={label}
                onClick={() => void take((table) => navigator.clipboard.writeText(copyText(table, format)), 'copied')}
              />
            ))}
            <MenuItem
              text="Save as CSV for spreadsheets"
              label="formulas off"
              onClick={() => void take((table) => save(`${name}.csv`, copyText(table, 'csv')), 'saved')}
            />
          </Menu>
        }
      >
        <Action quiet icon={<Export size={13} />} disabled={total === 0}>
          Export {formatCount(count)}
          {left}
        </Action>
      </Layer>
    </>
  )
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  URL.revokeObjectURL(url)
}
