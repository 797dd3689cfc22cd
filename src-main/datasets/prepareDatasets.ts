import { existsSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { Store } from '../worker/pool.ts'

/** Fewer rows are counted and filtered at once as they are. */
const WORTH_ROWS = 5_000
/** After the start of the program those are made that are missing, in milliseconds: what a person does first comes first, and a single command ends without it. */
const AFTER_START_MS = 15_000

/** `preparing`: being made, or about to be. `none`: not made, or not worth it. */
export type Prepared = { state: 'ready' | 'preparing' | 'none'; bytes: number }

/**
 * Makes what quick questions need (the segments of a dataset) after a dataset is published, one at a time, behind everything else.
 * Nobody has to wait for it: until it is there every question is answered without it.
 */
export type PrepareDatasets = {
  /** Resolves when it is made, or found to be there, not worth it or impossible; never rejects. */
  prepare(id: string): Promise<void>
  /** Stops it for these datasets, whose files change or go. */
  stop(ids: readonly string[]): Promise<void>
  /** Whether questions about it are quick. */
  prepared(id: string): Promise<Prepared>
  /** Resolves when nothing is left to make. */
  idle(): Promise<void>
  close(): Promise<void>
}

type Deps = {
  store: Store
  events: Events
  ports: Pick<Ports, 'log'>
  /** Where the segments of a dataset stand. */
  segmentsOf(id: string): string
}
/** `worth`: it is known that there is something to make. */
type Entry = { abort: AbortController; ended: Promise<void>; worth: boolean }

export function createPrepareDatasets({ store, events, ports, segmentsOf }: Deps): PrepareDatasets {
  const entries = new Map<string, Entry>()
  /** Could not be made in this run of the program: not tried again and again. */
  const impossible = new Set<string>()
  let last: Promise<void> = Promise.resolve()
  let closed = false

  async function make(id: string, signal: AbortSignal): Promise<void> {
    const entry = entries.get(id)
    if (signal.aborted || closed || !entry) return
    const dataset = await store.read().datasets.get(id)
    if (dataset?.state !== 'ready' || dataset.duplicateOf !== null) return
    if (dataset.rows < WORTH_ROWS) {
      // There may be some of more rows, as it was read before.
      await rm(segmentsOf(id), { force: true })
      return
    }
    entry.worth = true
    const about = { id, huntId: dataset.huntId }
    events.emit('segments.changed', about)
    try {
      const made = await store.background({ signal }).evidence.prepare(id)
      if (made) await store.renewSegments(id)
    } finally {
      entry.worth = false
      events.emit('segments.changed', about)
    }
  }

  function prepare(id: string): Promise<void> {
    const known = entries.get(id)
    if (known) return known.ended
    if (closed || impossible.has(id)) return Promise.resolve()
    const abort = new AbortController()
    const ended = last
      .then(() => make(id, abort.signal))
      .catch((error: unknown) => {
        if (abort.signal.aborted || closed) return
        impossible.add(id)
        ports.log('warn', `Quick questions of dataset ${id} could not be prepared`, error)
      })
      .finally(() => entries.delete(id))
    entries.set(id, { abort, ended, worth: false })
    last = ended
    return ended
  }

  async function stop(ids: readonly string[]): Promise<void> {
    const chosen = ids.flatMap((id) => entries.get(id) ?? [])
    for (const { abort } of chosen) abort.abort()
    await Promise.all(chosen.map(({ ended }) => ended))
    for (const id of ids) impossible.delete(id)
  }

  const start = setTimeout(() => {
    void store
      .read()
      .datasets.ofRows(WORTH_ROWS)
      .then((ids) => Promise.all(ids.filter((id) => !existsSync(segmentsOf(id))).map(prepare)))
      .catch((error: unknown) => {
        if (!closed) ports.log('warn', 'Datasets whose quick questions are missing could not be listed', error)
      })
  }, AFTER_START_MS).unref()
  store.onUnprepared((id) => void prepare(id))

  return {
    prepare,
    stop,
    async prepared(id) {
      if (entries.get(id)?.worth) return { state: 'preparing', bytes: 0 }
      const bytes = await stat(segmentsOf(id)).then(
        ({ size }) => size,
        () => null,
      )
      return bytes === null ? { state: 'none', bytes: 0 } : { state: 'ready', bytes }
    },
    async idle(): Promise<void> {
      while (entries.size > 0) await Promise.all([...entries.values()].map(({ ended }) => ended))
    },
    async close() {
      closed = true
      clearTimeout(start)
      await stop([...entries.keys()])
    },
  }
}
