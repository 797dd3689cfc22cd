import { AppError } from '#contract/appError'
import type { ChannelKind, DeliveryState, Severity } from '#contract/values'
import type { WriteDb } from '../db.ts'
import type { Digest } from './notifications.read.ts'

/** Channels of a workspace. */
const CHANNELS_MAX = 100
/** Notifications of one channel that may wait; later ones are dropped, which the log says. */
const PENDING_MAX = 100
/** Notifications that no longer wait and are kept for the log. */
const LOG_MAX = 1_000

export type ChannelValues = {
  name: string
  kind: ChannelKind
  enabled: boolean
  minSeverity: Severity
  maxSeverity: Severity
  huntId: string | null
  allowPrivate: boolean
  allowHttp: boolean
  host: string | null
  sealed: string | null
}

const bound = (values: ChannelValues) => ({
  ...values,
  enabled: values.enabled ? 1 : 0,
  allowPrivate: values.allowPrivate ? 1 : 0,
  allowHttp: values.allowHttp ? 1 : 0,
})

/** Makes a channel. AppError 'not-found' for an unknown hunt, 'too-large' over CHANNELS_MAX. */
export function createChannel(db: WriteDb, id: string, values: ChannelValues, now: number): void {
  db.transaction(() => {
    checkHunt(db, values.huntId)
    const all = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM notification_channels').get()?.n ?? 0
    if (all >= CHANNELS_MAX) throw new AppError('too-large', `There are at most ${CHANNELS_MAX} channels.`)
    db.prepare(
      `INSERT INTO notification_channels (id, name, kind, enabled, min_severity, max_severity, hunt_id, allow_private, allow_http, host,
         sealed, created_at, updated_at)
       VALUES (:id, :name, :kind, :enabled, :minSeverity, :maxSeverity, :huntId, :allowPrivate, :allowHttp, :host, :sealed, :now, :now)`,
    ).run({ ...bound(values), id, now })
  })()
}

/** Replaces what a channel is; false when there is none. What waits for it is tried at once. AppError as createChannel. */
export function updateChannel(db: WriteDb, id: string, values: ChannelValues, now: number): boolean {
  return db.transaction(() => {
    checkHunt(db, values.huntId)
    const { changes } = db
      .prepare(
        `UPDATE notification_channels SET name = :name, enabled = :enabled, min_severity = :minSeverity,
           max_severity = :maxSeverity, hunt_id = :huntId,
           allow_private = :allowPrivate, allow_http = :allowHttp, host = :host, sealed = :sealed, updated_at = :now
         WHERE id = :id`,
      )
      .run({ ...bound(values), id, now })
    db.prepare(
      `UPDATE notification_deliveries SET next_at = min(next_at, ?) WHERE channel_id = ? AND state = 'pending'`,
    ).run(now, id)
    return changes > 0
  })()
}

/** Removes a channel and its log; false when there is none. */
export const removeChannel = (db: WriteDb, id: string): boolean =>
  db.prepare('DELETE FROM notification_channels WHERE id = ?').run(id).changes > 0

export type NewDelivery = { id: string; channelId: string; title: string; severity: Severity; digest: Digest }

/** Lets notifications wait to be sent; where a channel or hunt is gone or too many wait already, it is not. */
export function enqueue(db: WriteDb, deliveries: readonly NewDelivery[], now: number): void {
  const known = db.prepare<[string], object>('SELECT 1 AS known FROM notification_channels WHERE id = ?')
  const hunt = db.prepare<[string], object>('SELECT 1 AS known FROM hunts WHERE id = ?')
  const waiting = db.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM notification_deliveries WHERE channel_id = ? AND state = 'pending'`,
  )
  const insert = db.prepare(
    `INSERT INTO notification_deliveries (id, channel_id, hunt_id, title, digest, alerts, severity, state, next_at, reason,
       created_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  db.transaction(() => {
    for (const { id, channelId, title, severity, digest } of deliveries) {
      if (!known.get(channelId) || !hunt.get(digest.hunt.id)) continue
      const full = (waiting.get(channelId)?.n ?? 0) >= PENDING_MAX
      const reason = full ? `${PENDING_MAX} notifications wait for this channel already.` : null
      insert.run(
        ...[id, channelId, digest.hunt.id, title, JSON.stringify(digest), digest.total, severity],
        ...[full ? 'dropped' : 'pending', full ? null : now, reason, now, full ? now : null],
      )
    }
    db.prepare(
      `DELETE FROM notification_deliveries WHERE state <> 'pending' AND rowid NOT IN
         (SELECT rowid FROM notification_deliveries WHERE state <> 'pending' ORDER BY created_at DESC, rowid DESC LIMIT ?)`,
    ).run(LOG_MAX)
  })()
}

export type Attempt = {
  state: DeliveryState
  /** Whether it was sent at all. */
  sent: boolean
  nextAt: number | null
  status: number | null
  answer: string | null
  reason: string | null
}

/** Notes how it went with a notification that waits. */
export function attempted(db: WriteDb, id: string, attempt: Attempt, now: number): void {
  const { state, sent, nextAt, status, answer, reason } = attempt
  db.prepare(
    `UPDATE notification_deliveries SET state = ?, attempts = attempts + ?, next_at = ?, status = ?, answer = ?, reason = ?,
       finished_at = ? WHERE id = ? AND state = 'pending'`,
  ).run(state, sent ? 1 : 0, nextAt, status, answer, reason, state === 'pending' ? null : now, id)
}

function checkHunt(db: WriteDb, huntId: string | null): void {
  if (huntId === null || db.prepare<[string], object>('SELECT 1 AS known FROM hunts WHERE id = ?').get(huntId)) return
  throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { path: 'huntId', id: huntId })
}
