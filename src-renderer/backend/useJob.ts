import { useState } from 'react'
import { AppError } from '#contract/appError'
import type { Output } from '#contract/contract'
import type { Backend } from './backend.ts'
import { useBackend } from './BackendContext.ts'
import { useCall, useCommand } from './query.ts'

/**
 * Follows a job that `call` starts. `begun` hears its id: rememberExport for those that write a file, which app/useDownloads.ts
 * saves, also when nobody follows it any more.
 */
export function useJob<I>(
  call: (backend: Backend, input: I) => Promise<{ jobId: string }>,
  begun: (jobId: string) => void = () => undefined,
) {
  const backend = useBackend()
  const [jobId, setJobId] = useState<string | null>(null)
  const [starting, setStarting] = useState(false)
  const [refused, setRefused] = useState<AppError | null>(null)
  const { data } = useCall('jobs.get', jobId === null ? null : { id: jobId })
  const stop = useCommand('jobs.cancel')
  const job: Output<'jobs.get'> | null = data && data.id === jobId ? data : null
  const running = jobId !== null && (job === null || job.finishedAt === null)

  const start = (input: I): void => {
    setRefused(null)
    setJobId(null)
    setStarting(true)
    // Not a mutation: the job may end before one would say that it has begun.
    call(backend, input)
      .then(
        (answer) => {
          begun(answer.jobId)
          setJobId(answer.jobId)
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
    reset: () => setJobId(null),
    busy: starting || running,
    job: running ? job : null,
    result: job?.state === 'succeeded' ? job.result : null,
    failure: refused ?? (job?.failure && job.failure.code !== 'cancelled' ? AppError.from(job.failure) : null),
  }
}
