import type { Host } from '#contract/hosts'
import type { GridColumn } from '../../../grid/gridColumn.ts'
import { EntityMark } from '../../../ui/EntityMark.tsx'
import { formatCount } from '../../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel, type Zone } from '../../../ui/formatTime.ts'

const time = (iso: string | null, zone: Zone): string =>
  iso === null ? '' : formatTimeBare(iso.replace(/\.\d+/, ''), zone)
const list = (texts: readonly string[], total = texts.length): string =>
  `${texts.slice(0, 4).join(', ')}${total > 4 ? ` +${total - 4}` : ''}`

/** Columns of the inventory. */
export const hostColumns = (zone: Zone): GridColumn<Host>[] => [
  {
    id: 'name',
    title: 'Host',
    width: 220,
    pinned: true,
    render: ({ name, byHand }) => (
      <span className="edge-end">
        <EntityMark type="host" /> <span className="clip">{name}</span>
        {byHand && (
          <span className="chip" title="Somebody merged or split it">
            by hand
          </span>
        )}
      </span>
    ),
    text: ({ name }) => name,
  },
  {
    id: 'names',
    title: 'Other names',
    width: 180,
    mono: true,
    render: ({ names, name }) => list(names.filter((one) => one !== name)),
  },
  { id: 'addresses', title: 'Addresses', width: 180, mono: true, render: ({ addresses }) => list(addresses) },
  { id: 'macs', title: 'MAC', width: 150, mono: true, render: ({ macs }) => list(macs) },
  { id: 'users', title: 'Users', width: 190, mono: true, render: ({ users, usersTotal }) => list(users, usersTotal) },
  { id: 'os', title: 'System', width: 130, render: ({ os }) => list(os) },
  {
    id: 'datasets',
    title: 'Datasets',
    width: 80,
    align: 'right',
    render: ({ datasets }) => formatCount(datasets.length),
    text: ({ datasets }) => datasets.map(({ name }) => name).join(', '),
  },
  { id: 'rows', title: 'Rows', width: 80, align: 'right', render: ({ rows }) => formatCount(rows) },
  {
    id: 'first',
    title: 'First seen',
    subtitle: zoneLabel(zone),
    width: 150,
    mono: true,
    render: ({ first }) => time(first, zone),
  },
  {
    id: 'last',
    title: 'Last seen',
    subtitle: zoneLabel(zone),
    width: 150,
    mono: true,
    render: ({ last }) => time(last, zone),
  },
]
