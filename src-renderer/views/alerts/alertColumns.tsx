import type { Alert } from '#contract/alerts'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { SevMark } from '../../ui/SevMark.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { TechniqueChip } from '../../ui/TechniqueChip.tsx'
import { Time } from '../../ui/Time.tsx'
import { formatCount } from '../../ui/formatNumber.ts'

/** Columns of the alert list; the ids of sortable ones are the orders of alerts.list. `narrow`: without user and time. */
export function alertColumns(narrow: boolean, zone: string): GridColumn<Alert>[] {
  const columns: (GridColumn<Alert> | null)[] = [
    {
      id: 'severity',
      title: 'Severity',
      width: 96,
      sortable: true,
      render: ({ severity }) => <SevMark severity={severity} />,
      text: ({ severity }) => severity,
    },
    { id: 'title', title: 'Alert', width: narrow ? 310 : 430, sortable: true, render: ({ title }) => title },
    {
      id: 'host',
      title: 'Host',
      width: narrow ? 140 : 160,
      entity: 'host',
      mono: true,
      render: ({ host }) => host ?? '',
    },
    narrow ? null : { id: 'user', title: 'User', width: 130, entity: 'user', render: ({ user }) => user ?? '' },
    {
      id: 'technique',
      title: 'Technique',
      width: 92,
      render: ({ mitreTechnique }) => mitreTechnique && <TechniqueChip id={mitreTechnique} />,
      text: ({ mitreTechnique }) => mitreTechnique ?? '',
    },
    {
      id: 'status',
      title: 'Status',
      width: 124,
      sortable: true,
      render: ({ status }) => <StatusMark status={status} />,
      text: ({ status }) => status,
    },
    narrow
      ? null
      : {
          id: 'time',
          title: 'First seen',
          subtitle: zone,
          width: 168,
          mono: true,
          sortable: true,
          render: ({ firstTime }) => <Time iso={firstTime} bare second />,
          text: ({ firstTime }) => firstTime ?? '',
        },
    {
      id: 'rows',
      title: 'Rows',
      width: 76,
      align: 'right',
      sortable: true,
      render: ({ evidenceTotal }) => formatCount(evidenceTotal),
    },
    {
      id: 'score',
      title: 'Score',
      width: 66,
      align: 'right',
      sortable: true,
      render: ({ score }) => formatCount(score),
    },
  ]
  return columns.filter((column) => column !== null)
}
