import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { channels, due } from '../queries/notifications.read.ts'

it('a workspace of before has no channels and sends nothing; what waits goes with its hunt', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0008-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 7)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL)`)
  migrate(db, join(folder, 'backups'), 8)
  expect([channels(db), due(db, 1_000, [], 10)]).toEqual([[], []])
  db.exec(`INSERT INTO notification_channels VALUES ('c', 'C', 'desktop', 1, 'high', NULL, 0, 0, NULL, NULL, 1, 1);
    INSERT INTO notification_deliveries (id, channel_id, hunt_id, title, digest, alerts, severity, state, next_at, created_at)
    VALUES ('x', 'c', 'h', 'T', '{}', 1, 'high', 'pending', 1, 1)`)
  expect(due(db, 1_000, [], 10)).toMatchObject([{ id: 'x' }])
  db.exec('DELETE FROM hunts')
  expect([channels(db).length, due(db, 1_000, [], 10)]).toEqual([1, []])
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
