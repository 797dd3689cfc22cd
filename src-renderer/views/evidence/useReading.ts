import { useState } from 'react'
import { AppError } from '#contract/appError'
import type { Input, Output } from '#contract/contract'
import { useCall, useCommand } from '../../backend/query.ts'
import { repairReport } from './repairReport.ts'

export type Job = Output<'jobs.list'>['jobs'][number]

export type DatasetReading = {
  /** Changes how the dataset is read; a job does it. */
  change: (input: Omit<Input<'datasets.update'>, 'id'>) => void
  undo: () => void
  rescan: () => void
  repair: (input: Omit<Input<'datasets.repair'>, 'id'>) => void
  cancel: () => void
  /** The job that reads the dataset anew now. */
  running: Job | null
  /** The job that was asked for here and has ended. */
  ended: Job | null
  /** The last repair of this run of the program, unless it was taken back since. */
  repaired: Job | null
  busy: boolean
  /** A command was refused, or the job failed. */
  failure: AppError | null
}

const isRunning = ({ state }: Job): boolean => state === 'running' || state === 'queued'

/** What can be done about the reading of a dataset, and the job that does it. */
export function useReading(id: string): DatasetReading {
  const update = useCommand('datasets.update')
  const undo = useCommand('datasets.undo')
  const rescan = useCommand('datasets.rescan')
  const repair = useCommand('datasets.repair')
  const cancel = useCommand('jobs.cancel')
  const [asked, setAsked] = useState<string | null>(null)
  const { data } = useCall('jobs.list', {})
  // An export or a copy reads the dataset and changes nothing about it.
  const jobs = data?.jobs.filter((job) => job.datasetId === id && !['export', 'copy'].includes(job.kind)) ?? []
  const running = jobs.find(isRunning) ?? null
  const ended = jobs.find((job) => job.id === asked && !isRunning(job)) ?? null
  const lastMoved = jobs.find(
    (job) => job.state === 'succeeded' && (job.kind === 'repair' || repairReport(job).returned > 0),
  )
  const commands = [update, undo, rescan, repair]
  const failed = ended?.state === 'failed' ? ended.failure : null
  const started = { onSuccess: ({ jobId }: { jobId: string | null }) => setAsked(jobId) }
  const fresh = () => commands.forEach((command) => command.reset())
  return {
    change: (input) => (fresh(), update.mutate({ id, ...input }, started)),
    undo: () => (fresh(), undo.mutate({ id }, started)),
    rescan: () => (fresh(), rescan.mutate({ id }, started)),
    repair: (input) => (fresh(), repair.mutate({ id, ...input }, started)),
    cancel: () => running && cancel.mutate({ id: running.id }),
    running,
    ended,
    repaired: lastMoved?.kind === 'repair' ? lastMoved : null,
    busy: running !== null || commands.some((command) => command.isPending),
    failure:
      commands.find((command) => command.error)?.error ??
      (failed ? new AppError(failed.code, failed.message, failed.detail) : null),
  }
}
