import { DAY_S, HOUR_S } from './clock.ts'
import { createClient } from './clients.ts'
import { BROWSERS } from './fingerprints.ts'
import { NETWORKS } from './networks.ts'
import type { StoryContext } from './shapes.ts'
import { scored } from './verdicts.ts'
import { HOSTS, readPages } from './visits.ts'

const VISITORS = 120
const VISITS = 6
/** Of all visitors, those that are here now. */
const HERE_NOW = 40

/** People at home with browsers: what everything else stands out from. */
export function browsers(context: StoryContext): void {
  const { clock, random, rows } = context
  for (let n = 0; n < VISITORS; n++) {
    const client = createClient(random.pick(NETWORKS.isp), 1_000 + n * 37, random.pick(BROWSERS))
    const ages: number[] = []
    if (n < HERE_NOW) ages.push(random.whole(150, 2_500))
    while (ages.length < VISITS) {
      const age = random.whole(HOUR_S * 2, DAY_S * 7 - HOUR_S)
      // Awake from 7 to 23.
      const hour = new Date((clock.now - age) * 1000).getUTCHours()
      if (hour >= 7 && hour < 23) ages.push(age)
    }
    for (const age of ages) {
      const at = clock.ago(age)
      const host = random.pick(HOSTS)
      const requests = readPages(client, random, at, host, random.whole(1, 3))
      rows.http_logs.push(...requests)
      const odd = random.share()
      scored(context, {
        client,
        host,
        at: Math.min(at + 120, clock.now - 10),
        score: odd < 0.9 ? random.share() * 0.25 : 0.3 + random.share() * 0.15,
        level: odd < 0.75 ? 'LEGITIMATE_BROWSER' : odd < 0.9 ? 'NORMAL' : 'LOW',
        hits: requests.length,
        velocity: requests.length / 60,
        model: random.share() < 0.5 ? 'Complet' : 'Applicatif',
      })
    }
  }
  // A score that could not be worked out.
  const [first] = rows.ml_all_scores
  if (first) first.ae_recon_error = 'nan'
}
