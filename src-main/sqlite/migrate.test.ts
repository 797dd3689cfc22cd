import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openReadable, openWritable } from './db.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'

let folder: string
let backups: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-migrate-'))
  backups = join(folder, 'backups')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function olderWorkspace(): string {
  const path = join(folder, 'workspace.db')
  const db = openWritable(path)
  migrate(db, backups, 1)
  db.exec(`INSERT INTO settings (key, value) VALUES ('theme', '"dark"')`)
  db.close()
  return path
}

it('a copy that a crash left half written does not stand for the copy from before the migration', () => {
  const path = olderWorkspace()
  mkdirSync(backups)
  writeFileSync(join(backups, '.workspace-version-1.db'), 'half')
  const db = openWritable(path)
  migrate(db, backups)
  db.close()
  expect(readdirSync(backups)).toEqual(['workspace-version-1.db'])
  const copy = openReadable(join(backups, 'workspace-version-1.db'))
  expect(copy.pragma('user_version', { simple: true })).toBe(1)
  expect(copy.prepare('SELECT value FROM settings').pluck().get()).toBe('"dark"')
  copy.close()
})

it('a step that fails leaves the workspace at the version before, with everything in it', () => {
  const path = olderWorkspace()
  const db = openWritable(path)
  const broken = [
    ...migrations.slice(0, 1),
    (target: typeof db) => {
      target.exec('DROP TABLE settings')
      throw new Error('broken step')
    },
  ]
  expect(() => migrate(db, backups, 2, broken)).toThrow('broken step')
  expect(db.pragma('user_version', { simple: true })).toBe(1)
  expect(db.prepare('SELECT value FROM settings').pluck().get()).toBe('"dark"')
  db.close()
  expect(readdirSync(backups)).toEqual(['workspace-version-1.db'])
  if (process.platform !== 'win32') expect(statSync(backups).mode & 0o077).toBe(0)
})
