import { createClient, request } from './clients.ts'
import { JA4, TOOLS } from './fingerprints.ts'
import { NETWORKS } from './networks.ts'
import type { StoryContext } from './shapes.ts'
import { detected } from './verdicts.ts'
import { HOSTS } from './visits.ts'

/** What view_host_ip_ja4_rotation must say of one hour; times in seconds since 1970. */
export type Ja4Rotation = {
  address: string
  host: string
  ja4s: string[]
  totalHits: number
  windowStart: number
}

/** JA4s and requests of each address. Two JA4s are no rotation. */
const ROTATIONS = [
  { ja4s: 8, hits: 64 },
  { ja4s: 6, hits: 30 },
  { ja4s: 4, hits: 44 },
  { ja4s: 3, hits: 9 },
  { ja4s: 2, hits: 40 },
] as const

/** Clients that change their handshake every few requests. */
export function ja4Rotation(context: StoryContext): Ja4Rotation[] {
  const { clock, random, rows } = context
  const all = Object.values(JA4).filter((ja4) => !ja4.startsWith('q'))
  const found: Ja4Rotation[] = []
  for (const [n, { ja4s, hits }] of ROTATIONS.entries()) {
    const client = createClient(NETWORKS.datacenter[2], 20 + n, TOOLS.goAsChrome)
    const host = HOSTS[n % 2 === 0 ? 0 : 1]
    const windowStart = clock.inHour(4 + n, 0)
    const used = all.slice(n, n + ja4s)
    for (let hit = 0; hit < hits; hit++) {
      const atMs = (windowStart + 120 + hit * 40) * 1000 + random.whole(0, 900)
      const ja4 = used[hit % used.length] ?? JA4.go
      rows.http_logs.push(
        request(client, { atMs, host, path: `/products/${hit}`, port: random.whole(1_024, 65_000), ja4 }),
      )
    }
    if (ja4s < 3) continue
    found.push({ address: client.address, host, ja4s: used.toSorted(), totalHits: hits, windowStart })
    detected(context, {
      client,
      host,
      ja4: used[0] ?? '',
      at: windowStart + 3_000,
      score: 0.88 - n * 0.021,
      level: 'HIGH',
      hits,
      velocity: 0.025,
      because: ['distinct_ja4_count', 'src_port_density', 'asset_ratio'],
    })
  }
  return found
}
