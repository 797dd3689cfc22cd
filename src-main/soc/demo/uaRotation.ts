import { createClient, request } from './clients.ts'
import { BROWSERS, TOOLS } from './fingerprints.ts'
import { NETWORKS } from './networks.ts'
import type { StoryContext } from './shapes.ts'
import { detected } from './verdicts.ts'
import { HOSTS } from './visits.ts'

/** What view_dashboard_user_agents must say of one hour; times in seconds since 1970. */
export type UaRotation = {
  address: string
  ja4: string
  userAgents: string[]
  totalRequests: number
  windowStart: number
}

/** A user agent is whatever the client wrote. */
export const HOSTILE_USER_AGENT =
  '<script>alert(1)</script><img src=x onerror="alert(2)"> =HYPERLINK("http://evil.example","x") \u202E'

/** User agents and requests of each address. Two are an update of the program. */
const ROTATIONS = [
  { agents: 12, hits: 60 },
  { agents: 5, hits: 40 },
  { agents: 3, hits: 9 },
  { agents: 2, hits: 50 },
] as const

/** One program that says it is many; the second also tries to get HTML into somebody's console. */
export function uaRotation(context: StoryContext): UaRotation[] {
  const { clock, random, rows } = context
  const found: UaRotation[] = []
  for (const [n, { agents, hits }] of ROTATIONS.entries()) {
    const client = createClient(NETWORKS.datacenter[0], 900 + n, TOOLS.urllib)
    const host = HOSTS[1]
    const windowStart = clock.inHour(5 + n, 0)
    const userAgents = Array.from({ length: agents }, (_, k) => {
      if (n === 1 && k === 0) return HOSTILE_USER_AGENT
      const { userAgent } = BROWSERS[k % BROWSERS.length] ?? TOOLS.urllib
      return k < BROWSERS.length ? userAgent : `${userAgent} Build/${k}`
    })
    for (let hit = 0; hit < hits; hit++)
      rows.http_logs.push(
        request(client, {
          atMs: (windowStart + 90 + hit * 45) * 1000 + random.whole(0, 900),
          host,
          path: '/search',
          query: `q=${hit}`,
          port: random.whole(1_024, 65_000),
          userAgent: userAgents[hit % agents] ?? '',
        }),
      )
    if (agents < 3) continue
    found.push({
      address: client.address,
      ja4: client.fingerprint.ja4,
      userAgents: userAgents.toSorted(),
      totalRequests: hits,
      windowStart,
    })
    detected(context, {
      client,
      host,
      at: windowStart + 3_100,
      score: 0.7 - n * 0.031,
      level: 'MEDIUM',
      hits,
      velocity: 0.022,
      fuzzing: hits,
      model: 'Applicatif',
      because: ['fuzzing_index', 'is_ua_rotating'],
    })
  }
  return found
}
