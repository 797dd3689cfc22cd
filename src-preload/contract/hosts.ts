import { z } from 'zod'
import { count, id, paging, time } from './common.ts'
import { command, query, topic } from './define.ts'
import { hostChangeKinds } from './values.ts'

/** Names that one change may bring together or take apart. */
const NAMES_MAX = 200

const called = z.string().trim().min(1).max(500).describe('A name, an address or a MAC address')

export const host = z.object({
  id: z.string().describe('Stable as long as its most frequent name is; node host:ID of the map'),
  name: z.string().describe('The name that most rows use; an address where it has none'),
  names: z.array(z.string()),
  addresses: z.array(z.string()),
  macs: z.array(z.string()),
  users: z.array(z.string()).describe('Most rows first, at most 50'),
  usersTotal: count.describe('Users in all'),
  os: z.array(z.string()),
  datasets: z.array(z.object({ id, name: z.string() })),
  rows: count.describe('Rows that name it'),
  first: time.nullable(),
  last: time.nullable(),
  byHand: z.boolean().describe('Somebody merged or split it'),
})
export type Host = z.infer<typeof host>

export const hostList = z.object({
  hosts: z.array(host).describe('Most rows first'),
  total: count,
  left: count.describe('Machines without a name beyond 20,000'),
  datasets: z.array(
    z.object({ id, name: z.string(), leftOut: z.string().nullable().describe('Why it names no host') }),
  ),
})

export const hostChange = z.object({
  id,
  huntId: id,
  kind: z.enum(hostChangeKinds),
  names: z.array(called),
  by: z.string(),
  at: time,
})
export type HostChange = z.infer<typeof hostChange>

const hunt = { huntId: '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001' }

export const hosts = {
  'hosts.list': query(
    'The machines of a hunt: one entry for each, under all its names, addresses, MAC addresses and users.',
    z.object({
      huntId: id,
      text: z.string().max(200).optional().describe('Words in anything it is called'),
      ...paging,
    }),
    hostList,
    hunt,
  ),
  'hosts.get': query(
    'The machine that is called so.',
    z.object({ huntId: id, name: called }),
    z.object({ host: host.nullable().describe('Null: nothing in this hunt is called so') }),
    { ...hunt, name: '10.0.1.6' },
  ),
  'hosts.merge': command(
    'Says that names, addresses or MAC addresses are one machine. It holds for evidence that comes later, too.',
    z.object({ huntId: id, names: z.array(called).min(2).max(NAMES_MAX) }),
    hostChange,
    { ...hunt, names: ['NASHUA', '10.0.1.6'] },
  ),
  'hosts.split': command(
    'Takes names, addresses or MAC addresses out of their machine; together they are one of their own.',
    z.object({ huntId: id, names: z.array(called).min(1).max(NAMES_MAX) }),
    hostChange,
    { ...hunt, names: ['10.0.1.6'] },
  ),
  'hosts.changes': query(
    'What was merged and split by hand, the last first.',
    z.object({ huntId: id, ...paging }),
    z.object({ changes: z.array(hostChange), total: count }),
    hunt,
  ),
  'hosts.undo': command('Takes a merge or split back; the others stay.', z.object({ id }), hostChange, {
    id: '3f0c5b0e-8a3e-4a4b-9c57-0d8f5c7b0003',
  }),
  'hosts.redo': command(
    'Brings back a merge or split that was taken back, with its id and its place in the order.',
    z.object({ change: hostChange }),
    hostChange,
    {
      change: {
        ...hunt,
        id: '3f0c5b0e-8a3e-4a4b-9c57-0d8f5c7b0003',
        kind: 'split',
        names: ['10.0.1.6'],
        by: 'M. Keller',
        at: '2026-11-29T10:00:00.000Z',
      },
    },
  ),
  'hosts.changed': topic('Hosts were merged or split by hand.', z.object({ huntId: id })),
}
