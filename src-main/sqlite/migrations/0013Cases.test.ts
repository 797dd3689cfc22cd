import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'

it('keeps alerts of before with the case they name, and names this workspace once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0013-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 12)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL);
    INSERT INTO alerts (id, hunt_id, analyzer, subject, title, description, severity, status, score, evidence_total, tags, case_id, created_at, updated_at)
    VALUES ('a', 'h', 'entropy', 's', 't', '', 'low', 'new', 1, 0, '[]', 'C-7', 1, 1)`)
  migrate(db, join(folder, 'backups'), 13)
  expect(db.prepare('SELECT case_id FROM alerts').get()).toEqual({ case_id: 'C-7' })
  expect(db.prepare('SELECT count(*) AS n FROM case_chain WHERE length(id) = 36').get()).toEqual({ n: 1 })
  db.exec(`INSERT INTO cases VALUES ('c', 1, 't', '', 'low', 'AMBER', 'AMBER', 'open', 3, NULL, '[]', '', 1, 1, NULL, NULL, '{}');
    INSERT INTO case_notes VALUES ('n', 'c', '', '', '', 1, 1, NULL, '{}');
    INSERT INTO case_heads VALUES ('c', 'x', 1, 'h')`)
  db.exec('DELETE FROM cases')
  for (const table of ['case_notes', 'case_heads'])
    expect(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()).toEqual({ n: 0 })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
