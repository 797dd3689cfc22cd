import type { Connection } from '#contract/connections'
import { useCall } from '../../backend/query.ts'
import { placeOf } from '../../state/places.ts'
import { useRoute } from '../../state/route.ts'

/** How often the way to the server is measured. */
const EVERY_MS = 30_000

/** The connection that the console asks: the one that the URL names, else the first. */
export function connectionIn(connections: readonly Connection[], params: URLSearchParams): Connection | undefined {
  return connections.find(({ id }) => id === params.get('conn')) ?? connections[0]
}

export type SocWay = { name: string; ms: number | null; version: string | null; failure: string | null }

/** The server that the console asks and how far away it is; null outside of the console. */
export function useSocWay(): SocWay | null {
  const route = useRoute()
  const here = placeOf(route) === 'soc'
  const { data } = useCall('connections.list', here ? {} : null)
  const connection = here && data ? connectionIn(data.connections, route.params) : undefined
  const { data: way, error } = useCall('connections.latency', connection ? { id: connection.id } : null, {
    everyMs: EVERY_MS,
  })
  if (!connection) return null
  return {
    name: connection.name,
    ms: error ? null : (way?.ms ?? null),
    version: way?.version ?? null,
    failure: error?.message ?? null,
  }
}
