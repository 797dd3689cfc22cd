import { useSyncExternalStore } from 'react'

/** A file that was dropped or chosen and waits for the import view. `path`: its name, with its folder inside a dropped folder. */
export type PendingFile = { file: File; path: string }

/** A dropped folder lists its files in no order that a person would expect. */
const byPath = new Intl.Collator('en', { numeric: true })

export interface PendingFiles {
  current(): readonly PendingFile[]
  add(files: readonly PendingFile[]): void
  remove(files: readonly PendingFile[]): void
  clear(): void
  onChange(listener: () => void): () => void
}

export function createPendingFiles(): PendingFiles {
  let files: readonly PendingFile[] = []
  const listeners = new Set<() => void>()
  const become = (next: readonly PendingFile[]) => {
    files = next
    for (const listener of [...listeners]) listener()
  }
  return {
    current: () => files,
    add: (more) => {
      const known = new Set(files.map(({ path }) => path))
      const fresh = more.filter(({ path }) => !known.has(path))
      become([...files, ...fresh.toSorted((a, b) => byPath.compare(a.path, b.path))])
    },
    remove: (gone) => become(files.filter((file) => !gone.includes(file))),
    clear: () => become([]),
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export const usePending = (files: PendingFiles): readonly PendingFile[] =>
  useSyncExternalStore(files.onChange, files.current)
