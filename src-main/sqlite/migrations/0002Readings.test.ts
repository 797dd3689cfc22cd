import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'

it('keeps the datasets of a first workspace and reads them as they were imported', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0002-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 1)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL);
    INSERT INTO datasets (id, hunt_id, name, file, state, size, source_path, source_stored, dialect, created_at)
    VALUES ('d', 'h', 'a.csv', 'a.csv', 'ready', 1, '/a.csv', 0, '{}', 1)`)
  migrate(db, join(folder, 'backups'), 2)
  expect(db.prepare('SELECT name, reading, rewriting FROM datasets').get()).toEqual({
    name: 'a.csv',
    reading: '{}',
    rewriting: 0,
  })
  db.exec(`INSERT INTO dataset_changes VALUES ('c', 'd', 'reading', '{}', '{}', 0, '', '', 1, 0); DELETE FROM hunts`)
  expect(db.prepare('SELECT count(*) AS n FROM dataset_changes').get()).toEqual({ n: 0 })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
