import { join } from 'node:path'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'

export type WorkspaceFolders = {
  root: string
  /** The workspace database. */
  database: string
  /** One SQLite file per dataset; names that begin with a dot are imports under way. */
  datasets: string
  /** Bytes a browser is sending. */
  uploads: string
  /** Uploaded evidence, kept as long as its dataset. */
  sources: string
  backups: string
}

/** The folders of a workspace, created when missing. */
export function workspaceFolders(root: string): WorkspaceFolders {
  const folders: WorkspaceFolders = {
    root,
    database: join(root, 'workspace.db'),
    datasets: join(root, 'datasets'),
    uploads: join(root, 'uploads'),
    sources: join(root, 'sources'),
    backups: join(root, 'backups'),
  }
  for (const folder of [root, folders.datasets, folders.uploads, folders.sources])
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folders
}

/** Removes what a crash or a cancelled import left: unfinished files, and files whose dataset is not known. Call only while holding the lock. */
export function sweep(folders: WorkspaceFolders, ready: ReadonlySet<string>): string[] {
  const removed: string[] = []
  const remove = (path: string): void => {
    rmSync(path, { force: true, recursive: true })
    removed.push(path)
  }
  for (const name of readdirSync(folders.datasets)) {
    if (!ready.has(name.replace(/\.db$/, ''))) remove(join(folders.datasets, name))
  }
  for (const name of readdirSync(folders.uploads)) remove(join(folders.uploads, name))
  for (const name of readdirSync(folders.sources)) {
    if (!ready.has(name)) remove(join(folders.sources, name))
  }
  return removed
}
