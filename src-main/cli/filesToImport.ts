import { glob, readdir, stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'

/** `name`: with its folder, where it came out of one. */
export type FileToImport = { path: string; name: string }

/** Files of a folder that no evidence tool writes: the housekeeping of desktops and editors. */
const housekeeping = new Set(['thumbs.db', 'desktop.ini'])

/**
 * What a user means by a file, a folder or a pattern: all files, sorted by name, each once. A folder gives every file
 * below it except hidden ones. What does not exist is kept as it is, so that the import can say so; a pattern that fits
 * nothing as well.
 */
export async function filesToImport(asked: string[]): Promise<FileToImport[]> {
  const found = new Map<string, FileToImport>()
  for (const file of (await Promise.all(asked.map(expand))).flat()) {
    if (!found.has(file.path)) found.set(file.path, file)
  }
  return [...found.values()]
}

async function expand(asked: string): Promise<FileToImport[]> {
  const kind = await kindOf(asked)
  if (kind === 'folder') return inFolder(asked)
  if (kind === undefined && /[*?[\]{}]/.test(asked)) {
    const matches: FileToImport[] = []
    for await (const match of glob(asked)) {
      if ((await kindOf(match)) === 'file' && !hidden(match))
        matches.push({ path: resolve(match), name: basename(match) })
    }
    if (matches.length > 0) return sorted(matches)
  }
  return [{ path: resolve(asked), name: basename(asked) }]
}

async function inFolder(folder: string): Promise<FileToImport[]> {
  const root = resolve(folder)
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const shown = files.filter((path) => !relative(root, path).split(sep).some(hidden))
  return sorted(shown.map((path) => ({ path, name: [basename(root), ...relative(root, path).split(sep)].join('/') })))
}

const hidden = (path: string): boolean =>
  basename(path).startsWith('.') || housekeeping.has(basename(path).toLowerCase())

const sorted = (files: FileToImport[]): FileToImport[] =>
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))

async function kindOf(path: string): Promise<'file' | 'folder' | 'other' | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found && (found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other')
}
