import { AppError } from '#contract/appError'
import { contract } from '#contract/contract'
import { importedFile, importReport } from '#contract/datasets'
import type { ImportReport } from '#contract/datasets'
import type { App } from '../app.ts'
import type { Caller } from './caller.ts'
import type { FileToImport } from './filesToImport.ts'
import { whole } from './progress.ts'
import type { Progress } from './progress.ts'

type Report = Omit<ImportReport, 'alerts'> & { alerts?: number }

/** How many hunts are asked for at once while one is looked for by its name. */
const PAGE = 500

/** Imports files into the hunt of this name. A file that fails does not stop the others. */
export async function importFiles(
  app: App,
  caller: Caller,
  files: FileToImport[],
  huntName: string,
  progress: Progress,
): Promise<Report> {
  const offered: { ticket: string }[] = []
  const refused: Report['failed'] = []
  for (const file of files) {
    try {
      offered.push({ ticket: await app.files.offer(file.path, file.name) })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      refused.push({ file: file.name, code: error.code, message: error.message })
    }
  }
  const hunt = (await findHunt(caller, huntName)) ?? (await createHunt(caller, huntName))
  if (offered.length === 0) return { hunt, datasets: [], failed: refused }

  const answer = await caller.call('datasets.import', { huntId: hunt.id, files: offered })
  const { jobId } = contract['datasets.import'].output.parse(answer)
  const job = await caller.finished(jobId, progress.show)
  progress.clear()
  if (job.state !== 'succeeded') {
    throw job.failure ? AppError.from(job.failure) : new AppError('cancelled', 'The import was cancelled.')
  }
  const report = importReport.parse(job.result)
  return { ...report, failed: [...refused, ...report.failed] }
}

const promised = importedFile.extend({ duplicateOf: importedFile.shape.id.optional() })

/** Exactly what PRODUCT.md promises to programs. */
export const reportForPrograms = ({ hunt, datasets, failed }: Report) => ({
  hunt,
  datasets: datasets.map((dataset) => promised.parse(dataset)),
  failed,
})

/** One line a file, for people. */
export function reportForPeople({ hunt, datasets, failed, alerts }: Report): string {
  const lines = datasets.map((dataset) => {
    const known = dataset.duplicateOf === undefined ? '' : `, imported before as ${dataset.file}`
    return `${dataset.offered ?? dataset.file}: ${whole(dataset.rows)} rows, ${whole(dataset.quarantined)} quarantined${known}`
  })
  const failures = failed.map((failure) => `${failure.file}: not imported. ${failure.message}`)
  const found = alerts ? `, ${whole(alerts)} new ${alerts === 1 ? 'alert' : 'alerts'}` : ''
  const total = `${hunt.name}: ${datasets.length} of ${datasets.length + failed.length} files imported${found}`
  return [...lines, ...failures, total].join('\n')
}

async function findHunt(caller: Caller, name: string): Promise<{ id: string; name: string } | undefined> {
  for (let offset = 0; ; offset += PAGE) {
    const { hunts, total } = contract['hunts.list'].output.parse(
      await caller.call('hunts.list', { limit: PAGE, offset }),
    )
    const hunt = hunts.find((candidate) => candidate.name === name)
    if (hunt) return { id: hunt.id, name: hunt.name }
    if (hunts.length === 0 || offset + hunts.length >= total) return undefined
  }
}

async function createHunt(caller: Caller, name: string): Promise<{ id: string; name: string }> {
  const hunt = contract['hunts.create'].output.parse(await caller.call('hunts.create', { name }))
  return { id: hunt.id, name: hunt.name }
}
