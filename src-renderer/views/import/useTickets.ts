import { useCallback, useRef } from 'react'
import { useBackend } from '../../backend/BackendContext.ts'
import type { PendingFile } from '../../state/pendingFiles.ts'

/** Hands each file over once; asking again gives the same ticket. A file that could not be handed over is tried anew. */
export function useTickets(): (file: PendingFile) => Promise<string> {
  const backend = useBackend()
  const known = useRef(new Map<File, Promise<string>>())
  return useCallback(
    (pending) => {
      const before = known.current.get(pending.file)
      if (before) return before
      const ticket = backend.offerFile(pending.file, pending.path)
      known.current.set(pending.file, ticket)
      ticket.catch(() => known.current.delete(pending.file))
      return ticket
    },
    [backend],
  )
}
