import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { createMarks, tagOf } from '../rowMarks.ts'

it('rows of before have no tag, and what is said about rows goes with their dataset', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0009-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 8)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL);
    INSERT INTO datasets (id, hunt_id, name, file, state, size, source_path, source_stored, dialect, created_at)
    VALUES ('d', 'h', 'n', 'f', 'ready', 1, 'p', 0, '{}', 1)`)
  migrate(db, join(folder, 'backups'), 9)
  expect(tagOf(createMarks(db)('d'), 1)).toBeNull()
  db.exec(`INSERT INTO annotations VALUES ('a', 'h', 'd', 't', NULL, NULL, NULL, '', 1, 1, 1, NULL, 1, 1, NULL);
    INSERT INTO annotation_rows VALUES ('a', 0, 1, x'010100');
    INSERT INTO row_tags VALUES ('d', 'benign', 0, 1, x'010100');
    INSERT INTO tag_changes VALUES ('c', 'd', 'benign', 1);
    INSERT INTO tag_change_rows VALUES ('c', '', 0, 1, x'010100');
    INSERT INTO row_mark_versions VALUES ('d', 1)`)
  expect(tagOf(createMarks(db)('d'), 1)).toBe('benign')
  db.exec('DELETE FROM datasets')
  for (const table of [
    'annotations',
    'annotation_rows',
    'row_tags',
    'tag_changes',
    'tag_change_rows',
    'row_mark_versions',
  ])
    expect(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()).toEqual({ n: 0 })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
