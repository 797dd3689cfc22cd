import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'

it('hits go with their keyword, their theme and their dataset, and nothing else does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0007-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 6)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL);
    INSERT INTO datasets (id, hunt_id, name, file, state, size, source_path, source_stored, dialect, created_at)
    VALUES ('d', 'h', 'n', 'f', 'ready', 1, '/x', 0, '{}', 1), ('e', 'h', 'n', 'f', 'ready', 1, '/x', 0, '{}', 1)`)
  migrate(db, join(folder, 'backups'), 7)
  db.exec(`INSERT INTO keyword_themes VALUES ('t', 'T', 'blue', 1, NULL, 1, 1);
    INSERT INTO keywords VALUES ('a', 't', 'word', 'aa', 1, 1), ('b', 't', 'word', 'bb', 1, 1)`)
  for (const dataset of ['d', 'e'])
    db.exec(`INSERT INTO keyword_scans VALUES ('${dataset}', 1, 9, NULL, NULL);
      INSERT INTO keyword_counts VALUES ('${dataset}', 'a', 1, 1, 1), ('${dataset}', 'b', 1, 1, 1);
      INSERT INTO keyword_hits (dataset_id, keyword_id, row, field, value)
      VALUES ('${dataset}', 'a', 1, 'x', 'aa'), ('${dataset}', 'b', 2, 'x', 'bb')`)
  const count = (table: string): unknown => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()
  db.exec(`DELETE FROM keywords WHERE id = 'a'`)
  expect([count('keyword_hits'), count('keyword_counts')]).toEqual([{ n: 2 }, { n: 2 }])
  db.exec(`DELETE FROM datasets WHERE id = 'd'`)
  expect([count('keyword_hits'), count('keyword_scans'), count('keywords')]).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }])
  db.exec(`DELETE FROM keyword_themes`)
  expect([count('keyword_hits'), count('keyword_scans'), count('datasets')]).toEqual([{ n: 0 }, { n: 1 }, { n: 1 }])
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
