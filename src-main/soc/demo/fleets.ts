import { DAY_S, HOUR_S } from './clock.ts'
import { createClient, request } from './clients.ts'
import { JA4, TOOLS } from './fingerprints.ts'
import { NETWORKS } from './networks.ts'
import type { FleetRow, StoryContext } from './shapes.ts'
import { detected } from './verdicts.ts'
import { HOSTS } from './visits.ts'

export const FLEET_CAMPAIGN = 2
/** Few enough that every pair of them is a link of the campaign graph: 276. */
const FLEET_SIZE = 24

/** Many addresses of one hoster with one handshake, all of them a library that copies Chrome's: its HTTP/2 gives it away. */
export function fleets(context: StoryContext): FleetRow[] {
  const { clock, random, rows } = context
  const network = NETWORKS.datacenter[1]
  const addresses: string[] = []
  for (let n = 0; n < FLEET_SIZE; n++) {
    const client = createClient(network, 2_000 + n * 5, TOOLS.mimic)
    addresses.push(client.address)
    const start = clock.ago(300 + n * 80)
    const hits = 4 + (n % 5)
    for (let hit = 0; hit < hits; hit++)
      rows.http_logs.push(
        request(client, {
          atMs: (start + hit * 2) * 1000 + random.whole(0, 900),
          host: HOSTS[1],
          path: `/products/${n * 10 + hit}`,
          port: random.whole(1_024, 65_000),
        }),
      )
    detected(context, {
      client,
      host: HOSTS[1],
      at: start + 60,
      score: 0.8 + n * 0.0021,
      level: 'HIGH',
      hits,
      velocity: 0.5,
      campaign: FLEET_CAMPAIGN,
      because: ['tls_h2_family_mismatch', 'asset_ratio', 'hit_velocity'],
    })
  }
  const fleet = (age: number, id: number, score: number, more: Partial<FleetRow>): FleetRow => ({
    detected_at: clock.ago(age),
    community_id: id,
    fleet_score: score,
    n_ips: FLEET_SIZE,
    ja4_set: [JA4.chromeNewest],
    asn_set: [network.org],
    ip_sample: addresses.slice(0, 10),
    ...more,
  })
  rows.fleet_detections.push(
    fleet(HOUR_S * 2, 1, 0.97, {}),
    fleet(DAY_S, 2, 0.81, {
      n_ips: 140,
      ja4_set: [JA4.go, JA4.goHttp2],
      asn_set: ['Delta Servers', 'Stackyard Cloud'],
    }),
    fleet(DAY_S * 6, 3, 0.62, { n_ips: 31, ja4_set: [JA4.python] }),
    fleet(DAY_S * 9, 4, 0.99, { n_ips: 900 }),
  )
  return rows.fleet_detections
}
