import { once } from 'node:events'
import { AppError } from '#contract/appError'
import type { DatasetOrigin, Dialect, ImportReport } from '#contract/datasets'
import type { Tickets } from '../files/tickets.ts'
import type { JobContext } from '../jobs/jobRunner.ts'
import type { Store } from '../worker/pool.ts'
import type { ImportFiles } from './importFiles.ts'

/** Bytes that the program itself made of an answer of a server, and how they are read. */
export type MadeFile = { name: string; dialect: Dialect; origin: DatasetOrigin; text: Buffer }
/** Makes a dataset of it, as a part of a job. AppError of the import. */
export type ImportMade = (
  made: MadeFile,
  analyze: boolean | undefined,
  context: JobContext,
) => Promise<ImportReport & { origin: DatasetOrigin }>

/**
 * What is made becomes a dataset by the ordinary importer: it reads the bytes that were hashed, which then stay in the
 * workspace as the source of the dataset. Answers what does it for one hunt; AppError 'not-found' when there is no such hunt.
 */
export async function importMadeInto(
  huntId: string,
  { store, tickets, importFiles }: { store: Store; tickets: Tickets; importFiles: ImportFiles },
): Promise<ImportMade> {
  const hunt = await store.read().hunts.get(huntId)
  if (!hunt) throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { id: huntId })
  return async ({ name, dialect, origin, text }, analyze, context) => {
    const plain = name.replace(/[\\/:]+/g, '-')
    const upload = await tickets.upload(/\.csv$/i.test(plain) ? plain : `${plain}.csv`)
    if (!upload.write.write(text)) await once(upload.write, 'drain')
    const file = tickets.take(await upload.done())
    // The job counts rows, an import bytes.
    const within = {
      ...context,
      progress: ({ note }: { note?: string | null }) => context.progress({ note: note ?? null }),
    }
    const report = await importFiles.inside(
      hunt,
      [{ file, dialect, name, origin }],
      analyze ?? hunt.analyzeOnImport,
      within,
    )
    const [failed] = report.failed
    if (failed) throw new AppError(failed.code, failed.message)
    return { ...report, origin }
  }
}
