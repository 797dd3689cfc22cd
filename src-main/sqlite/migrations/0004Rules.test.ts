import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { get } from '../queries/alerts.read.ts'

it('keeps the alerts of before, which no rule found, and lets rules of a hunt go with it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0004-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 3)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL);
    INSERT INTO alerts (id, hunt_id, analyzer, subject, title, description, severity, status, score, evidence_total, tags, created_at, updated_at)
    VALUES ('a', 'h', 'entropy', 's', 'Title', '', 'low', 'new', 1, 0, '[]', 1, 1)`)
  migrate(db, join(folder, 'backups'), 4)
  expect(get(db, 'a')).toMatchObject({ title: 'Title', rule: null })
  db.exec(`INSERT INTO rules VALUES ('r', 'condition', 'R', 1, 'h', '{}', NULL, NULL, 1, 1);
    DELETE FROM alerts; DELETE FROM hunts`)
  expect(db.prepare('SELECT count(*) AS n FROM rules').get()).toEqual({ n: 0 })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
