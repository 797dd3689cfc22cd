import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { source } from '../queries/datasets.read.ts'

it('takes the sources of datasets of before for files, not members', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0003-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 2)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL);
    INSERT INTO datasets (id, hunt_id, name, file, state, size, source_path, source_stored, dialect, created_at)
    VALUES ('d', 'h', 'a.csv', 'a.csv', 'ready', 1, '/a.csv', 0, '{}', 1)`)
  migrate(db, join(folder, 'backups'), 3)
  expect(source(db, 'd')).toEqual({ path: '/a.csv', member: null, stored: false, encoding: null })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
