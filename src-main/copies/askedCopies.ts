import { AppError } from '#contract/appError'
import type { Copy } from '#contract/copies'
import type { RemoteReads } from '../worker/procedures.ts'
import type { AskedCopy } from './askCopy.ts'
import type { CopyDeps } from './copyHandlers.ts'
import { copyLayout } from './copyLayout.ts'
import { quotedPlace } from './ourTable.ts'

/** Rows of one test of tags or notes that a server is told. */
const MARKED_MAX = 100_000

/** A copy with what was kept of its dataset. */
export type KnownCopy = NonNullable<Awaited<ReturnType<RemoteReads['copies']['get']>>>

/** Why tags and notes say nothing about the rows of a copy; null when they do. */
export function marksBarred({ stale, gone }: Pick<Copy, 'stale' | 'gone'>): string | null {
  if (gone) return 'The dataset of this copy was deleted here, and its tags and notes with it.'
  return stale
    ? 'The dataset was read otherwise since it was sent: tags and notes of its rows are not those of this copy. Send it again.'
    : null
}

/** Copies made ready to be asked. */
export function askedCopies({ store, server }: Pick<CopyDeps, 'store' | 'server'>) {
  async function ask(known: KnownCopy, signal: AbortSignal): Promise<AskedCopy> {
    return {
      server: await server(known.connection),
      table: quotedPlace(known),
      layout: copyLayout(known.columns, known.timeColumn),
      signal,
      async marked(tests) {
        const barred = marksBarred(known)
        if (barred !== null) throw new AppError('conflict', barred, { path: 'q' })
        const { datasetId } = known
        return store.read({ signal, key: datasetId }).rows.markedRows(datasetId, tests, MARKED_MAX)
      },
    }
  }

  /** AppError 'not-found', 'conflict' where it is another dataset's or not whole. */
  async function known(id: string, datasetId: string): Promise<KnownCopy> {
    const copy = await store.read().copies.get(id)
    if (!copy) throw new AppError('not-found', 'There is no such copy. It may have been deleted.', { id })
    if (copy.datasetId !== datasetId) throw new AppError('conflict', 'This copy is of another dataset.', { id })
    if (copy.state !== 'complete') throw new AppError('conflict', 'This copy is not complete.', { id })
    return copy
  }

  return {
    ask,
    known,
    /** One copy; AppError as `known`, and those of its connection. */
    async one(id: string, datasetId: string, signal: AbortSignal) {
      const found = await known(id, datasetId)
      return { known: found, copy: await ask(found, signal) }
    },
  }
}
export type AskedCopies = ReturnType<typeof askedCopies>
