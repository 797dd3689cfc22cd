import { HOUR_S, MINUTE_S } from './clock.ts'
import { createClient, request } from './clients.ts'
import { TOOLS } from './fingerprints.ts'
import { NETWORKS } from './networks.ts'
import type { StoryContext } from './shapes.ts'
import { detected, scored } from './verdicts.ts'
import { API_HOST, HOSTS } from './visits.ts'

/** Every 6 hours over 6 days. */
const ROUNDS = 24

/** Programs that say what they are: a search engine from its own network, and scripts that are known by their JA4. */
export function crawlers(context: StoryContext): void {
  const { clock, random, rows } = context
  const [cloud, hosting] = NETWORKS.datacenter
  const bots = [
    { client: createClient(NETWORKS.search, 70, TOOLS.googlebot), bot: 'Googlebot', host: HOSTS[0] },
    { client: createClient(NETWORKS.search, 71, TOOLS.googlebot), bot: 'Googlebot', host: HOSTS[1] },
    { client: createClient(cloud, 300, TOOLS.python), bot: 'python-requests', host: API_HOST },
    { client: createClient(hosting, 310, TOOLS.go), bot: 'Go-http-client', host: API_HOST },
  ]
  for (const { client, bot, host } of bots) {
    for (let round = 0; round < ROUNDS; round++) {
      const start = clock.ago(round === 0 ? 40 * MINUTE_S : round * 6 * HOUR_S)
      const pages = random.whole(6, 12)
      for (let n = 0; n < pages; n++) {
        const path = n === 0 && bot === 'Googlebot' ? '/robots.txt' : `/products/${random.whole(1, 400)}`
        const atMs = (start + n * 8) * 1000 + random.whole(0, 900)
        rows.http_logs.push(request(client, { atMs, host, path, port: random.whole(30_000, 60_000) }))
      }
      const judged = {
        client,
        host,
        at: start + 120,
        bot,
        level: 'KNOWN_BOT' as const,
        score: 0.2 + random.share() * 0.1,
        hits: pages,
        velocity: 0.12,
        because: ['asset_ratio', 'direct_access_ratio'],
      }
      // One round in four is noisy enough to be detected.
      if (round % 4 === 0) detected(context, judged)
      else scored(context, judged)
    }
  }
}
