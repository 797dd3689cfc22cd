import { hostKeys } from './hostNames.ts'
import { FileFault, type IocFile } from './sharedIocs.ts'

/** Names of hosts looked at between two looks at whether the question was cancelled. */
const LOOK_EVERY = 4_096

/** A host in one file: rows that name it, all ways in which it is written there, first and last time in microseconds. */
export type HostInFile = {
  file: number
  count: number
  names: string[]
  first: number | null
  last: number | null
}
export type SharedHost = { host: string; count: number; files: HostInFile[] }

type Named = { name: string; file: number; count: number; names: string[]; first: number | null; last: number | null }

/**
 * Hosts that two or more groups have under any of their names, most rows first. A file names hosts in its table `hosts` and
 * as indicators: of both the larger count is that of the rows. AppError 'cancelled'; FileFault.
 */
export function sharedHosts(files: readonly IocFile[], goOn: () => void): SharedHost[] {
  const all = files.flatMap(({ db }, file) => {
    try {
      return namedIn(db, file, goOn)
    } catch (error) {
      throw new FileFault(file, error)
    }
  })
  const keys = hostKeys(all.map(({ name }) => name))
  const hosts = new Map<string, Map<number, HostInFile>>()
  for (const { name, file, count, names, first, last } of all) {
    const key = keys.get(name) ?? name
    const inFiles = hosts.get(key) ?? new Map<number, HostInFile>()
    hosts.set(key, inFiles)
    const known = inFiles.get(file)
    if (!known) inFiles.set(file, { file, count, names: [...names], first, last })
    else {
      known.count += count
      known.names.push(...names)
      known.first = earlier(known.first, first)
      known.last = later(known.last, last)
    }
  }
  const shared: SharedHost[] = []
  for (const [host, inFiles] of hosts) {
    const found = [...inFiles.values()]
    if (new Set(found.map(({ file }) => files[file]?.group)).size < 2) continue
    shared.push({ host, count: found.reduce((sum, { count }) => sum + count, 0), files: found })
  }
  return shared.sort((a, b) => b.count - a.count || (a.host < b.host ? -1 : 1))
}

/** The names in one file, each in lower case once. */
function namedIn(db: IocFile['db'], file: number, goOn: () => void): Named[] {
  type Row = { value: string; count: number; first_us: number | null; last_us: number | null }
  const named = new Map<string, Named>()
  let looked = 0
  const rows = db.prepare<[], Row>('SELECT value, rows AS count, first_us, last_us FROM hosts').iterate()
  for (const { value, count, first_us: first, last_us: last } of rows) {
    if (++looked % LOOK_EVERY === 0) goOn()
    const name = value.trim().toLowerCase()
    if (name === '') continue
    const known = named.get(name)
    if (!known) named.set(name, { name, file, count, names: [value], first, last })
    else {
      known.count += count
      known.names.push(value)
      known.first = earlier(known.first, first)
      known.last = later(known.last, last)
    }
  }
  const iocs = db.prepare<[], Row>(`SELECT value, count, first_us, last_us FROM iocs WHERE type = 'hostname'`).iterate()
  for (const { value, count, first_us: first, last_us: last } of iocs) {
    if (++looked % LOOK_EVERY === 0) goOn()
    const known = named.get(value)
    if (!known) named.set(value, { name: value, file, count, names: [value], first, last })
    else {
      known.count = Math.max(known.count, count)
      known.first = earlier(known.first, first)
      known.last = later(known.last, last)
    }
  }
  return [...named.values()]
}

const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b)
const later = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b))
