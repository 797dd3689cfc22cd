import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { changesOf } from '../queries/hosts.read.ts'
import { list } from '../queries/maps.read.ts'
import { migrations } from './index.ts'
import { maps0016 } from './0016Maps.ts'

it('gives a workspace of before room for hosts by hand and drawn maps, which go with their hunt', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-maps-'))
  const db = openWritable(join(folder, 'workspace.db'))
  const version = migrations.indexOf(maps0016)
  migrate(db, join(folder, 'backups'), version)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL)`)
  migrate(db, join(folder, 'backups'), version + 1)
  expect(changesOf(db, 'h')).toEqual([])
  expect(list(db, { huntId: 'h', limit: 10, offset: 0 })).toEqual({ maps: [], total: 0 })
  db.exec(`INSERT INTO host_changes VALUES ('c', 'h', 'merge', '["a","b"]', '', 1);
    INSERT INTO maps VALUES ('m', 'h', 'n', '', '{}', 0, 0, 0, 0, 1, 1, NULL); INSERT INTO map_steps VALUES ('m', 1, 'a', '{}', 1);
    DELETE FROM hunts`)
  expect(
    db
      .prepare(
        'SELECT (SELECT count(*) FROM maps) + (SELECT count(*) FROM map_steps) + (SELECT count(*) FROM host_changes) AS n',
      )
      .get(),
  ).toEqual({ n: 0 })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
