import type { Job } from '#contract/jobs'

/** Without a terminal to redraw on, a line is written this often. */
const LINE_MS = 2_000

export type Screen = { isTTY?: boolean; columns?: number; write(text: string): unknown }
export type Progress = { show(job: Job): void; clear(): void }

/** Shows how far a job is: one line that changes on a terminal, a new line now and then elsewhere. */
export function createProgress(screen: Screen, clock: () => number = Date.now): Progress {
  let shown = clock()
  let drawn = false
  return {
    show(job) {
      if (job.finishedAt !== null) return
      if (screen.isTTY) {
        screen.write(`\r${progressLine(job).slice(0, (screen.columns ?? 80) - 1)}\u001B[K`)
        drawn = true
      } else if (clock() - shown >= LINE_MS) {
        shown = clock()
        screen.write(`${progressLine(job)}\n`)
      }
    },
    clear() {
      if (drawn) screen.write('\r\u001B[K')
      drawn = false
    },
  }
}

export function progressLine(job: Job): string {
  const share = job.total ? `${Math.min(100, Math.floor((job.done / job.total) * 100))} %` : undefined
  const rows = job.rows === null ? undefined : `${whole(job.rows)} rows`
  const rate = job.rate === null ? undefined : `${whole(job.rate)} rows/s`
  return [job.title, share, rows, rate, job.note]
    .filter((part) => part !== undefined && part !== null && part !== '')
    .join(' · ')
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US')
