import { DAY_S } from './clock.ts'
import { createClient, request } from './clients.ts'
import { JA4, TOOLS, type Fingerprint } from './fingerprints.ts'
import { NETWORKS } from './networks.ts'
import type { StoryContext } from './shapes.ts'
import { scored } from './verdicts.ts'
import { HOSTS } from './visits.ts'

/** What must come through whole: every byte of it, and no digit rounded. */
export type Oddities = {
  /** Of all three requests, which carry no JA4 and no user agent. */
  address: string
  paths: string[]
  forwardedFor: string
  /** A score in the last 3 days whose hits no double holds; the only one of its JA4. */
  wide: { ja4: string; hits: string }
}

const HUGE = 256 * 1024
/** The first number that a double rounds. */
const WIDE = '9007199254740993'

/** Traffic that no browser sends: not encrypted, nameless, huge, full of what means something elsewhere. */
export function oddities(context: StoryContext): Oddities {
  const { clock, rows } = context
  const nameless: Fingerprint = { family: '', ja4: '', h2: '', userAgent: '', brands: '', platform: '' }
  const client = createClient(NETWORKS.datacenter[2], 90, nameless)
  const paths = [`/${'A'.repeat(HUGE)}`, '/%_\\\'"`;--{x:String}$(id)<b>\n\t\0é\u{1F600}/..', "/=cmd|' /C calc'!A0"]
  const forwardedFor = '10.0.0.1, 203.0.113.7, <unknown>'
  for (const [n, path] of paths.entries())
    rows.http_logs.push({
      ...request(client, {
        atMs: clock.inHour(8, 300 + n) * 1000,
        host: HOSTS[0],
        path,
        port: 1_024 + n,
        method: 'HEAD',
      }),
      header_x_forwarded_for: forwardedFor,
    })
  const score = scored(context, {
    client: createClient(NETWORKS.datacenter[2], 91, TOOLS.go),
    host: HOSTS[0],
    at: clock.ago(2 * DAY_S),
    score: 0.41,
    level: 'LOW',
    hits: 1,
    velocity: 1e9,
    ja4: JA4.icedId,
  })
  score.hits = WIDE
  return { address: client.address, paths, forwardedFor, wide: { ja4: JA4.icedId, hits: WIDE } }
}
