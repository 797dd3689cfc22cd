import type { Host } from '#contract/hosts'
import type { Output, Parsed } from '#contract/contract'
import type { Machine } from '../graph/machines.ts'
import { isoOfUsOrNull } from '../sqlite/conditions.ts'
import type { ReadContext } from './contexts.ts'
import { inventoryOf, type Inventory } from './hostInventory.ts'
import { addressOf, fullNameOf, macOf } from './networkNames.ts'

/** Users of a host that are listed. */
const USERS_MAX = 50

/** The machines of a hunt, most rows first. AppError 'cancelled'. */
export function list(context: ReadContext, asked: Parsed<'hosts.list'>): Output<'hosts.list'> {
  const inventory = inventoryOf(context, asked.huntId)
  const words = (asked.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const wanted = inventory.machines.all.filter(
    (machine) => words.length === 0 || words.every((word) => textOf(machine).includes(word)),
  )
  return {
    hosts: wanted.slice(asked.offset, asked.offset + asked.limit).map((machine) => hostOf(inventory, machine)),
    total: wanted.length,
    ...{ left: inventory.left, datasets: inventory.datasets },
  }
}

/** The machine that is called so; null: none is. AppError 'cancelled'. */
export function get(context: ReadContext, huntId: string, called: string): Host | null {
  const inventory = inventoryOf(context, huntId)
  const { byToken, all } = inventory.machines
  const [address, mac] = [addressOf(called), macOf(called)]
  const machine =
    (address === null ? undefined : byToken.get(`address:${address}`)) ??
    (mac === null ? undefined : byToken.get(`mac:${mac}`)) ??
    byToken.get(inventory.tokenOfName(called)) ??
    all.find(({ names }) => names.some((name) => fullNameOf(name) === fullNameOf(called)))
  return machine ? hostOf(inventory, machine) : null
}

const textOf = ({ names, addresses, macs, users, os }: Machine): string =>
  [...names, ...addresses, ...macs, ...users, ...os].join(' ').toLowerCase()

function hostOf({ datasets }: Inventory, machine: Machine): Host {
  const { id, name, names, addresses, macs, users, os, rows, byHand } = machine
  return {
    ...{ id, name, names, addresses, macs, os, rows, byHand },
    ...{ users: users.slice(0, USERS_MAX), usersTotal: users.length },
    datasets: machine.datasets.flatMap((n) => {
      const dataset = datasets[n]
      return dataset ? [{ id: dataset.id, name: dataset.name }] : []
    }),
    ...{ first: isoOfUsOrNull(machine.first), last: isoOfUsOrNull(machine.last) },
  }
}
