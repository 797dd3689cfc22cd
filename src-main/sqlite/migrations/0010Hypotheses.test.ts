import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'

it('keeps hunts of before, and hypotheses go with their hunt, their evidence with its dataset', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0010-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 9)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL);
    INSERT INTO datasets (id, hunt_id, name, file, state, size, source_path, source_stored, dialect, created_at)
    VALUES ('d', 'h', 'n', 'f', 'ready', 1, 'p', 0, '{}', 1)`)
  migrate(db, join(folder, 'backups'), 10)
  db.exec(`INSERT INTO hypotheses VALUES ('y', 'h', 't', '', 'draft', '', NULL, '', 1, 1, NULL, NULL);
    INSERT INTO hypothesis_evidence (hypothesis_id, dataset_id, row, note, field, value, added_at) VALUES ('y', 'd', 1, '', '', '', 1)`)
  const left = (table: string): unknown => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()
  db.exec('DELETE FROM datasets')
  expect([left('hunts'), left('hypotheses'), left('hypothesis_evidence')]).toEqual([{ n: 1 }, { n: 1 }, { n: 0 }])
  db.exec('DELETE FROM hunts')
  expect(left('hypotheses')).toEqual({ n: 0 })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
