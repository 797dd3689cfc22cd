import { DAY_S, HOUR_S } from './clock.ts'
import { createClient } from './clients.ts'
import { TOOLS } from './fingerprints.ts'
import { NETWORKS } from './networks.ts'
import type { StoryContext } from './shapes.ts'
import { detected } from './verdicts.ts'
import { API_HOST } from './visits.ts'

/** Days on which each address came back. */
const DAYS = [25, 18, 9, 5, 2] as const

/** The same addresses over weeks; the last of them is an IPv6 address. */
export function persistent(context: StoryContext): void {
  const { clock } = context
  for (const [n, days] of DAYS.entries()) {
    const client = createClient(NETWORKS.datacenter[2], 60 + n, TOOLS.goAsChrome)
    for (let day = 0; day < days; day++) {
      detected(context, {
        client,
        host: API_HOST,
        at: clock.ago(day * DAY_S + HOUR_S * (2 + n)),
        score: 0.55 + n * 0.013 + day * 0.0017,
        level: day % 5 === 0 ? 'HIGH' : 'MEDIUM',
        hits: 40 + day,
        velocity: 0.2,
        recurrence: day + 1,
        ...(n === DAYS.length - 1 ? { address: '2001:db8::bad:1' } : {}),
        because: day % 2 === 0 ? ['hit_velocity', 'direct_access_ratio'] : [],
      })
    }
  }
}
