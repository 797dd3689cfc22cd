import { useEffect } from 'react'
import { useBackend } from '../backend/BackendContext.ts'
import { isOwnExport } from '../state/ownExports.ts'
import { downloadOf } from './jobText.ts'

/** Saves what this window exported as soon as it is written, wherever the analyst has gone meanwhile. */
export function useDownloads(): void {
  const backend = useBackend()
  useEffect(() => {
    const saved = new Set<string>()
    return backend.on('jobs.changed', (job) => {
      const address = downloadOf(job)
      if (address === null || !isOwnExport(job.id) || saved.has(job.id)) return
      saved.add(job.id)
      const anchor = document.createElement('a')
      anchor.href = address
      anchor.download = ''
      anchor.click()
    })
  }, [backend])
}
