import type { HandlersOf } from '../rpc/handlers.ts'
import type { JobRunner } from './jobRunner.ts'

export function jobHandlers(jobs: JobRunner): HandlersOf<'jobs'> {
  return {
    'jobs.list': ({ state, huntId, limit, offset }) => {
      const matching = jobs
        .list()
        .filter(
          (job) => (state === undefined || job.state === state) && (huntId === undefined || job.huntId === huntId),
        )
      return { jobs: matching.slice(offset, offset + limit), total: matching.length }
    },
    'jobs.get': ({ id }) => jobs.get(id),
    'jobs.cancel': ({ id }) => jobs.cancel(id),
  }
}
