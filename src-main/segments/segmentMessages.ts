import type { SegmentSource } from './buildSegments.ts'
import type { SegmentKind } from './segmentFile.ts'

/** What a thread starts with; `credit` holds the words below, shared by all of them. */
export type SegmentWork = { source: SegmentSource; credit: SharedArrayBuffer }

export type FromSegmentWorker =
  | { t: 'segment'; column: number; n: number; kind: SegmentKind; data: Uint8Array<ArrayBuffer> }
  | { t: 'values'; column: number; data: Uint8Array<ArrayBuffer> }
  | { t: 'drop'; column: number }
  | { t: 'done' }
  | { t: 'failed'; message: string }

/** Words of `credit`: bytes made and not yet written, 1 to stop; and how many bytes there may be before threads wait. */
export const CREDIT = { underway: 0, stop: 1, most: 32 << 20 } as const
