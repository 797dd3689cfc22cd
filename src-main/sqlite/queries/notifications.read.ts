import type { Channel, Delivery } from '#contract/notifications'
import { severities, type ChannelKind, type DeliveryState, type Severity } from '#contract/values'
import { conditions, isoOfMs, isoOfMsOrNull, isoOfUsOrNull } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

/** A channel as it is kept: `sealed` is its address for the key ring that sealed it. */
export type KeptChannel = Omit<Channel, 'address'> & { sealed: string | null }

type ChannelRow = {
  id: string
  name: string
  kind: ChannelKind
  enabled: number
  min_severity: Severity
  max_severity: Severity
  hunt_id: string | null
  allow_private: number
  allow_http: number
  host: string | null
  sealed: string | null
  created_at: number
  updated_at: number
  pending: number
}

const SELECT_CHANNELS = `SELECT c.*,
  (SELECT count(*) FROM notification_deliveries d WHERE d.channel_id = c.id AND d.state = 'pending') AS pending
  FROM notification_channels c`

const channelOf = (row: ChannelRow): KeptChannel => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  enabled: row.enabled === 1,
  minSeverity: row.min_severity,
  maxSeverity: row.max_severity,
  huntId: row.hunt_id,
  allowPrivate: row.allow_private === 1,
  allowHttp: row.allow_http === 1,
  host: row.host,
  sealed: row.sealed,
  pending: row.pending,
  createdAt: isoOfMs(row.created_at),
  updatedAt: isoOfMs(row.updated_at),
})

/** All channels by name. */
export const channels = (db: ReadDb): KeptChannel[] =>
  db
    .prepare<[], ChannelRow>(`${SELECT_CHANNELS} ORDER BY c.name COLLATE NOCASE, c.created_at, c.id`)
    .all()
    .map(channelOf)

/** One channel; null when there is none. */
export function channel(db: ReadDb, id: string): KeptChannel | null {
  const row = db.prepare<[string], ChannelRow>(`${SELECT_CHANNELS} WHERE c.id = ?`).get(id)
  return row ? channelOf(row) : null
}

type DeliveryRow = Omit<Delivery, 'nextAt' | 'createdAt' | 'finishedAt'> & {
  nextAt: number | null
  createdAt: number
  finishedAt: number | null
}
const DELIVERY = `d.id, d.channel_id AS channelId, c.name AS channel, c.kind, d.hunt_id AS huntId, h.name AS hunt, d.title,
  d.alerts, d.severity, d.state, d.attempts, d.next_at AS nextAt, d.status, d.answer, d.reason, d.created_at AS createdAt,
  d.finished_at AS finishedAt`
const DELIVERIES = `notification_deliveries d JOIN notification_channels c ON c.id = d.channel_id JOIN hunts h ON h.id = d.hunt_id`

export type DeliveryQuery = {
  channelId?: string | undefined
  state?: DeliveryState | undefined
  limit: number
  offset: number
}

