import { createClient, request } from './clients.ts'
import { createClock } from './clock.ts'
import { BROWSERS, TOOLS } from './fingerprints.ts'
import { NETWORKS } from './networks.ts'
import { createRandom } from './random.ts'
import type { DemoRows } from './shapes.ts'
import { detected, scored } from './verdicts.ts'
import { HOSTS, LOGIN_HOST, readPages } from './visits.ts'

/** A visit lasts so long: what is written now has just ended. */
const VISIT_S = 120
const VISITORS = 4

/** What happened in the last two minutes, so that a demo that stays open goes on: some visits and one attack. */
export function pulse(
  now: Date,
  beat: number,
): Pick<DemoRows, 'http_logs' | 'ml_all_scores' | 'ml_detected_anomalies'> {
  const random = createRandom(beat, 'pulse')
  const clock = createClock(now)
  const rows: DemoRows = {
    http_logs: [],
    ml_all_scores: [],
    ml_detected_anomalies: [],
    soc_feedback: [],
    ml_performance_metrics: [],
    fleet_detections: [],
  }
  const context = { clock, random, rows }
  const start = clock.now - VISIT_S
  for (let n = 0; n < VISITORS; n++) {
    const client = createClient(random.pick(NETWORKS.isp), random.whole(1_000, 6_000), random.pick(BROWSERS))
    const host = random.pick(HOSTS)
    const visit = readPages(client, random, start, host, random.whole(1, 3))
    rows.http_logs.push(...visit)
    scored(context, {
      client,
      host,
      at: clock.now,
      score: random.share() * 0.25,
      level: 'LEGITIMATE_BROWSER',
      hits: visit.length,
      velocity: visit.length / VISIT_S,
    })
  }
  const attacker = createClient(NETWORKS.datacenter[0], 500 + (beat % 6), TOOLS.python)
  const attempts = random.whole(8, 25)
  for (let n = 0; n < attempts; n++)
    rows.http_logs.push(
      request(attacker, {
        atMs: start * 1000 + n * 4_000,
        host: LOGIN_HOST,
        path: '/login',
        port: random.whole(1_024, 65_000),
        method: 'POST',
      }),
    )
  detected(context, {
    client: attacker,
    host: LOGIN_HOST,
    at: clock.now,
    score: 0.9 + random.share() * 0.09,
    level: beat % 3 === 0 ? 'CRITICAL' : 'HIGH',
    hits: attempts,
    velocity: attempts / VISIT_S,
    post: 1,
    campaign: 1,
    because: ['post_ratio', 'hit_velocity', 'asset_ratio'],
  })
  return rows
}
