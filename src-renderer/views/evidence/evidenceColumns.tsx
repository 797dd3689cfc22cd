import type { JSX } from 'react'
import { Font, Numerical, Time } from '@blueprintjs/icons'
import type { Column } from '#contract/datasets'
import type { CanonicalField, ColumnType } from '#contract/values'
import type { GridColumn, GridLayout } from '../../grid/gridColumn.ts'
import { formatSkew } from '../../ui/clockSkew.ts'
import { formatCount } from '../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel, type Zone } from '../../ui/formatTime.ts'
import { inReadingOrder } from '../../ui/readingOrder.ts'
import { zoneText } from '../../ui/zoneNote.ts'
import { ROW_COLUMN } from './columnsParam.ts'
import { columnEntity, columnTitle, iocWord } from './datasetColumns.ts'
import type { EvidenceRow } from './evidenceRows.ts'
import { iocTokenizer } from './iocTokens.ts'
import { IocCell, IocText } from './IocText.tsx'
import { readAs } from './readingText.ts'

/** A cell of a column of indicators up to this length is looked up as a whole, in characters. */
const IOC_CELL_MAX = 300

export const typeIcons: Record<ColumnType, JSX.Element> = {
  text: <Font size={10} />,
  integer: <Numerical size={10} />,
  number: <Numerical size={10} />,
  time: <Time size={10} />,
}

/** Text that is read whole, and paths, of which the end tells most. */
const LONG: readonly CanonicalField[] = [
  'parent_command_line',
  'url',
  'registry_key',
  'description',
  'user_agent',
  'file_path',
]
const PATHS: readonly CanonicalField[] = [
  'process_name',
  'parent_process_name',
  'file_path',
  'file_name',
  'registry_key',
]
const widthFor = (column: Column, subtitle: string): number => {
  const header = Math.max(columnTitle(column).length * 6.8 + 26, subtitle.length * 5.8 + 30)
  const body = column.fields.includes('command_line')
    ? 420
    : column.type === 'time'
      ? 170
      : column.fields.some((field) => LONG.includes(field))
        ? 210
        : column.type === 'text'
          ? 136
          : 76
  return Math.round(Math.min(420, Math.max(header, body)))
}

function timeColumn(column: Column, zone: Zone, fine: boolean, skewSeconds: number): GridColumn<EvidenceRow> {
  const source = column.header || column.name
  const said = readAs(column, skewSeconds)
  const subtitle = `${source} · ${zoneLabel(zone)}${said === '' ? '' : `, ${said}`}`
  return {
    id: String(column.position),
    title: columnTitle(column),
    subtitle,
    hint: `${columnTitle(column)}, time of the row\nColumn ${source}, ${column.timeFormat ?? 'time'}${zoneText(column) === '' ? '' : `, ${zoneText(column)}`}${skewSeconds === 0 ? '' : `, clock skew ${formatSkew(skewSeconds)}`}`,
    width: Math.round(Math.max(fine ? 204 : 186, said === '' ? 0 : Math.min(340, subtitle.length * 5.8 + 30))),
    mono: true,
    sortable: true,
    pinned: true,
    icon: typeIcons.time,
    render: (row) => {
      if (row.time !== null) return formatTimeBare(row.time, zone)
      const raw = row.cell(column.name)
      return (
        <>
          <span className="none">no time</span>
          {raw !== null && raw !== undefined ? ` · ${String(raw)}` : ''}
        </>
      )
    },
    text: (row) => (row.time === null ? 'no time' : formatTimeBare(row.time, zone)),
  }
}

function dataColumn(column: Column): GridColumn<EvidenceRow> {
  const source = column.header || column.name
  const iocs = column.ioc ? '' : column.iocsInText.map(iocWord).join(', ')
  const subtitle = [source, column.type === 'time' ? (column.timeZone ?? '') : '', iocs].filter(Boolean).join(' · ')
  const numeric = column.type === 'integer' || column.type === 'number'
  const tokens = iocTokenizer(column.iocsInText)
  const width = widthFor(column, subtitle)
  const text = (row: EvidenceRow): string | undefined => {
    const cell = row.cell(column.name)
    return cell === undefined ? undefined : cell === null ? '' : String(cell)
  }
  return {
    id: String(column.position),
    title: columnTitle(column),
    subtitle,
    hint: [
      columnTitle(column),
      `Column ${column.position + 1}: ${source}, ${column.type}, ${formatCount(column.filled)} filled`,
      ...(column.fields.length > 1 ? [`Fields: ${column.fields.join(', ')}`] : []),
      ...(column.ioc ? [`Indicators: ${iocWord(column.ioc)}`] : iocs ? [`Indicators in the text: ${iocs}`] : []),
    ].join('\n'),
    width,
    align: numeric ? 'right' : 'left',
    entity: columnEntity(column),
    mono: !numeric,
    sortable: true,
    cut: column.fields.some((field) => PATHS.includes(field)) ? 'start' : 'end',
    icon: typeIcons[column.type],
    render: (row) => {
      const value = text(row)
      if (!value) return value
      // Long cells of such a column hold more than one indicator.
      if (column.ioc !== null && value.length <= IOC_CELL_MAX) return <IocCell text={value} />
      return tokens ? <IocText text={value} tokens={tokens} max={900} /> : value
    },
    text,
  }
}

/** Where rows are those of an excerpt: how many the source has, and their numbers there. */
export type SourceRows = { of: number; sourceRow(row: number): number }

const rowNumber = (total: number, source: SourceRows | null): GridColumn<EvidenceRow> => ({
  id: ROW_COLUMN,
  title: '#',
  hint:
    source === null
      ? 'Number of the row in the file, from 1'
      : `Number of the row in the source, from 1\n${formatCount(total)} of its ${formatCount(source.of)} rows are here`,
  width: Math.max(44, String(source?.of ?? total).length * 8 + 22),
  align: 'right',
  pinned: true,
  sortable: true,
  render: ({ row }) => <span className="num-note">{formatCount(source?.sourceRow(row) ?? row)}</span>,
  text: ({ row }) => String(source?.sourceRow(row) ?? row),
})

/** The columns of a dataset as the grid draws them. `fineTimes`: times have more than three digits of a second. */
export function evidenceColumns(
  columns: readonly Column[],
  rows: number,
  timeName: string | null,
  zone: Zone,
  fineTimes = false,
  skewSeconds = 0,
  source: SourceRows | null = null,
): GridColumn<EvidenceRow>[] {
  const ordered = inReadingOrder(columns, timeName)
  return [
    rowNumber(rows, source),
    ...ordered.map((column) =>
      column.name === timeName ? timeColumn(column, zone, fineTimes, skewSeconds) : dataColumn(column),
    ),
  ]
}

/** Columns without any text start hidden where there are many: 365 columns of which 300 are empty say nothing. */
export function standardLayout(grid: readonly GridColumn<EvidenceRow>[], columns: readonly Column[]): GridLayout {
  const empty =
    columns.length > 60 ? columns.filter((column) => column.filled === 0).map((column) => String(column.position)) : []
  return {
    order: grid.map((column) => column.id),
    hidden: empty.length === columns.length ? [] : empty,
    pinned: grid.filter((column) => column.pinned).map((column) => column.id),
    widths: {},
  }
}
