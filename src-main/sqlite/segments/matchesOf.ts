import { compileSegments } from '../../predicate/compileSegments.ts'
import type { Predicate } from '../../predicate/predicate.ts'
import { asksMarks } from '../../predicate/rowTagTest.ts'
import { createAsker, type AskedHandle } from './askStretch.ts'
import type { DatasetSegments } from './datasetSegments.ts'
import { createMatches, type Matches } from './matches.ts'

/** Bytes of found rows that a thread keeps for its open datasets, a bit a row; the filters not asked for longest go first. */
const MATCHES_BYTES_MAX = 32 << 20

/** Filters of one thread and what they found, by dataset. */
export type MatchesCache = {
  /** What the filter finds, known as far as it was looked for. AppError as compileSegments. */
  of(segments: DatasetSegments, handle: AskedHandle, predicate: Predicate): Matches
  forget(datasetId: string): void
}

export function createMatchesCache(): MatchesCache {
  const kept = new Map<string, { datasetId: string; matches: Matches }>()
  let bytes = 0

  function drop(key: string): void {
    bytes -= kept.get(key)?.matches.bytes ?? 0
    kept.delete(key)
  }
  return {
    of(segments, handle, predicate) {
      const version = asksMarks(predicate, handle.columns) ? handle.marks().version : 0
      const key = `${handle.id} ${version} ${JSON.stringify(predicate)}`
      const known = kept.get(key)
      const matches =
        known?.matches ??
        createMatches(segments, createAsker(segments, compileSegments(predicate, segments.layout), handle))
      drop(key)
      kept.set(key, { datasetId: handle.id, matches })
      bytes += matches.bytes
      for (const oldest of kept.keys()) {
        if (bytes <= MATCHES_BYTES_MAX || kept.size === 1) break
        drop(oldest)
      }
      return matches
    },
    forget(datasetId) {
      for (const [key, entry] of [...kept]) if (entry.datasetId === datasetId) drop(key)
    },
  }
}
