import { join } from 'node:path'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs'

export type WorkspaceFolders = {
  root: string
  /** The workspace database. */
  database: string
  /** One SQLite file per dataset, with its segments; names that begin with a dot are imports, or findings of one, under way. */
  datasets: string
  /** Bytes a browser is sending. */
  uploads: string
  /** Uploaded evidence, kept as long as its dataset. */
  sources: string
  backups: string
  /** Exports that a browser has not fetched yet. */
  downloads: string
  /** Exports for which no other place was named; made when the first one comes. */
  exports: string
}

/** The folders of a workspace and its database, created for their owner only when missing. */
export function workspaceFolders(root: string): WorkspaceFolders {
  const folders: WorkspaceFolders = {
    root,
    database: join(root, 'workspace.db'),
    datasets: join(root, 'datasets'),
    uploads: join(root, 'uploads'),
    sources: join(root, 'sources'),
    backups: join(root, 'backups'),
    downloads: join(root, 'downloads'),
    exports: join(root, 'exports'),
  }
  for (const folder of [root, folders.datasets, folders.uploads, folders.sources, folders.downloads])
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  // A folder that was there before may be open to others. SQLite gives its other files the mode of this one.
  closeSync(openSync(folders.database, 'a', 0o600))
  return folders
}

/** Names that the program gives: the id of a dataset or upload, hidden while unfinished, with what SQLite adds. */
const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const DATASET_FILE = new RegExp(`^(\\.?${ID}(?:\\.[\\w-]+)?)\\.(?:db(?:-\\w+)?|segments)$`)
/** A file that was being written beside its place. */
const PART_FILE = new RegExp(`^(\\..+\\.${ID}\\.part)$`)
const KEPT_FILE = new RegExp(`^(${ID})$`)

/**
 * Removes what a crash or a cancelled import left: unfinished files, and files whose dataset is not known. Only what the
 * program named itself: a workspace may be a folder that held other things before. Call only while holding the lock.
 */
export function sweep(folders: WorkspaceFolders, ready: ReadonlySet<string>): string[] {
  const removed: string[] = []
  const clean = (folder: string, named: RegExp, keep: ReadonlySet<string>): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const id = entry.isFile() ? named.exec(entry.name)?.[1] : undefined
      if (id === undefined || keep.has(id)) continue
      rmSync(join(folder, entry.name), { force: true })
      removed.push(join(folder, entry.name))
    }
  }
  clean(folders.datasets, DATASET_FILE, ready)
  clean(folders.uploads, KEPT_FILE, new Set())
  clean(folders.downloads, KEPT_FILE, new Set())
  clean(folders.downloads, PART_FILE, new Set())
  if (existsSync(folders.exports)) clean(folders.exports, PART_FILE, new Set())
  clean(folders.sources, KEPT_FILE, ready)
  return removed
}
