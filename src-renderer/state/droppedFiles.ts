import type { PendingFile } from './pendingFiles.ts'

/** A dropped folder with more files than this is read no further. */
const FILES_MAX = 10_000

const entriesOf = (folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  return new Promise((resolve, reject) => {
    // One call hands over at most 100 entries; an empty answer is the end.
    const more = () =>
      reader.readEntries((entries) => {
        if (entries.length === 0) return resolve(all)
        all.push(...entries)
        more()
      }, reject)
    more()
  })
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isHidden = (name: string) => name.startsWith('.')

async function walk(entry: FileSystemEntry, into: PendingFile[]): Promise<void> {
  if (into.length >= FILES_MAX || isHidden(entry.name)) return
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    into.push({ file, path: entry.fullPath.replace(/^\//, '') })
  } else if (isFolder(entry)) {
    for (const inner of await entriesOf(entry)) await walk(inner, into)
  }
}

/** Every file of a drop, folders walked. The entries must be taken before the event ends, so call it in the handler. */
export async function droppedFiles(transfer: DataTransfer): Promise<PendingFile[]> {
  const entries = [...transfer.items].flatMap((item) => (item.kind === 'file' ? [item.webkitGetAsEntry()] : []))
  const known = entries.filter((entry) => entry !== null)
  if (known.length === 0) return chosenFiles(transfer.files)
  const files: PendingFile[] = []
  for (const entry of known) await walk(entry, files)
  return files
}

/** Files of an `<input type="file">`, also one that chooses folders. */
export const chosenFiles = (list: FileList | null): PendingFile[] =>
  [...(list ?? [])]
    .filter(({ name }) => !isHidden(name))
    .slice(0, FILES_MAX)
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
