import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { channels } from '../queries/notifications.read.ts'

it('channels of before get the worst alerts as ever', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0022-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 21)
  db.exec(
    `INSERT INTO notification_channels (id, name, kind, enabled, min_severity, allow_private, allow_http, created_at, updated_at)
     VALUES ('c', 'On-call', 'desktop', 1, 'high', 0, 0, 1, 1)`,
  )
  migrate(db, join(folder, 'backups'), 22)
  expect(channels(db)).toMatchObject([{ name: 'On-call', minSeverity: 'high', maxSeverity: 'critical' }])
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
