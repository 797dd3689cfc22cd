import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { list } from '../queries/copies.read.ts'

it('a workspace of before has sent nothing, and keeps the rest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0018-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 17)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL)`)
  migrate(db, join(folder, 'backups'), 18)
  expect(list(db, { limit: 10, offset: 0 })).toEqual({ copies: [], total: 0 })
  expect(db.prepare('SELECT count(*) AS n FROM hunts').get()).toEqual({ n: 1 })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
