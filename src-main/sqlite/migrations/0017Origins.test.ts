import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { origin } from '../queries/datasets.read.ts'

it('datasets of before are those of files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0017-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 16)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL)`)
  db.exec(
    `INSERT INTO datasets (id, hunt_id, name, file, state, size, source_path, source_stored, dialect, created_at)
     VALUES ('d', 'h', 'n', 'f', 'ready', 1, '/f', 0, '{}', 1)`,
  )
  migrate(db, join(folder, 'backups'), 17)
  expect(origin(db, 'd')).toBeNull()
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
