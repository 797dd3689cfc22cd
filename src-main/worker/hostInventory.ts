import { AppError } from '#contract/appError'
import type { CanonicalField } from '#contract/values'
import {
  machinesOf,
  type Fact,
  type HandChange,
  type Machines,
  type Sighting,
  type Tie,
  type Token,
} from '../graph/machines.ts'
import type { DatasetColumns } from '../lineage/processColumns.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { hostKeys } from '../sqlite/hostNames.ts'
import { changesOf } from '../sqlite/queries/hosts.read.ts'
import { endsOf, type EndColumns, type PairRow } from '../sqlite/queries/networkPairs.read.ts'
import { datasetsOf } from '../sqlite/queries/processes.read.ts'
import type { ReadContext } from './contexts.ts'
import { addressOf, fullNameOf, macOf, scopeOf } from './networkNames.ts'
import { columnsOf, versionOf } from './processForest.ts'

/** Names of one dataset that are looked at; those of most rows. */
const NAMES_MAX = 50_000
/** Pairs of a name with users, addresses and so on, of one dataset. */
const TIES_MAX = 40_000
/** Private addresses without a name that are machines of their own. */
const NAMELESS_MAX = 20_000

export type Inventory = {
  machines: Machines
  datasets: { id: string; name: string; leftOut: string | null }[]
  /** Machines without a name beyond the limit. */
  left: number
  /** The token of a name as it is written. */
  tokenOfName(text: string): Token
}

/** What the datasets of a hunt say about machines, before anything is brought together. */
type Observed = {
  version: string
  datasets: Inventory['datasets']
  sightings: Sighting[]
  ties: Tie[]
  facts: Fact[]
  left: number
  keys: Map<string, string>
}
const kept = new WeakMap<ReadContext['datasets'], Observed>()
const made = new WeakMap<Observed, { changes: string; inventory: Inventory }>()

/** The machines of a hunt, for its files as they are and with what was merged and split by hand. AppError 'cancelled'. */
export function inventoryOf(context: ReadContext, huntId: string): Inventory {
  const named = datasetsOf(context.db, huntId)
  const version = [huntId, ...named.map(({ id, name }) => `${name} ${versionOf(context, id)}`)].join('\n')
  let observed = kept.get(context.datasets)
  if (observed?.version !== version) {
    kept.delete(context.datasets)
    observed = observe(context, named, version)
    kept.set(context.datasets, observed)
  }
  const changes = changesOf(context.db, huntId)
  const key = JSON.stringify(changes)
  const known = made.get(observed)
  if (known?.changes === key) return known.inventory
  const inventory = inventoryFrom(observed, changes)
  made.set(observed, { changes: key, inventory })
  return inventory
}

/** Which inventory it is: another text once a file or a decision by hand is another. */
export const inventoryVersion = (context: ReadContext, huntId: string): string =>
  JSON.stringify(changesOf(context.db, huntId))

function inventoryFrom(observed: Observed, changes: { kind: HandChange['kind']; names: string[] }[]): Inventory {
  const tokenOfName = (text: string): Token =>
    `name:${observed.keys.get(fullNameOf(text)) ?? fullNameOf(text).toUpperCase()}`
  const tokenOf = (text: string): Token => {
    const address = addressOf(text)
    const mac = address === null ? macOf(text) : null
    return address !== null ? `address:${address}` : mac !== null ? `mac:${mac}` : tokenOfName(text)
  }
  const byHand = changes.map(({ kind, names }) => ({
    kind,
    tokens: names.map((text) => ({ token: tokenOf(text), text: addressOf(text) ?? macOf(text) ?? text })),
  }))
  const { sightings, ties, facts, datasets, left } = observed
  return { machines: machinesOf(sightings, ties, facts, byHand), datasets, left, tokenOfName }
}

type Seen = Omit<Sighting, 'token' | 'dataset'>

function observe(context: ReadContext, named: readonly { id: string; name: string }[], version: string): Observed {
  const names: (Seen & { dataset: number; full: string })[] = []
  const nameTies: { dataset: number; full: string; to: Token; rows: number }[] = []
  const nameFacts: { full: string; about: Fact['about']; value: string; rows: number }[] = []
  const others: Sighting[] = []
  const ties: Tie[] = []
  const sources = new Map<string, Sighting>()
  const datasets = named.map(({ id, name }, dataset) => {
    try {
      const handle = context.datasets.open(id)
      const columns = columnsOf(handle)
      const found = lookAt(handle, columns, dataset)
      names.push(...found.names)
      nameTies.push(...found.nameTies)
      nameFacts.push(...found.nameFacts)
      others.push(...found.others)
      ties.push(...found.ties)
      for (const source of found.sources) {
        const known = sources.get(source.token)
        if (!known || known.dataset !== dataset) others.push(source)
        sources.set(source.token, source)
      }
      const leftOut =
        found.names.length + found.sources.length > 0
          ? null
          : 'No column of it names a host, and no private address is the source of a connection.'
      return { id, name, leftOut }
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error
      return { id, name, leftOut: error.message }
    }
  })
  const fulls = new Set(names.map(({ full }) => full))
  const keys = hostKeys(fulls)
  const tokenOf = (full: string): Token => `name:${keys.get(full) ?? full.toUpperCase()}`
  const sightings: Sighting[] = names.map(({ full, ...rest }) => ({ ...rest, token: tokenOf(full) }))
  sightings.push(...others)
  for (const { dataset, full, to, rows } of nameTies) ties.push({ dataset, a: tokenOf(full), b: to, rows })
  const facts = nameFacts.map(({ full, ...rest }) => ({ ...rest, token: tokenOf(full) }))
  return { version, datasets, sightings, ties, facts, left: Math.max(0, sources.size - NAMELESS_MAX), keys }
}

