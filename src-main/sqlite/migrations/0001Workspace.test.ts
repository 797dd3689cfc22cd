import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openReadable, openWritable } from '../db.ts'
import { migrate } from '../migrate.ts'
import { migrations } from './index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-migrate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const tables = (path: string): string[] => {
  const db = openReadable(path)
  const names = db
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .all()
  db.close()
  return names.map((row) => row.name)
}

it('brings an empty workspace to the first version without a backup', () => {
  const path = join(folder, 'workspace.db')
  const db = openWritable(path)
  migrate(db, join(folder, 'backups'), 1)
  expect(db.pragma('user_version', { simple: true })).toBe(1)
  db.close()
  expect(tables(path)).toEqual(['alert_evidence', 'alerts', 'datasets', 'hunts', 'settings'])
  expect(readdirSync(folder)).not.toContain('backups')
})

it('refuses a workspace that a later program wrote and changes nothing', () => {
  const db = openWritable(join(folder, 'workspace.db'))
  migrate(db, join(folder, 'backups'))
  db.pragma(`user_version = ${migrations.length + 1}`)
  expect(() => migrate(db, join(folder, 'backups'))).toThrow(expect.objectContaining({ code: 'workspace-newer' }))
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length + 1)
  db.close()
})

it('copies a workspace that holds something before it changes it, and undoes a step that fails', () => {
  const path = join(folder, 'workspace.db')
  const db = openWritable(path)
  migrate(db, join(folder, 'backups'), 1)
  db.prepare(`INSERT INTO settings (key, value) VALUES ('theme', '"dark"')`).run()
  const failing = [
    ...migrations.slice(0, 1),
    (target: typeof db) => {
      target.exec('CREATE TABLE half (x)')
      throw new Error('half done')
    },
  ]
  expect(() => migrate(db, join(folder, 'backups'), 2, failing)).toThrow('half done')
  expect(db.pragma('user_version', { simple: true })).toBe(1)
  db.close()
  expect(tables(path)).not.toContain('half')
  const backup = openReadable(join(folder, 'backups', 'workspace-version-1.db'))
  expect(backup.prepare('SELECT value FROM settings').pluck().get()).toBe('"dark"')
  backup.close()
})
