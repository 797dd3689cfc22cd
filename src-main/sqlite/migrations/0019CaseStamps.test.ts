import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { caseStamps0019 } from './0019CaseStamps.ts'
import { migrations } from './index.ts'

it('keeps what cases of before say, and tells of changes from then on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-stamps-'))
  const db = openWritable(join(folder, 'workspace.db'))
  const version = migrations.indexOf(caseStamps0019)
  migrate(db, join(folder, 'backups'), version)
  db.exec(
    `INSERT INTO cases VALUES ('c', 1, 't', '', 'low', 'RED', 'RED', 'open', 1, NULL, '[]', '', 1, 1, NULL, NULL, '{}')`,
  )
  migrate(db, join(folder, 'backups'), version + 1)
  db.exec(`UPDATE cases SET title = 'u', number = 2`)
  expect(db.prepare('SELECT kind, id, field FROM field_stamps').all()).toEqual([
    { kind: 'cases', id: 'c', field: 'title' },
  ])
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