type Found = {
  names: (Seen & { dataset: number; full: string })[]
  nameTies: { dataset: number; full: string; to: Token; rows: number }[]
  nameFacts: { full: string; about: Fact['about']; value: string; rows: number }[]
  others: Sighting[]
  ties: Tie[]
  sources: Sighting[]
}

/** What one dataset says about machines. */
function lookAt(handle: DatasetHandle, columns: DatasetColumns, dataset: number): Found {
  const found: Found = { names: [], nameTies: [], nameFacts: [], others: [], ties: [], sources: [] }
  const end = (field: CanonicalField): EndColumns | null => {
    const feeding = columns.feeding(field)
    return feeding.length === 0 ? null : [feeding]
  }
  const [host, source, target, user, os, mac] = [
    ...[end('hostname'), end('src_ip'), end('dst_ip'), end('username'), end('os'), end('mac_address')],
  ]
  const ends = endsOf(handle, {})
  const tied = (from: EndColumns, to: EndColumns, only?: { columns: EndColumns[0]; words: string[] }): PairRow[] =>
    ends.pairs({ from, to, bytes: [], axis: null, most: TIES_MAX, only: only ?? null }).pairs
  if (host) {
    for (const { value, ...seen } of ends.values(host, NAMES_MAX)) {
      const full = fullNameOf(value)
      if (full !== '' && addressOf(value) === null) found.names.push({ ...seen, dataset, full, text: value.trim() })
    }
    const facts = (about: Fact['about'], values: EndColumns): void => {
      for (const { from, to, count } of tied(host, values))
        found.nameFacts.push({ full: fullNameOf(from), about, value: to, rows: count })
    }
    if (user) facts('user', user)
    if (os) facts('os', os)
    const tie = (pairs: readonly PairRow[], kind: 'address' | 'mac'): void => {
      for (const { from, to, count, first, last } of pairs) {
        const value = kind === 'address' ? ownAddress(to) : macOf(to)
        if (value === null || addressOf(from) !== null) continue
        const token: Token = `${kind}:${value}`
        found.nameTies.push({ dataset, full: fullNameOf(from), to: token, rows: count })
        found.others.push({ dataset, token, text: value, rows: count, first, last })
      }
    }
    // Sysmon says whether the process on this host began the connection: else the source is who came.
    const began = columns.named('Initiated')
    if (source && target)
      tie(tied(host, source, began.length > 0 ? { columns: began, words: ['true', '1', 'yes'] } : undefined), 'address')
    const own = columns
      .feeding('ip_address')
      .filter(({ fields }) => !fields.includes('src_ip') && !fields.includes('dst_ip'))
    if (own.length > 0) tie(tied(host, [own]), 'address')
    if (mac) tie(tied(host, mac), 'mac')
  }
  if (source && mac)
    for (const { from, to, count, first, last } of tied(mac, source)) {
      const [hardware, address] = [macOf(from), ownAddress(to)]
      if (hardware === null || address === null) continue
      found.ties.push({ dataset, a: `mac:${hardware}`, b: `address:${address}`, rows: count })
      found.others.push({ dataset, token: `mac:${hardware}`, text: hardware, rows: count, first, last })
    }
  const answers = columns.named('answers')
  const domain = end('domain')
  if (domain && answers.length > 0)
    for (const { from, to, count, first, last } of tied(domain, [answers])) {
      const addresses = addressesIn(to)
      const [only] = addresses
      const full = fullNameOf(from)
      // A name with one private address is that of a machine inside.
      if (addresses.length !== 1 || only === undefined || ownAddress(only) === null || !full.includes('.')) continue
      found.names.push({ dataset, full, text: from.trim(), rows: count, first, last })
      found.nameTies.push({ dataset, full, to: `address:${only}`, rows: count })
      found.others.push({ dataset, token: `address:${only}`, text: only, rows: count, first, last })
    }
  if (source && target)
    for (const { value, ...seen } of ends.values(source, NAMELESS_MAX)) {
      const address = ownAddress(value)
      if (address !== null) found.sources.push({ ...seen, dataset, token: `address:${address}`, text: address })
    }
  return found
}

/** An address that can be that of a machine inside. */
function ownAddress(text: string): string | null {
  const address = addressOf(text)
  return address !== null && scopeOf(address) === 'private' && !/^169\.254\.|^fe80:/.test(address) ? address : null
}

/** Every address in the answers of a resolver, as lists are written: ["10.0.0.4"] or 10.0.0.4;::ffff:10.0.0.5. */
export const addressesIn = (text: string): string[] =>
  text.split(/[^0-9a-fA-F:.]+/).flatMap((part) => addressOf(part) ?? [])
