import { useState } from 'react'
import { useBackend } from '../../backend/BackendContext.ts'
import type { Backend } from '../../backend/backend.ts'
import type { PendingFile } from '../../state/pendingFiles.ts'

export type Tickets = {
  /** Hands the file over once; asking again gives the same ticket. A file that could not be handed over is tried anew. */
  whole(file: PendingFile): Promise<string>
  /** A ticket for its preview that does not wait for the whole file; null where there is nothing to wait for. */
  beginning(file: PendingFile): Promise<string> | null
}

/** The tickets of the files that wait, for as long as the view is open. */
export function useTickets(): Tickets {
  const backend = useBackend()
  return useState(() => createTickets(backend))[0]
}

function createTickets(backend: Backend): Tickets {
  const wholes = new Map<File, Promise<string>>()
  const beginnings = new Map<File, Promise<string> | null>()

  function beginning({ file, path }: PendingFile): Promise<string> | null {
    const before = beginnings.get(file)
    if (before !== undefined) return before
    const ticket = backend.offerBeginning(file, path)
    beginnings.set(file, ticket)
    return ticket
  }

  return {
    beginning,
    whole(pending) {
      const before = wholes.get(pending.file)
      if (before) return before
      // One after the other: the preview is waited for by somebody.
      const ahead = (beginning(pending) ?? Promise.resolve()).then(
        () => undefined,
        () => undefined,
      )
      const ticket = ahead.then(() => backend.offerFile(pending.file, pending.path))
      wholes.set(pending.file, ticket)
      ticket.catch(() => wholes.delete(pending.file))
      return ticket
    },
  }
}
