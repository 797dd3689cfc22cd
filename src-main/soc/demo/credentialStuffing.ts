import { createClient, request } from './clients.ts'
import { BROWSERS, TOOLS } from './fingerprints.ts'
import { NETWORKS } from './networks.ts'
import type { StoryContext } from './shapes.ts'
import { detected } from './verdicts.ts'
import { LOGIN_HOST } from './visits.ts'

export const STUFFING_CAMPAIGN = 1

/** What view_form_bruteforce_detected must say; times in seconds since 1970. */
export type BruteForce = {
  address: string
  host: string
  postCount: number
  distinctPaths: number
  firstSeen: number
  lastSeen: number
}

/** Sign-ins tried by each address. The last one stays below the 10 of the view. */
const ATTEMPTS = [180, 95, 60, 41, 25, 12, 9] as const
const PATHS = ['/login', '/signin', '/api/auth/token', '/wp-login.php'] as const

/** Stolen passwords tried at the sign-in: many posts, few paths, one tool, several addresses of two hosters. */
export function credentialStuffing(context: StoryContext): BruteForce[] {
  const { clock, random, rows } = context
  const found: BruteForce[] = []
  for (const [n, attempts] of ATTEMPTS.entries()) {
    const client = createClient(NETWORKS.datacenter[n % 2 === 0 ? 0 : 1], 500 + n, TOOLS.python)
    const start = clock.inHour(3 + n, 60)
    const paths = PATHS.slice(0, 1 + (n % 3))
    const every = Math.floor(2_400 / attempts)
    for (let attempt = 0; attempt < attempts; attempt++) {
      const path = paths[attempt % paths.length] ?? '/login'
      const atMs = (start + attempt * every) * 1000 + random.whole(0, 900)
      const port = random.whole(1_024, 65_000)
      rows.http_logs.push(request(client, { atMs, host: LOGIN_HOST, path, port, method: 'POST' }))
    }
    if (attempts < 10) continue
    const lastSeen = start + (attempts - 1) * every
    found.push({
      address: client.address,
      host: LOGIN_HOST,
      postCount: attempts,
      distinctPaths: paths.length,
      firstSeen: start,
      lastSeen,
    })
    detected(context, {
      client,
      host: LOGIN_HOST,
      at: lastSeen + 60,
      score: 0.99 - n * 0.011,
      level: 'CRITICAL',
      hits: attempts,
      velocity: attempts / 2_400,
      post: 1,
      campaign: STUFFING_CAMPAIGN,
      because: ['post_ratio', 'hit_velocity', 'asset_ratio', 'direct_access_ratio'],
    })
  }
  // People mistype passwords too.
  const person = createClient(NETWORKS.isp[0], 9, BROWSERS[0] ?? TOOLS.headless)
  for (let n = 0; n < 3; n++)
    rows.http_logs.push(
      request(person, {
        atMs: clock.inHour(4, 900 + n * 20) * 1000,
        host: LOGIN_HOST,
        path: '/login',
        port: 40_000,
        method: 'POST',
      }),
    )
  return found
}
