import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { runsOf } from '../queries/detectorRuns.read.ts'
import { keep } from '../queries/detectorRuns.write.ts'

it('keeps what ran before with an id and its rows; a run over few rows replaces none over more, and none of a dataset that is gone stays', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0023-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 22)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL);
    INSERT INTO datasets (id, hunt_id, name, file, state, size, source_path, source_stored, dialect, reading, row_count, created_at)
      VALUES ('d', 'h', 'n', 'f', 'ready', 1, '', 0, '{}', '{}', 12, 1);
    INSERT INTO detector_runs VALUES ('d', 'lists', 5, 0, NULL, NULL);`)
  migrate(db, join(folder, 'backups'), 23)
  const told = { datasetId: 'd', dataset: 'n', detector: 'lists', name: null, findings: 0, skipped: null }
  const before = { ...told, rows: 12, at: '1970-01-01T00:00:00.005Z' }
  expect(runsOf(db, 'h')).toEqual([before])
  expect(db.prepare('SELECT id FROM detector_runs').pluck().get()).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  )
  const run = { detector: 'lists', name: null, findings: 0, skipped: null }
  keep(db, 'gone', [run], null, 6)
  db.exec(`UPDATE datasets SET row_count = 3`)
  keep(db, 'd', [run], null, 6)
  expect(runsOf(db, 'h')).toEqual([{ ...told, rows: 3, at: '1970-01-01T00:00:00.006Z' }, before])
  db.exec(`UPDATE datasets SET row_count = 12`)
  keep(db, 'd', [run], null, 7)
  expect(runsOf(db, 'h')).toEqual([{ ...before, at: '1970-01-01T00:00:00.007Z' }])
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
