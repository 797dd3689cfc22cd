import { useState } from 'react'
import { AppError } from '#contract/appError'
import type { Input } from '#contract/contract'
import type { ReportFile } from '#contract/reports'
import { useBackend } from '../../backend/BackendContext.ts'
import { useCall } from '../../backend/query.ts'
import { rememberExport } from '../../state/ownExports.ts'

const isFile = (result: unknown): result is ReportFile =>
  typeof result === 'object' && result !== null && 'leftOut' in result && 'name' in result && 'bytes' in result

/** Starts the writing of a file and follows it; app/useDownloads.ts saves it, also when nobody follows it any more. */
export function useReport() {
  const backend = useBackend()
  const [jobId, setJobId] = useState<string | null>(null)
  const [starting, setStarting] = useState(false)
  const [refused, setRefused] = useState<AppError | null>(null)
  const { data: job } = useCall('jobs.get', jobId === null ? null : { id: jobId })
  const running = jobId !== null && (!job || job.finishedAt === null)

  const begin = (begun: Promise<{ jobId: string }>) => {
    setRefused(null)
    setStarting(true)
    // Not a mutation: the job may end before one would say that it has begun.
    begun
      .then(
        ({ jobId: id }) => {
          rememberExport(id)
          setJobId(id)
        },
        (error: unknown) => {
          const failure = error instanceof AppError ? error : new AppError('internal', String(error))
          if (failure.code !== 'cancelled') setRefused(failure)
        },
      )
      .finally(() => setStarting(false))
  }
  return {
    build: (input: Input<'reports.build'>) => begin(backend.call('reports.build', input)),
    csv: (input: Input<'reports.csv'>) => begin(backend.call('reports.csv', input)),
    busy: starting || running,
    note: running ? (job?.note ?? null) : null,
    done: !running && job?.state === 'succeeded' && isFile(job.result) ? job.result : null,
    failure: refused ?? (job?.failure ? AppError.from(job.failure) : null),
  }
}
