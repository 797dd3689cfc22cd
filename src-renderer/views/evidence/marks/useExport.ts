import { useState } from 'react'
import { AppError } from '#contract/appError'
import type { Input } from '#contract/contract'
import type { ExportReport } from '#contract/exportReport'
import { useBackend } from '../../../backend/BackendContext.ts'
import { useCall, useCommand } from '../../../backend/query.ts'
import { rememberExport } from '../../../state/ownExports.ts'

const isReport = (result: unknown): result is ExportReport =>
  typeof result === 'object' && result !== null && 'leftOut' in result && 'name' in result

/** Starts an export and follows it; app/useDownloads.ts saves its file, also when nobody follows it any more. */
export function useExport() {
  const backend = useBackend()
  const [jobId, setJobId] = useState<string | null>(null)
  const [starting, setStarting] = useState(false)
  const [refused, setRefused] = useState<AppError | null>(null)
  const { data: job } = useCall('jobs.get', jobId === null ? null : { id: jobId })
  const stop = useCommand('jobs.cancel')
  const running = jobId !== null && (!job || job.finishedAt === null)

  const start = (input: Input<'rows.export'>) => {
    setRefused(null)
    setStarting(true)
    // Not a mutation: the job may end before one would say that it has begun.
    backend
      .call('rows.export', input)
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
    start,
    cancel: () => jobId !== null && stop.mutate({ id: jobId }),
    busy: starting || running,
    job: running ? (job ?? null) : null,
    report: job?.state === 'succeeded' && isReport(job.result) ? job.result : null,
    failure: refused ?? (job?.failure ? AppError.from(job.failure) : null),
  }
}
