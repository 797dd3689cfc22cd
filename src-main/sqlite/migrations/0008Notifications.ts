import type { WriteDb } from '../db.ts'

/**
 * Channels, each with the host of its address and the address itself sealed by the key ring of the system; and what was or
 * will be sent to them, as JSON of what it tells.
 */
export function notifications0008(db: WriteDb): void {
  db.exec(`
    CREATE TABLE notification_channels (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      enabled INTEGER NOT NULL,
      min_severity TEXT NOT NULL,
      hunt_id TEXT REFERENCES hunts (id) ON DELETE CASCADE,
      allow_private INTEGER NOT NULL,
      allow_http INTEGER NOT NULL,
      host TEXT,
      sealed TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX notification_channels_by_hunt ON notification_channels (hunt_id);

    CREATE TABLE notification_deliveries (
      id TEXT PRIMARY KEY,
      channel_id TEXT NOT NULL REFERENCES notification_channels (id) ON DELETE CASCADE,
      hunt_id TEXT NOT NULL REFERENCES hunts (id) ON DELETE CASCADE,
      title TEXT NOT NULL,
      digest TEXT NOT NULL,
      alerts INTEGER NOT NULL,
      severity TEXT NOT NULL,
      state TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      next_at INTEGER,
      status INTEGER,
      answer TEXT,
      reason TEXT,
      created_at INTEGER NOT NULL,
      finished_at INTEGER
    ) STRICT;
    CREATE INDEX notification_deliveries_by_time ON notification_deliveries (created_at DESC);
    CREATE INDEX notification_deliveries_waiting ON notification_deliveries (state, next_at);
    CREATE INDEX notification_deliveries_by_channel ON notification_deliveries (channel_id);
    CREATE INDEX notification_deliveries_by_hunt ON notification_deliveries (hunt_id);
  `)
}
