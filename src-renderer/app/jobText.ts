import type { Output } from '#contract/contract'
import { formatBytes, formatCount, formatDuration, formatNoun } from '../ui/formatNumber.ts'

export type Job = Output<'jobs.list'>['jobs'][number]

export const isRunning = ({ state }: Job): boolean => state === 'running' || state === 'queued'

/** 0..1; null while the total is unknown. */
export const jobShare = ({ done, total, state }: Job): number | null =>
  state === 'succeeded' ? 1 : total === null || total === 0 ? null : Math.min(1, done / total)

const seconds = (from: string, to: string | number) => (new Date(to).getTime() - new Date(from).getTime()) / 1000

/** Seconds that remain at the pace so far; null in the first second. */
export function secondsLeft(job: Job, now: number): number | null {
  const passed = seconds(job.startedAt, now)
  if (job.total === null || job.done <= 0 || passed < 1) return null
  return ((job.total - job.done) * passed) / job.done
}

const amount = ({ unit, done, total }: Job): string | null => {
  if (unit === 'bytes') return total === null ? formatBytes(done) : `${formatBytes(done)} of ${formatBytes(total)}`
  const noun = unit === 'rows' ? 'row' : 'step'
  return total === null ? formatNoun(done, noun) : `${formatCount(done)} of ${formatNoun(total, noun)}`
}

/** "412 MB of 665 MB · 1,284,300 rows · 218,000 rows/s · 9 s left" */
export function runningText(job: Job, now: number): string {
  if (job.state === 'queued') return 'Waiting for its turn'
  const left = secondsLeft(job, now)
  return [
    amount(job),
    job.rows !== null && job.unit !== 'rows' ? formatNoun(job.rows, 'row') : null,
    job.rate === null ? null : `${formatCount(job.rate)} rows/s`,
    left === null ? null : `${formatDuration(Math.ceil(left))} left`,
    job.note,
  ]
    .filter(Boolean)
    .join(' · ')
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const sum = (values: unknown[], name: string) =>
  values.reduce<number>((total, value) => {
    const part = field(value, name)
    return total + (typeof part === 'number' ? part : 0)
  }, 0)
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** What an ended job came to: "14,220 rows kept, 0 quarantined · 0.4 s". The shape of `result` depends on the kind. */
export function endedText(job: Job): string {
  const took = job.finishedAt === null ? null : formatDuration(seconds(job.startedAt, job.finishedAt))
  if (job.state === 'cancelled') return 'Cancelled'
  const datasets = list(field(job.result, 'datasets'))
  // Linked ones were counted when they came first.
  const fresh = datasets.filter((dataset) => field(dataset, 'duplicateOf') === undefined)
  const linked = datasets.length - fresh.length
  const failed = list(field(job.result, 'failed'))
  const detects = ['analyze', 'rules', 'intel'].includes(job.kind)
  const alerts = field(job.result, detects ? 'alertsCreated' : 'alerts')
  const gone = field(job.result, 'alertsRemoved')
  const looked = field(job.result, 'rowsAnalyzed')
  const rows = field(job.result, 'rows')
  const hits = field(job.result, 'hits')
  const left = field(job.result, 'leftOut')
  const bytes = field(job.result, 'bytes')
  const indicators = field(job.result, 'indicators')
  const rejected = field(job.result, 'rejected')
  const repaired = field(job.result, 'repaired')
  const returned = field(job.result, 'returned')
  const remaining = list(field(job.result, 'remaining')).length
  return [
    job.kind === 'import' || job.kind === 'freeze'
      ? `${formatNoun(sum(fresh, 'rows'), 'row')} kept, ${formatCount(sum(fresh, 'quarantined'))} quarantined`
      : null,
    linked > 0 ? `${formatCount(linked)} imported before` : null,
    job.kind === 'read' && typeof rows === 'number' ? `${formatNoun(rows, 'row')} read anew` : null,
    typeof returned === 'number' && returned > 0 ? `${formatNoun(returned, 'record')} in quarantine again` : null,
    job.kind === 'repair' && typeof repaired === 'number'
      ? `${formatNoun(repaired, 'record')} became ${repaired === 1 ? 'a row' : 'rows'}`
      : null,
    job.kind === 'repair' && remaining > 0 ? `${formatCount(remaining)} still do not fit` : null,
    job.kind === 'keywords' && typeof hits === 'number' ? formatNoun(hits, 'hit') : null,
    job.kind === 'intel-import' && typeof indicators === 'number' ? formatNoun(indicators, 'indicator') : null,
    job.kind === 'intel-import' && typeof rejected === 'number' && rejected > 0
      ? `${formatNoun(rejected, 'line')} not used`
      : null,
    job.kind === 'intel' && typeof indicators === 'number'
      ? `${formatNoun(indicators, 'listed indicator')} found`
      : null,
    typeof looked === 'number' ? `${formatNoun(looked, 'row')} analyzed` : null,
    typeof alerts === 'number' && (alerts > 0 || detects) ? formatNoun(alerts, 'new alert') : null,
    typeof gone === 'number' && gone > 0 ? `${formatCount(gone)} removed` : null,
    job.kind === 'copy' && typeof rows === 'number' ? `${formatNoun(rows, 'row')} sent` : null,
    job.kind === 'export' && typeof rows === 'number' ? `${formatNoun(rows, 'row')} exported` : null,
    typeof left === 'number' && left > 0 ? `${formatCount(left)} without a time left out` : null,
    typeof bytes === 'number' ? formatBytes(bytes) : null,
    text(field(job.result, 'path')),
    failed.length > 0 ? `${formatNoun(failed.length, 'file')} could not be imported` : null,
    took,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** Files of an import that failed while others did not. */
export const failedFiles = (job: Job): { file: string; message: string }[] =>
  list(field(job.result, 'failed')).map((one) => ({
    file: text(field(one, 'file')) ?? 'A file',
    message: text(field(one, 'message')) ?? '',
  }))

/** The only dataset that an import made; null when there are several or none. */
export function onlyDataset(job: Job): string | null {
  const datasets = list(field(job.result, 'datasets'))
  return datasets.length === 1 ? text(field(datasets[0], 'id')) : null
}

/** The address of what a job wrote for the browser to fetch, once; null when there is none. */
export const downloadOf = (job: Job): string | null =>
  job.kind === 'export' ? text(field(job.result, 'download')) : null
