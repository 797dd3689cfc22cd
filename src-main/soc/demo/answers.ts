/**
 * What must be found in generated data: the planted stories, and what is counted from the rows without any SQL. Good for
 * STEADY_S (15 minutes) after `now`. Addresses are plain IPv4 or IPv6, times seconds since 1970.
 */
import { DAY_S } from './clock.ts'
import type { BruteForce } from './credentialStuffing.ts'
import type { Cascade } from './headless.ts'
import type { Ja4Rotation } from './ja4Rotation.ts'
import { sessionsOf, type Session } from './sessions.ts'
import type { DemoRows, FleetRow } from './shapes.ts'
import type { Oddities } from './oddities.ts'
import type { ReferenceLists } from './referenceLists.ts'
import type { UaRotation } from './uaRotation.ts'

export type Counts = Record<string, number>

export type Campaign = {
  id: number
  /** Detections within 7 days; 0 for one that is over. */
  members: number
  members30d: number
  /** Of all its detections, sorted. */
  addresses: string[]
  ja4s: string[]
}
export type Recurrence = {
  address: string
  recurrence: number
  worstScore: number
  firstSeen: number
  lastSeen: number
}

export type Planted = {
  /** Most posts first, as each list: what its view shows most of, first. */
  bruteForce: BruteForce[]
  ja4Rotation: Ja4Rotation[]
  uaRotation: UaRotation[]
  /** Of the headless clients only; people with browsers are in the view too. */
  cascades: Cascade[]
  /** All fleets; the last is older than a week. */
  fleets: FleetRow[]
  oddities: Oddities
}

export type DemoAnswers = Planted & {
  now: number
  requests: { day: number; week: number; all: number }
  scores: { day: number; threeDays: number; week: number; all: number }
  detections: { day: number; threeDays: number; week: number; month: number; all: number }
  /** Of scores and of detections of the last day, by level. */
  threats: { scores: Counts; detections: Counts }
  models: { day: Counts; week: Counts }
  /** Scores of the last day by family; those without one are left out. */
  browsers: Counts
  /** Detections of the last day by address; its size is the number of different ones. */
  detectedAddresses: Counts
  /** Detections of the last day by hour (seconds since 1970) and level. */
  timeline: Record<string, Counts>
  /** Requests of the last 7 days by `day-hour`, Monday 0, hours in UTC. */
  heatmap: Counts
  campaigns: Campaign[]
  recurrence: Recurrence[]
  classifications: Counts
  /** Detected within 3 days and never classified, with the worst score, worst first. */
  unclassified: { address: string; worstScore: number; detections: number }[]
  /** From the reasons of all detections: mean of the absolute weights. */
  importance: Record<string, { importance: number; occurrences: number }>
  /** view_ai_features_1h, worked out apart. */
  sessions: Session[]
  /** Lines of each reference list. */
  lists: Counts
}

export function answersOf(now: number, rows: DemoRows, planted: Planted, lists: ReferenceLists): DemoAnswers {
  const { http_logs: requests, ml_all_scores: scores, ml_detected_anomalies: detections } = rows
  const within = <T>(list: readonly T[], time: (row: T) => number, days: number): T[] =>
    list.filter((row) => time(row) >= now - days * DAY_S)
  const requestsOf = (days: number) => within(requests, ({ time }) => time, days)
  const scoresOf = (days: number) => within(scores, ({ detected_at }) => detected_at, days)
  const detectionsOf = (days: number) => within(detections, ({ detected_at }) => detected_at, days)
  const today = detectionsOf(1)
  const timeline: Record<string, Counts> = {}
  for (const { detected_at, threat_level } of today) {
    const hour = (timeline[detected_at - (detected_at % 3600)] ??= {})
    hour[threat_level] = (hour[threat_level] ?? 0) + 1
  }
  return {
    ...planted,
    now,
    requests: { day: requestsOf(1).length, week: requestsOf(7).length, all: requests.length },
    scores: {
      day: scoresOf(1).length,
      threeDays: scoresOf(3).length,
      week: scoresOf(7).length,
      all: scores.length,
    },
    detections: {
      day: today.length,
      threeDays: detectionsOf(3).length,
      week: detectionsOf(7).length,
      month: detectionsOf(30).length,
      all: detections.length,
    },
    threats: {
      scores: countBy(scoresOf(1), ({ threat_level }) => threat_level),
      detections: countBy(today, ({ threat_level }) => threat_level),
    },
    models: {
      day: countBy(scoresOf(1), ({ model_name }) => model_name),
      week: countBy(scoresOf(7), ({ model_name }) => model_name),
    },
    browsers: countBy(
      scoresOf(1).filter(({ browser_family }) => browser_family !== ''),
      ({ browser_family }) => browser_family,
    ),
    detectedAddresses: countBy(today, ({ src_ip }) => plain(src_ip)),
    timeline,
    heatmap: countBy(requestsOf(7), ({ time }) => {
      const at = new Date(time * 1000)
      return `${(at.getUTCDay() + 6) % 7}-${at.getUTCHours()}`
    }),
    campaigns: campaignsOf(detections, now),
    recurrence: recurrenceOf(detectionsOf(30)),
    classifications: countBy(rows.soc_feedback, ({ classification }) => classification),
    unclassified: unclassifiedOf(
      detectionsOf(3),
      rows.soc_feedback.map(({ src_ip }) => src_ip),
    ),
    importance: importanceOf(detections),
    sessions: sessionsOf(requests, now, lists),
    lists: Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.length])),
  }
}

