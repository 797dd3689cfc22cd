import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { history } from '../queries/alertHistory.read.ts'

it('keeps the alerts of before, of which no change is known, and forgets changes with their alert', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0012-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 11)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL);
    INSERT INTO alerts (id, hunt_id, analyzer, subject, title, description, severity, status, score, evidence_total, tags, created_at, updated_at)
    VALUES ('a', 'h', 'entropy', 's', 'Title', '', 'low', 'resolved', 1, 0, '[]', 1, 2)`)
  migrate(db, join(folder, 'backups'), 12)
  expect(history(db, 'a', 10, 0)).toEqual({ changes: [], total: 0 })
  expect(history(db, 'b', 10, 0)).toBeNull()
  db.exec(
    `INSERT INTO alert_changes VALUES ('c', 'a', 'act', 1, '', 'status', 'new', 'resolved', 1, 0); DELETE FROM alerts`,
  )
  expect(db.prepare('SELECT count(*) AS n FROM alert_changes').get()).toEqual({ n: 0 })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
