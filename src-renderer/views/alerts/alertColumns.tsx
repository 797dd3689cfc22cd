import type { Alert } from '#contract/alerts'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { SevMark } from '../../ui/SevMark.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { TechniqueChip } from '../../ui/TechniqueChip.tsx'
import { Time } from '../../ui/Time.tsx'
import { formatCount } from '../../ui/formatNumber.ts'

type Room = {
  /** The window has room for optional columns. */
  wide: boolean
  /** An alert is open at the right and says what is left out here. */
  detail: boolean
  zone: string
}

/** What the first row says: the command, address or name that tells alerts of one title apart. */
const firstValue = ({ evidence }: Alert): string =>
  evidence.find(({ value }) => value.trim() !== '')?.value.replace(/\s+/g, ' ') ?? ''

/** Columns of the alert list; the ids of sortable ones are the orders of alerts.list. Without room user and time are left out. */
export function alertColumns({ wide, detail, zone }: Room): GridColumn<Alert>[] {
  const columns: (GridColumn<Alert> | null)[] = [
    {
      id: 'severity',
      title: 'Severity',
      width: 92,
      sortable: true,
      render: ({ severity }) => <SevMark severity={severity} />,
      text: ({ severity }) => severity,
    },
    { id: 'title', title: 'Alert', width: 240, grow: 2, sortable: true, render: ({ title }) => title },
    detail
      ? null
      : {
          id: 'evidence',
          title: 'First evidence',
          width: 200,
          grow: 3,
          mono: true,
          render: firstValue,
        },
    { id: 'host', title: 'Host', width: 120, grow: 1, mono: true, render: ({ host }) => host ?? '' },
    wide
      ? {
          id: 'user',
          title: 'User',
          width: 112,
          mono: true,
          cut: 'start',
          render: ({ user }) => user ?? '',
        }
      : null,
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
    wide && !detail
      ? {
          id: 'time',
          title: 'First seen',
          subtitle: zone,
          width: 156,
          mono: true,
          sortable: true,
          render: ({ firstTime }) => <Time iso={firstTime} bare second />,
          text: ({ firstTime }) => firstTime ?? '',
        }
      : null,
    {
      id: 'rows',
      title: 'Rows',
      width: 54,
      align: 'right',
      sortable: true,
      render: ({ evidenceTotal }) => formatCount(evidenceTotal),
    },
    {
      id: 'score',
      title: 'Score',
      width: 54,
      align: 'right',
      sortable: true,
      render: ({ score }) => formatCount(score),
    },
  ]
  return columns.filter((column) => column !== null)
}
