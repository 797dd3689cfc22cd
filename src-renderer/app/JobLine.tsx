import { useEffect, useState } from 'react'
import { Cross, Error as ErrorIcon, Export, Import, LabTest, Refresh, TickCircle } from '@blueprintjs/icons'
import { failureReference, failureText } from '../backend/failureText.ts'
import { useCommand } from '../backend/query.ts'
import { link } from '../state/places.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { formatPercent } from '../ui/formatNumber.ts'
import { Progress } from '../ui/Progress.tsx'
import { isOwnExport } from '../state/ownExports.ts'
import { downloadOf, endedText, failedFiles, isRunning, jobShare, onlyDataset, runningText } from './jobText.ts'
import type { Job } from './jobText.ts'

const useNow = (ticking: boolean): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!ticking) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [ticking])
  return now
}

const Mark = ({ job }: { job: Job }) => {
  if (job.state === 'succeeded') return <TickCircle size={14} className="ok" />
  if (job.state === 'failed') return <ErrorIcon size={14} className="bad" />
  if (job.state === 'cancelled') return <Cross size={14} className="t3" />
  if (job.kind === 'export') return <Export size={14} className="t2" />
  if (job.datasetId !== null) return <Refresh size={14} className="t2" />
  return job.kind === 'analyze' || job.kind === 'rules' ? (
    <LabTest size={14} className="t2" />
  ) : (
    <Import size={14} className="t2" />
  )
}

const target = (job: Job): string | null => {
  if (job.huntId === null) return null
  const dataset = onlyDataset(job)
  if (job.kind === 'analyze' || job.kind === 'rules') return link.alerts(job.huntId)
  if (job.kind === 'export') return null
  if (job.datasetId !== null) return link.datasets(job.huntId, { ds: job.datasetId })
  return dataset ? link.rows(job.huntId, { ds: dataset }) : link.overview(job.huntId)
}

/** One job: progress and cancel while it runs, then what it came to, or why it failed. */
export function JobLine({ job, onLeave }: { job: Job; onLeave: () => void }) {
  const running = isRunning(job)
  const now = useNow(running)
  const [details, setDetails] = useState(false)
  const cancel = useCommand('jobs.cancel')
  const share = jobShare(job)
  const failures = failedFiles(job)
  const href = target(job)
  const download = downloadOf(job)
  const hasDetails = job.failure !== null || failures.length > 0
  return (
    <li className="job">
      <Mark job={job} />
      <div className="grow">
        <div className="line">
          <span className="med clip grow" title={job.title}>
            {job.title}
          </span>
          {running && share !== null && <span className="figure sm">{formatPercent(share)}</span>}
          {running && (
            <button
              type="button"
              className="link-button sm"
              disabled={cancel.isPending}
              onClick={() => cancel.mutate({ id: job.id })}
            >
              {cancel.isPending || cancel.isSuccess ? 'Stopping' : 'Cancel'}
            </button>
          )}
          {hasDetails && (
            <button
              type="button"
              className="link-button sm"
              aria-expanded={details}
              onClick={() => setDetails(!details)}
            >
              {details ? 'Less' : 'Details'}
            </button>
          )}
          {download !== null && !isOwnExport(job.id) && (
            <a className="sm" href={download} download>
              Save
            </a>
          )}
          {job.state === 'succeeded' && href && (
            <a className="sm" href={`#${href}`} onClick={onLeave}>
              Open
            </a>
          )}
        </div>
        {running && <Progress share={share} label={job.title} />}
        <p className="t2 sm job-text">{running ? runningText(job, now) : (job.failure?.message ?? endedText(job))}</p>
        {details && job.failure && <FailureDetails failure={job.failure} title={job.title} />}
        {details &&
          failures.map(({ file, message }) => (
            <p key={file} className="sm job-text">
              <span className="mono">{file}</span> <span className="t2">{message}</span>
            </p>
          ))}
      </div>
    </li>
  )
}

function FailureDetails({ failure, title }: { failure: NonNullable<Job['failure']>; title: string }) {
  const text = failureText(failure.code, failure.message)
  const reference = failureReference({ detail: failure.detail })
  return (
    <div className="sm">
      <p className="t2">
        {text.unaffected} {text.next}
      </p>
      {reference && (
        <p className="t3">
          Reference <span className="mono">{reference}</span> in the log
        </p>
      )}
      <CopyButton
        title="Copy diagnostics"
        text={`${title}\n${failure.message}\nCode: ${failure.code}${reference ? `\nReference: ${reference}` : ''}`}
      />
    </div>
  )
}
