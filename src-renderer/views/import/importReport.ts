import type { ImportReport } from '#contract/datasets'
import type { Job } from '#contract/jobs'

const has = (value: unknown, key: string): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && key in value
const isReport = (value: unknown): value is ImportReport =>
  has(value, 'datasets') && has(value, 'failed') && Array.isArray(value['datasets']) && Array.isArray(value['failed'])

/** What an import job answered; null while it runs or when it gave none. */
export const reportOf = (job: Job): ImportReport | null => (isReport(job.result) ? job.result : null)
