import { createContext, use } from 'react'
import { createPendingFiles } from './pendingFiles.ts'
import type { PendingFiles } from './pendingFiles.ts'

const PendingFilesContext = createContext<PendingFiles>(createPendingFiles())

export const PendingFilesProvider = PendingFilesContext.Provider

/** The files that wait for the import view: `usePending(usePendingFiles())` is the list. */
export const usePendingFiles = (): PendingFiles => use(PendingFilesContext)
