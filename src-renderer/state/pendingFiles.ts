import { useSyncExternalStore } from 'react'

/** A file that was dropped or chosen and waits for the import view. `path`: its name, with its folder inside a dropped folder. */
export type PendingFile = { file: File; path: string }

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
    add: (more) => become([...files, ...more.filter(({ path }) => !files.some((known) => known.path === path))]),
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
