import { useState } from 'react'
import { ChevronDown, ChevronUp, Error as ErrorIcon, Tick } from '@blueprintjs/icons'
import { useCall } from '../backend/query.ts'
import { formatNoun, formatPercent } from '../ui/formatNumber.ts'
import { Progress } from '../ui/Progress.tsx'
import { JobLine } from './JobLine.tsx'
import { isRunning, jobShare } from './jobText.ts'
import type { Job } from './jobText.ts'
import { Layer } from '../ui/Layer.tsx'

const shareOf = (running: readonly Job[]): number | null => {
  const shares = running.map(jobShare)
  return shares.includes(null)
    ? null
    : shares.reduce<number>((total, share) => total + (share ?? 0), 0) / running.length
}

const summary = (running: number, failed: number, ended: number) =>
  [
    running > 0 ? `${running} running` : null,
    failed > 0 ? `${failed} failed` : null,
    ended > 0 ? `${ended} finished` : null,
  ]
    .filter(Boolean)
    .join(', ')

/** The jobs of this run of the program: in the status bar one line, opened a list with progress, cancel, results and failures. */
export function JobTray() {
  const [open, setOpen] = useState(false)
  const [cleared, setCleared] = useState<ReadonlySet<string>>(new Set())
  const { data } = useCall('jobs.list', {})
  const jobs = (data?.jobs ?? []).filter(({ id }) => !cleared.has(id))
  const running = jobs.filter(isRunning)
  const failed = jobs.filter(({ state }) => state === 'failed')
  const ended = jobs.filter((job) => !isRunning(job))
  const [first] = running
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      placement="top-end"
      content={
        <section className="job-tray" aria-label="Jobs">
          <div className="panel-head">
            <h2>Jobs</h2>
            <span className="t3 sm">{summary(running.length, failed.length, ended.length - failed.length)}</span>
            <span className="spring" />
            {ended.length > 0 && (
              <button
                type="button"
                className="link-button sm"
                onClick={() => setCleared(new Set([...cleared, ...ended.map(({ id }) => id)]))}
              >
                Clear finished
              </button>
            )}
          </div>
          {jobs.length === 0 ? (
            <p className="t2 menu-note">
              No jobs. Imports and analyzer runs show here with progress and can be cancelled.
            </p>
          ) : (
            <ul className="job-list">
              {jobs.map((job) => (
                <JobLine key={job.id} job={job} onLeave={() => setOpen(false)} />
              ))}
            </ul>
          )}
        </section>
      }
      renderTarget={({ isOpen, ref, ...target }) => (
        <button {...target} ref={ref} type="button" className="item" aria-haspopup="dialog" aria-expanded={isOpen}>
          {first ? (
            <>
              <Progress share={shareOf(running)} label="Jobs" width={72} />
              <span className="clip job-title">
                {running.length === 1 ? first.title : formatNoun(running.length, 'job')}
              </span>
              <span className="figure">
                {running.length === 1 && jobShare(first) !== null ? formatPercent(jobShare(first) ?? 0) : ''}
              </span>
            </>
          ) : failed.length > 0 ? (
            <>
              <ErrorIcon size={12} className="bad" />
              {formatNoun(failed.length, 'job')} failed
            </>
          ) : (
            <>
              <Tick size={12} className="ok" />
              No jobs running
            </>
          )}
          {isOpen ? <ChevronDown size={12} /> : <ChevronUp size={12} />}
        </button>
      )}
    />
  )
}
