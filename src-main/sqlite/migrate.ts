import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#contract/appError'
import type { WriteDb } from './db.ts'
import { migrations as released } from './migrations/index.ts'

const versionOf = (db: WriteDb): number => Number(db.pragma('user_version', { simple: true }))

/**
 * Brings a workspace to the present version, each step in its own transaction. A workspace that holds anything is first
 * copied into `backups`. AppError 'workspace-newer' when a later program wrote it; nothing is changed then.
 */
export function migrate(
  db: WriteDb,
  backups: string,
  to: number = released.length,
  migrations: readonly ((db: WriteDb) => void)[] = released,
): void {
  const from = versionOf(db)
  if (from > migrations.length) {
    throw new AppError(
      'workspace-newer',
      `This workspace was written by a later Huntbench (version ${from}; this one reads up to ${migrations.length}). Update Huntbench to open it.`,
      { version: from },
    )
  }
  if (from > 0 && from < to) backUp(db, backups, from)
  for (let version = from; version < to; version++) {
    const step = migrations[version]
    if (!step) break
    db.transaction(() => {
      step(db)
      db.pragma(`user_version = ${version + 1}`)
    })()
  }
}

function backUp(db: WriteDb, backups: string, version: number): void {
  mkdirSync(backups, { recursive: true, mode: 0o700 })
  const path = join(backups, `workspace-version-${version}.db`)
  // The first copy is the one made before anything was changed; a later attempt must not overwrite it.
  if (existsSync(path)) return
  // Under a name of its own until it is whole: a crash in between must not leave half a copy that looks like one.
  const unfinished = join(backups, `.workspace-version-${version}.db`)
  rmSync(unfinished, { force: true })
  db.prepare('VACUUM INTO ?').run(unfinished)
  renameSync(unfinished, path)
}
