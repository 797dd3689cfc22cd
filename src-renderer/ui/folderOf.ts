/** The folder or archive that a file came out of: tells files of the same name on many hosts apart. Null: none is known. */
export function folderOf(file: string): string | null {
  const cut = file.lastIndexOf('/')
  return cut > 0 ? file.slice(0, cut) : null
}
