import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { alertsOfRows } from '../queries/alertRows.read.ts'

it('keeps alerts with their evidence, finds them by row, and lets searches go with their hunt', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0006-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 5)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL);
    INSERT INTO alerts (id, hunt_id, analyzer, subject, title, description, severity, status, score, evidence_total, tags, created_at, updated_at)
    VALUES ('a', 'h', 'entropy', 's', 'Title', '', 'low', 'new', 1, 1, '[]', 1, 1);
    INSERT INTO alert_evidence VALUES ('a', 0, 'd', 7, 'f', 'v')`)
  migrate(db, join(folder, 'backups'), 6)
  expect(alertsOfRows(db, 'd', [6, 7])).toEqual([{ row: 7, alerts: 1, severity: 'low' }])
  db.exec(`INSERT INTO searches VALUES ('s', 'h', NULL, 'S', '{}', 1, 1);
    INSERT INTO recent_queries VALUES ('certutil', 1); DELETE FROM hunts`)
  expect(db.prepare('SELECT count(*) AS n FROM searches').get()).toEqual({ n: 0 })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
