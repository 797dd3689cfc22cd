import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { detectorRuns0020 } from './0020DetectorRuns.ts'
import { migrations } from './index.ts'

it('claims nothing about what ran before', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-runs-'))
  const db = openWritable(join(folder, 'workspace.db'))
  const version = migrations.indexOf(detectorRuns0020)
  migrate(db, join(folder, 'backups'), version)
  db.exec(`INSERT INTO hunts VALUES ('h', 'n', '', 'active', 1, 1, 1, NULL)`)
  migrate(db, join(folder, 'backups'), version + 1)
  expect(db.prepare('SELECT count(*) AS n FROM detector_runs').get()).toEqual({ n: 0 })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
