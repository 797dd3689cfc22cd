import { DAY_S, HOUR_S } from './clock.ts'
import { createClient } from './clients.ts'
import { TOOLS, type Fingerprint } from './fingerprints.ts'
import { NETWORKS } from './networks.ts'
import type { StoryContext } from './shapes.ts'
import { detected } from './verdicts.ts'
import { HOSTS } from './visits.ts'

type Planned = { id: number; members: number; times: number; fromDay: number; tool: Fingerprint; network: 0 | 1 | 2 }

/** Scrapers of the last days, a slow one, and one that is over: seen only by who looks back 30 days. */
const PLANNED: readonly Planned[] = [
  { id: 3, members: 12, times: 4, fromDay: 0, tool: TOOLS.go, network: 0 },
  { id: 4, members: 6, times: 2, fromDay: 2, tool: TOOLS.urllib, network: 2 },
  { id: 5, members: 10, times: 3, fromDay: 15, tool: TOOLS.python, network: 1 },
]

/** Addresses that belong together: the same handshake, the same pace, over days. */
export function campaigns(context: StoryContext): void {
  const { clock, random } = context
  for (const { id, members, times, fromDay, tool, network } of PLANNED)
    for (let member = 0; member < members; member++) {
      const client = createClient(NETWORKS.datacenter[network], 100 + id * 20 + member, tool)
      for (let time = 0; time < times; time++)
        detected(context, {
          client,
          host: HOSTS[member % HOSTS.length] ?? HOSTS[0],
          at: clock.ago((fromDay + time) * DAY_S + HOUR_S * 3 + random.whole(0, 6 * HOUR_S)),
          score: 0.5 + random.share() * 0.35,
          level: time % 2 === 0 ? 'HIGH' : 'MEDIUM',
          hits: random.whole(20, 400),
          velocity: random.share() * 3,
          fuzzing: random.share() * 5,
          post: random.share() * 0.2,
          orphans: random.share() * 0.4,
          campaign: id,
          recurrence: time + 1,
          model: time % 2 === 0 ? 'Complet' : 'Applicatif',
          because: ['hit_velocity', 'path_diversity_ratio', 'asset_ratio'],
        })
    }
}
