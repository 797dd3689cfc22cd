import type { RowMark } from '#contract/rowMark'
import type { Backend } from '../../../backend/backend.ts'
import type { GridData, GridView } from '../../../grid/gridData.ts'
import type { EvidenceRow } from '../evidenceRows.ts'

/** Marks of so many rows are asked for at once; the call takes no more. */
const ASK_MAX = 500
/** Rows around those in view. */
const AROUND = 120
/** A scroll that goes on asks when it rests. */
const SETTLE_MS = 60

export type MarkedRow = EvidenceRow & { mark?: RowMark }
export type MarkedRows = GridData<MarkedRow> & {
  /** Marks have changed: those in view are asked for again, the old ones stay until then. */
  refresh(): void
  close(): void
}

/** Rows with what analysts said about them: the rows come at once, their marks a moment later. `datasetId` null: nothing was said. */
export function markedRows(backend: Backend, datasetId: string | null, base: GridData<EvidenceRow>): MarkedRows {
  const known = new Map<number, RowMark | null>()
  const made = new WeakMap<EvidenceRow, MarkedRow>()
  const listeners = new Set<() => void>()
  let view: GridView | null = null
  let round = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | null = null

  const tell = () => {
    round += 1
    for (const listener of listeners) listener()
  }
  const inView = (): number[] => {
    if (!view) return []
    const rows: number[] = []
    const first = Math.max(0, view.first - AROUND)
    for (let at = first; at <= Math.min(base.total - 1, view.last + AROUND); at += 1) {
      const row = base.rowAt(at)?.row
      if (row !== undefined) rows.push(row)
    }
    return rows.slice(0, ASK_MAX)
  }
  const ask = (again: boolean) => {
    const rows = inView().filter((row) => again || !known.has(row))
    if (datasetId === null || rows.length === 0) return
    running?.abort()
    const controller = new AbortController()
    running = controller
    backend.call('rows.marks', { datasetId, rows }, { signal: controller.signal }).then(
      ({ marks }) => {
        if (controller.signal.aborted) return
        if (again) known.clear()
        for (const row of rows) known.set(row, null)
        for (const mark of marks) known.set(mark.row, mark)
        tell()
      },
      // The rows are here all the same; the next look asks again.
      () => undefined,
    )
  }
  const soon = (again = false) => {
    clearTimeout(timer)
    timer = setTimeout(() => ask(again), again ? 0 : SETTLE_MS)
  }
  const stop = base.subscribe(() => soon())

  return {
    total: base.total,
    rowAt(index) {
      const row = base.rowAt(index)
      const mark = row && known.get(row.row)
      if (!row || !mark) return row
      const before = made.get(row)
      if (before?.mark === mark) return before
      const next = { ...row, mark }
      made.set(row, next)
      return next
    },
    show(next) {
      view = next
      base.show(next)
      soon()
    },
    subscribe(listener) {
      const stopBase = base.subscribe(listener)
      listeners.add(listener)
      return () => {
        stopBase()
        listeners.delete(listener)
      }
    },
    version: () => base.version() + round,
    refresh: () => soon(true),
    close() {
      clearTimeout(timer)
      running?.abort()
      stop()
      listeners.clear()
    },
  }
}
