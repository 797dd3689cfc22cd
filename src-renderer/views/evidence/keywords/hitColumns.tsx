import type { KeywordHit } from '#contract/keywords'
import type { GridColumn } from '../../../grid/gridColumn.ts'
import { Time } from '../../../ui/Time.tsx'
import { formatCount } from '../../../ui/formatNumber.ts'
import { ThemeMark } from './ThemeMark.tsx'

/** Columns of the hits; ids of sortable ones are the orders of keywords.hits. `narrow`: without what the row itself says. */
export function hitColumns(
  zone: string,
  narrow: boolean,
  sourceRow: (datasetId: string, row: number) => number,
): GridColumn<KeywordHit>[] {
  const columns: (GridColumn<KeywordHit> | null)[] = [
    {
      id: 'theme',
      title: 'Theme',
      width: 92,
      sortable: true,
      render: ({ theme, colour }) => (
        <span className="with-mark">
          <ThemeMark colour={colour} />
          <span className="clip">{theme}</span>
        </span>
      ),
      text: ({ theme }) => theme,
    },
    {
      id: 'keyword',
      title: 'Keyword',
      width: 118,
      grow: 1,
      mono: true,
      sortable: true,
      render: ({ keyword }) => keyword,
    },
    {
      id: 'value',
      title: 'Value',
      width: 180,
      grow: 6,
      mono: true,
      sortable: true,
      render: ({ value }) => value,
    },
    { id: 'field', title: 'Field', width: 104, grow: 1, mono: true, sortable: true, render: ({ field }) => field },
    { id: 'host', title: 'Host', width: 104, grow: 1, mono: true, sortable: true, render: ({ host }) => host ?? '' },
    { id: 'user', title: 'User', width: 92, grow: 1, mono: true, sortable: true, render: ({ user }) => user ?? '' },
    narrow
      ? null
      : {
          id: 'time',
          title: 'Time',
          subtitle: zone,
          width: 150,
          mono: true,
          sortable: true,
          render: ({ time }) => <Time iso={time} bare second />,
          text: ({ time }) => time ?? '',
        },
    {
      ...{ id: 'row', title: 'Row', width: 56, align: 'right', sortable: true },
      render: ({ datasetId, row }) => formatCount(sourceRow(datasetId, row)),
    },
    narrow
      ? null
      : { id: 'dataset', title: 'Dataset', width: 116, grow: 2, sortable: true, render: ({ dataset }) => dataset },
  ]
  return columns.filter((column) => column !== null)
}

/** What is copied of a hit: everything, whatever columns are shown. */
export const hitTable: readonly (readonly [title: string, text: (hit: KeywordHit) => string])[] = [
  ['theme', ({ theme }) => theme],
  ['keyword', ({ keyword }) => keyword],
  ['value', ({ value }) => value],
  ['field', ({ field }) => field],
  ['host', ({ host }) => host ?? ''],
  ['user', ({ user }) => user ?? ''],
  ['time', ({ time }) => time ?? ''],
  ['dataset', ({ dataset }) => dataset],
  ['row', ({ row }) => String(row)],
]