const plain = (address: string): string => address.replace(/^::ffff:/, '')

function countBy<T>(list: readonly T[], key: (row: T) => string): Counts {
  const counts: Counts = {}
  for (const row of list) counts[key(row)] = (counts[key(row)] ?? 0) + 1
  return counts
}

type Detections = DemoRows['ml_detected_anomalies']

const sorted = (values: readonly string[]): string[] => [...new Set(values)].toSorted()

function campaignsOf(detections: Detections, now: number): Campaign[] {
  const groups = Map.groupBy(
    detections.filter(({ campaign_id }) => campaign_id >= 0),
    ({ campaign_id }) => campaign_id,
  )
  return [...groups]
    .map(([id, rows]) => ({
      id,
      members: rows.filter(({ detected_at }) => detected_at >= now - 7 * DAY_S).length,
      members30d: rows.filter(({ detected_at }) => detected_at >= now - 30 * DAY_S).length,
      addresses: sorted(rows.map(({ src_ip }) => plain(src_ip))),
      ja4s: sorted(rows.map(({ ja4 }) => ja4)),
    }))
    .toSorted((a, b) => b.members - a.members || a.id - b.id)
}

function recurrenceOf(detections: Detections): Recurrence[] {
  return [...Map.groupBy(detections, ({ src_ip }) => src_ip)]
    .map(([address, rows]) => ({
      address: plain(address),
      recurrence: new Set(rows.map(({ detected_at }) => Math.floor(detected_at / 3600))).size,
      worstScore: Math.max(...rows.map(({ anomaly_score }) => anomaly_score)),
      firstSeen: Math.min(...rows.map(({ detected_at }) => detected_at)),
      lastSeen: Math.max(...rows.map(({ detected_at }) => detected_at)),
    }))
    .filter(({ recurrence }) => recurrence >= 2)
    .toSorted((a, b) => b.recurrence - a.recurrence || b.worstScore - a.worstScore)
}

function unclassifiedOf(detections: Detections, classified: readonly string[]): DemoAnswers['unclassified'] {
  return [...Map.groupBy(detections, ({ src_ip }) => src_ip)]
    .filter(([address]) => !classified.includes(address))
    .map(([address, rows]) => ({
      address: plain(address),
      worstScore: Math.max(...rows.map(({ anomaly_score }) => anomaly_score)),
      detections: rows.length,
    }))
    .toSorted((a, b) => b.worstScore - a.worstScore)
}

function importanceOf(detections: Detections): DemoAnswers['importance'] {
  const weights = detections.flatMap(({ reason }) =>
    [...reason.matchAll(/(\w+)\(([+-]\d+\.\d+)\)/g)].map(([, name = '', weight]) => ({
      name,
      weight: Math.abs(Number(weight)),
    })),
  )
  const importance: DemoAnswers['importance'] = {}
  for (const [name, all] of Map.groupBy(weights, (weight) => weight.name))
    importance[name] = {
      importance: all.reduce((sum, { weight }) => sum + weight, 0) / all.length,
      occurrences: all.length,
    }
  return importance
}
