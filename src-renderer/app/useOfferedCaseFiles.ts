import { useEffect } from 'react'
import { useBackend } from '../backend/BackendContext.ts'
import { link } from '../state/places.ts'
import { navigate } from '../state/route.ts'

/** Opens the case file that the desktop named, before the window was there or since. */
export function useOfferedCaseFiles(): void {
  const backend = useBackend()
  useEffect(() => {
    const show = (ticket: string): void => navigate(link.openCaseFile(ticket))
    const stop = new AbortController()
    backend.call('caseFiles.waiting', {}, { signal: stop.signal }).then(
      ({ files }) => files[0] && show(files[0].ticket),
      // Without a connection there is nothing that waits; what comes later is told.
      () => undefined,
    )
    const off = backend.on('caseFiles.changed', ({ ticket }) => show(ticket))
    return () => {
      stop.abort()
      off()
    }
  }, [backend])
}
