import type { ClickhouseColumn } from '../../src-main/predicate/clickhouseCell.ts'
import type { Model } from './modelRows.ts'

/** For tests: the cells of a dataset as a ClickHouse table, with every way to store a text. */
export type ClickhouseTable = {
  layout: { columns: ClickhouseColumn[]; timeColumn: string | null }
  /** In the order of `rows`. */
  columns: { name: string; type: string }[]
  rows: (string | number | null)[][]
}

const TEXTS = ['String', 'Nullable(String)', 'LowCardinality(String)', 'LowCardinality(Nullable(String))']

export function clickhouseTable(model: Model): ClickhouseTable {
  const layout: ClickhouseTable['layout'] = {
    timeColumn: model.timeColumn,
    columns: model.columns.map((column, n) => ({
      name: column.name,
      header: column.header,
      fields: column.fields,
      type: TEXTS[n % TEXTS.length] ?? 'String',
      ...(column.type === 'integer' || column.type === 'number' ? { number: `${column.name} number` } : {}),
      ...(column.type === 'time' ? { instant: `${column.name} us` } : {}),
    })),
  }
  const columns = [
    { name: '_row', type: 'UInt32' },
    ...layout.columns.flatMap(({ name, type, number, instant }) => [
      { name, type },
      ...(number === undefined ? [] : [{ name: number, type: 'Nullable(Float64)' }]),
      ...(instant === undefined ? [] : [{ name: instant, type: 'Nullable(Int64)' }]),
    ]),
  ]
  const rows = model.records.map((record, row) => [
    row + 1,
    ...model.columns.flatMap((column, n) => {
      const text = record[column.position] ?? ''
      const stored = layout.columns[n]
      return [
        text === '' && stored?.type.includes('Nullable') ? null : text,
        ...(stored?.number === undefined ? [] : [numberIn(text)]),
        ...(stored?.instant === undefined ? [] : [model.instant(row, column)]),
      ]
    }),
  ])
  return { layout, columns, rows }
}

const numberIn = (text: string): number | null => {
  const value = Number(text)
  if (/^0x[0-9a-f]{1,16}$/i.test(text)) return value
  return /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text) && Number.isFinite(value) ? value : null
}
