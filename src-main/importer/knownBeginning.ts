import type { Dialect } from '#contract/datasets'
import { readBeginning } from './beginning.ts'

type Read = ReturnType<typeof readBeginning>
type Known = { bytes: Buffer; complete: boolean; wanted: string; read: Read }

let known: Known | null = null

/** readBeginning for a preview: kept for the import that mostly follows in the same thread, and takes a fifth of a second to repeat. */
export function beginningToKeep(bytes: Buffer, complete: boolean, wanted: Dialect): Read {
  const read = readBeginning(bytes, complete, wanted)
  known = { bytes, complete, wanted: JSON.stringify(wanted), read }
  return read
}

/** What was kept, if anything was. */
export const keptBeginning = (): Read | null => known?.read ?? null

/** readBeginning for an import: what was kept where it is of the very same bytes and wishes. Nothing stays kept: memory. */
export function beginningOnce(bytes: Buffer, complete: boolean, wanted: Dialect): Read {
  const before = known
  known = null
  const same = before?.complete === complete && before.wanted === JSON.stringify(wanted) && before.bytes.equals(bytes)
  return same ? before.read : readBeginning(bytes, complete, wanted)
}
