import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { list } from '../queries/alerts.read.ts'

it('alerts of before stand on one dataset, and parts go with their alert', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0024-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 23)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL);
    INSERT INTO alerts (id, hunt_id, analyzer, subject, title, description, severity, status, score, evidence_total, tags, created_at, updated_at)
    VALUES ('a', 'h', 'condition_rule', 's', 'Title', '', 'low', 'new', 1, 0, '[]', 1, 2)`)
  migrate(db, join(folder, 'backups'), 24)
  expect(list(db, { datasetId: 'd', sort: 'score', limit: 1, offset: 0 })).toMatchObject({ total: 0 })
  db.exec(`INSERT INTO alert_parts VALUES ('a', 'd', 1, NULL, NULL)`)
  expect(list(db, { datasetId: 'd', sort: 'score', limit: 1, offset: 0 })).toMatchObject({ total: 1 })
  db.exec('DELETE FROM alerts')
  expect(db.prepare('SELECT count(*) AS n FROM alert_parts').get()).toEqual({ n: 0 })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
