import type { DatasetHandle } from './datasetFiles.ts'

/** What SQLite itself says about a dataset file: null when every page and index is sound, else its first complaint. */
export function integrityComplaint(handle: DatasetHandle): string | null {
  const first = handle.db.prepare<[], { integrity_check: string }>('PRAGMA integrity_check(1)').get()
  return first === undefined || first.integrity_check === 'ok' ? null : first.integrity_check
}
