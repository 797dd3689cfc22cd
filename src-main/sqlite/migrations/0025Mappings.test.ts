import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../db.ts'
import { headersKey } from '../headersKey.ts'
import { migrate } from '../migrate.ts'
import { all, ofHeaders } from '../queries/mappings.read.ts'

it('what was remembered before becomes mappings, named after a dataset with these headers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-0025-'))
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'), 24)
  const columns = ['When', 'Who', 'Who.x'].map((header) => ({ header, derivedFrom: header === 'Who.x' ? 'Who' : null }))
  db.prepare(
    "INSERT INTO hunts (id, name, description, status, analyze_on_import, created_at, updated_at) VALUES ('h', 'h', '', 'active', 1, 1, 1)",
  ).run()
  db.prepare(
    `INSERT INTO datasets (id, hunt_id, name, file, state, size, source_path, source_stored, dialect, column_list, created_at)
     VALUES ('d', 'h', 'proxy.csv', 'proxy.csv', 'ready', 1, '/x', 0, '{}', ?, 1)`,
  ).run(JSON.stringify(columns))
  const add = db.prepare('INSERT INTO remembered_readings VALUES (?, ?, ?)')
  add.run(headersKey(['who', 'WHEN']), '{"timeZone":"Asia/Tokyo"}', 1_700_000_000_000)
  add.run(headersKey(['gone']), '{"profile":""}', 1_600_000_000_000)
  migrate(db, join(folder, 'backups'), 25)
  expect(all(db)).toMatchObject([
    {
      name: 'proxy.csv',
      headers: ['When', 'Who'],
      reading: { timeZone: 'Asia/Tokyo' },
      updatedAt: '2023-11-14T22:13:20.000Z',
    },
    { name: 'Mapping of 2020-09-13', headers: [], reading: { profile: '' } },
  ])
  expect(ofHeaders(db, ['Gone'])).toMatchObject({ name: 'Mapping of 2020-09-13' })
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