/** The delivery log, newest first. */
export function deliveries(db: ReadDb, query: DeliveryQuery): { deliveries: Delivery[]; total: number } {
  const where = conditions()
  where.in('d.channel_id', query.channelId)
  where.in('d.state', query.state)
  const { text, values } = where.build()
  const rows = db
    .prepare<unknown[], DeliveryRow>(
      `SELECT ${DELIVERY} FROM ${DELIVERIES} WHERE ${text} ORDER BY d.created_at DESC, d.rowid DESC LIMIT ? OFFSET ?`,
    )
    .all(...values, query.limit, query.offset)
  const total = db
    .prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM ${DELIVERIES} WHERE ${text}`)
    .get(...values)
  const told = rows.map((row) => ({
    ...row,
    nextAt: isoOfMsOrNull(row.nextAt),
    createdAt: isoOfMs(row.createdAt),
    finishedAt: isoOfMsOrNull(row.finishedAt),
  }))
  return { deliveries: told, total: total?.n ?? 0 }
}

/** What a notification tells. */
export type Digest = {
  hunt: { id: string; name: string }
  total: number
  severities: Partial<Record<Severity, number>>
  /** The worst of them, most severe first. */
  top: {
    id: string
    title: string
    severity: Severity
    score: number
    host: string | null
    user: string | null
    mitreTechnique: string | null
    firstTime: string | null
  }[]
}

/** Alerts that one run made in a dataset: all that it created carry the moment at which it kept them. */
export type Made = { datasetId: string; at: number }

/** What runs made of the severities between two; null when that is nothing (any more). `top`: how many are named. */
export function digest(
  db: ReadDb,
  huntId: string,
  made: readonly Made[],
  { minSeverity, maxSeverity }: { minSeverity: Severity; maxSeverity: Severity },
  top: number,
): Digest | null {
  const hunt = db.prepare<[string], { id: string; name: string }>('SELECT id, name FROM hunts WHERE id = ?').get(huntId)
  if (!hunt) return null
  const wanted = severities.slice(severities.indexOf(maxSeverity), severities.indexOf(minSeverity) + 1)
  const runs = JSON.stringify(made.map(({ datasetId, at }) => [datasetId, at]))
  const where = `a.hunt_id = ? AND a.severity IN (${wanted.map(() => '?').join(', ')})
    AND (a.dataset_id, a.created_at) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))`
  const bound = [huntId, ...wanted, runs]
  const counted = db
    .prepare<unknown[], { severity: Severity; n: number }>(
      `SELECT a.severity, count(*) AS n FROM alerts a WHERE ${where} GROUP BY a.severity`,
    )
    .all(...bound)
  const total = counted.reduce((sum, { n }) => sum + n, 0)
  if (total === 0) return null
  const rank = `CASE a.severity ${severities.map((severity, n) => `WHEN '${severity}' THEN ${n}`).join(' ')} END`
  type Row = Omit<Digest['top'][number], 'firstTime'> & { firstTime: number | null }
  const worst = db
    .prepare<unknown[], Row>(
      `SELECT a.id, a.title, a.severity, a.score, a.host, a.user, a.mitre_technique AS mitreTechnique,
         a.first_time AS firstTime
       FROM alerts a WHERE ${where} ORDER BY ${rank}, a.score DESC, a.rowid LIMIT ?`,
    )
    .all(...bound, top)
  return {
    hunt,
    total,
    severities: Object.fromEntries(counted.map(({ severity, n }) => [severity, n])),
    top: worst.map((row) => ({ ...row, firstTime: isoOfUsOrNull(row.firstTime) })),
  }
}

export type Due = { id: string; channelId: string; huntId: string; attempts: number; createdAt: number; digest: Digest }

/** For each channel that is on and not busy, the notification that waits longest and may be sent now. */
export function due(db: ReadDb, now: number, busy: readonly string[], most: number): Due[] {
  return db
    .prepare<[number, string, number], Omit<Due, 'digest'> & { digest: string }>(
      `SELECT d.id, d.channel_id AS channelId, d.hunt_id AS huntId, d.attempts, min(d.created_at) AS createdAt, d.digest
       FROM notification_deliveries d JOIN notification_channels c ON c.id = d.channel_id
       WHERE d.state = 'pending' AND d.next_at <= ? AND c.enabled = 1
         AND d.channel_id NOT IN (SELECT value FROM json_each(?))
       GROUP BY d.channel_id ORDER BY createdAt LIMIT ?`,
    )
    .all(now, JSON.stringify(busy), most)
    .map((row) => ({ ...row, digest: JSON.parse(row.digest) }))
}

/** When the next notification is to be sent, of channels that are on and not busy; null when none waits. */
export function nextDue(db: ReadDb, busy: readonly string[]): number | null {
  const row = db
    .prepare<[string], { at: number | null }>(
      `SELECT min(d.next_at) AS at FROM notification_deliveries d JOIN notification_channels c ON c.id = d.channel_id
       WHERE d.state = 'pending' AND c.enabled = 1 AND d.channel_id NOT IN (SELECT value FROM json_each(?))`,
    )
    .get(JSON.stringify(busy))
  return row?.at ?? null
}
