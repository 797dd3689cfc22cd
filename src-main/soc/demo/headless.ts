import { createClient, request } from './clients.ts'
import { TOOLS } from './fingerprints.ts'
import { NETWORKS } from './networks.ts'
import type { StoryContext } from './shapes.ts'
import { detected } from './verdicts.ts'
import { HOSTS } from './visits.ts'

/** What view_resource_cascade_1h must say of one hour; null: no asset followed a page. */
export type Cascade = {
  address: string
  host: string
  pageCount: number
  avgDelayMs: number | null
  stddevDelayMs: number | null
  maxSubResources: number
  windowStart: number
}

/** Milliseconds from each page to its assets: none at all, one at a steady pace, and the pace of a real page. */
const CLIENTS = [
  { pages: 30, delays: [] },
  { pages: 20, delays: [50, 50, 50] },
  { pages: 10, delays: [100, 300, 500, 700] },
] as const

/** Chrome without a window: it reads pages as a script does, without what belongs to them. */
export function headless(context: StoryContext): Cascade[] {
  const { clock, rows } = context
  return CLIENTS.map(({ pages, delays }, n) => {
    const client = createClient(NETWORKS.datacenter[1], 700 + n, TOOLS.headless)
    const host = HOSTS[0]
    const windowStart = clock.inHour(6 + n, 0)
    for (let page = 0; page < pages; page++) {
      const atMs = (windowStart + 60 + page * 90) * 1000
      const path = `/products/${page}`
      rows.http_logs.push(request(client, { atMs, host, path, port: 30_000 + page }))
      for (const [k, delay] of delays.entries())
        rows.http_logs.push(
          request(client, {
            atMs: atMs + delay,
            host,
            path: `/static/${k}.js`,
            port: 30_000 + page,
            referer: `https://${host}${path}`,
          }),
        )
    }
    const mean = delays.reduce<number>((sum, delay) => sum + delay, 0) / delays.length
    const spread = delays.reduce<number>((sum, delay) => sum + (delay - mean) ** 2, 0) / delays.length
    detected(context, {
      client,
      host,
      at: windowStart + 3_200,
      score: 0.66 - n * 0.051,
      level: 'MEDIUM',
      hits: pages * (1 + delays.length),
      velocity: 0.011,
      because: ['asset_ratio', 'temporal_entropy'],
    })
    return {
      address: client.address,
      host,
      pageCount: pages,
      avgDelayMs: delays.length === 0 ? null : mean,
      stddevDelayMs: delays.length === 0 ? null : Math.sqrt(spread),
      maxSubResources: delays.length,
      windowStart,
    }
  })
}
