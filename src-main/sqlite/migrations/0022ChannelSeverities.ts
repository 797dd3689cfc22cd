import type { WriteDb } from '../db.ts'

/** `max_severity`: alerts that are worse are not for this channel. */
export function channelSeverities0022(db: WriteDb): void {
  db.exec("ALTER TABLE notification_channels ADD COLUMN max_severity TEXT NOT NULL DEFAULT 'critical'")
}
