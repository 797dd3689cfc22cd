import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { blocks } from '../queries/datasets.read.ts'
import { keepBlocks, remove } from '../queries/datasets.write.ts'

it('gives datasets of before a place for the digests of their source, which goes with them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0005-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 4)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL);
    INSERT INTO datasets (id, hunt_id, name, file, state, size, source_path, source_stored, dialect, created_at)
    VALUES ('d', 'h', 'a.csv', 'a.csv', 'ready', 1, '/a.csv', 0, '{}', 1)`)
  migrate(db, join(folder, 'backups'), 5)
  expect(blocks(db, 'd')).toBeNull()
  keepBlocks(db, 'd', new Uint8Array([1, 2, 3]))
  expect([...(blocks(db, 'd') ?? [])]).toEqual([1, 2, 3])
  // A dataset that was deleted meanwhile needs none.
  keepBlocks(db, 'gone', new Uint8Array([1]))
  expect(blocks(db, 'gone')).toBeNull()
  migrate(db, join(folder, 'backups'))
  remove(db, 'd')
  expect(db.prepare('SELECT count(*) FROM source_blocks').pluck().get()).toBe(0)
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
