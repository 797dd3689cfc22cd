/** The folder or archive that a file came out of: tells files of the same name on many hosts apart. Null: none is known. */
export function folderOf(file: string): string | null {
  const cut = file.lastIndexOf('/')
  return cut > 0 ? file.slice(0, cut) : null
}

/** A dataset in one line where many have the same name: `events.csv, host-17/logs`. */
export function nameInFolder({ name, file }: { name: string; file: string }): string {
  const folder = folderOf(file)
  return folder === null ? name : `${name}, ${folder}`
}
