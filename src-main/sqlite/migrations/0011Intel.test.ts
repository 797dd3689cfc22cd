import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { lists } from '../queries/intel.read.ts'

it('gives a workspace of before room for indicator lists and changes nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0011-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 10)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL)`)
  migrate(db, join(folder, 'backups'), 11)
  expect(lists(db, { limit: 10, offset: 0 })).toEqual({ lists: [], total: 0, indicators: 0 })
  expect(db.prepare('SELECT count(*) AS n FROM hunts').get()).toEqual({ n: 1 })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
