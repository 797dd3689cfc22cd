import type { Output } from '#contract/contract'
import { Progress } from '../ui/Progress.tsx'
import { formatCount, formatNoun } from '../ui/formatNumber.ts'

/** How many rows of an export are written. `of`: how many there will be, until the job says so itself. */
export const RowsProgress = ({ job, of }: { job: Output<'jobs.get'>; of: number }) => (
  <div className="line" role="status">
    <Progress share={job.total ? job.done / job.total : null} label="Export" />
    <span className="t2 sm num">
      {formatCount(job.done)} of {formatNoun(job.total ?? of, 'row')}
    </span>
  </div>
)
