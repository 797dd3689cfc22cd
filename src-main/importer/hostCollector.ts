import { ownText } from './ownText.ts'

export type HostEntry = { value: string; rows: number; first: number | null; last: number | null }

/** More distinct hosts than this are not held in memory: they are handed to `spill`. */
const HOSTS_MAX = 100_000

/** Counts rows per host: the first filled of the columns at `positions`. Times in microseconds since 1970 UTC. */
export function createHostCollector(
  positions: readonly number[],
  unset: ReadonlySet<string>,
  spill: (hosts: HostEntry[]) => void,
) {
  const hosts = new Map<string, HostEntry>()
  const spillAll = (): void => {
    if (hosts.size > 0) spill([...hosts.values()])
    hosts.clear()
  }
  return {
    row(cells: readonly string[], time: number | null): void {
      for (const position of positions) {
        const text = cells[position]
        if (!text || unset.has(text)) continue
        let host = hosts.get(text)
        if (!host) {
          if (hosts.size >= HOSTS_MAX) spillAll()
          const value = ownText(text)
          host = { value, rows: 0, first: null, last: null }
          hosts.set(value, host)
        }
        host.rows++
        if (time !== null) {
          if (host.first === null || time < host.first) host.first = time
          if (host.last === null || time > host.last) host.last = time
        }
        return
      }
    },
    end: spillAll,
  }
}
