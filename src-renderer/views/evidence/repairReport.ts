import type { Job } from './useReading.ts'

export type RepairReport = {
  rows: number
  repaired: number
  /** Records that are in quarantine again. */
  returned: number
  remaining: { id: number; reason: string }[]
}

const part = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** What a job that read a dataset anew came to; its result is JSON whose shape depends on the kind of job. */
export function repairReport(job: Pick<Job, 'result'>): RepairReport {
  const remaining: unknown = part(job.result, 'remaining')
  return {
    rows: number(part(job.result, 'rows')),
    repaired: number(part(job.result, 'repaired')),
    returned: number(part(job.result, 'returned')),
    remaining: (Array.isArray(remaining) ? remaining : []).map((one: unknown) => ({
      id: number(part(one, 'id')),
      reason: text(part(one, 'reason')),
    })),
  }
}
