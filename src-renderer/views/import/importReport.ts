import type { ImportReport } from '#contract/datasets'
import type { Job } from '#contract/jobs'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'

const has = (value: unknown, key: string): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && key in value
const isReport = (value: unknown): value is ImportReport =>
  has(value, 'datasets') && has(value, 'failed') && Array.isArray(value['datasets']) && Array.isArray(value['failed'])

/** What an import job answered; null while it runs or when it gave none. */
export const reportOf = (job: Job): ImportReport | null => (isReport(job.result) ? job.result : null)

/** "201 of 203 files imported, 2 failed · 6,001 rows, 1 record quarantined · 12 new alerts" */
export function summaryOf({ datasets, failed, alerts }: ImportReport): string {
  const fresh = datasets.filter(({ duplicateOf }) => duplicateOf === undefined)
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
  const known = datasets.length - fresh.length
  return [
    `${formatCount(datasets.length)} of ${formatNoun(datasets.length + failed.length, 'file')} imported${failed.length > 0 ? `, ${formatCount(failed.length)} failed` : ''}`,
    `${formatNoun(sum(fresh.map(({ rows }) => rows)), 'row')}, ${formatNoun(sum(fresh.map(({ quarantined }) => quarantined)), 'record')} quarantined`,
    known > 0 ? `${formatCount(known)} imported before` : null,
    alerts > 0 ? formatNoun(alerts, 'new alert') : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
