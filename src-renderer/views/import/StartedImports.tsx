import { Error as ErrorIcon, Import, TickCircle, WarningSign } from '@blueprintjs/icons'
import { failureText } from '../../backend/failureText.ts'
import { useCall, useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { Progress } from '../../ui/Progress.tsx'
import { folderOf } from '../../ui/folderOf.ts'
import { formatNoun, formatPercent } from '../../ui/formatNumber.ts'
import { reportOf, summaryOf } from './importReport.ts'

const LINES_MAX = 100

const fileIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The imports begun in this visit and what became of each file. */
export const StartedImports = ({ hunt, jobs }: { hunt: string; jobs: readonly string[] }) => (
  <section className="import-started" aria-label="Imports begun here">
    {jobs.map((id) => (
      <StartedImport key={id} hunt={hunt} id={id} />
    ))}
  </section>
)

function StartedImport({ hunt, id }: { hunt: string; id: string }) {
  const { data: job } = useCall('jobs.get', { id })
  const cancel = useCommand('jobs.cancel')
  if (!job) return null
  const report = reportOf(job)
  const running = job.state === 'queued' || job.state === 'running'
  const share = job.total ? job.done / job.total : null
  return (
    <ul>
      {running && (
        <li className="import-job">
          <Import size={13} />
          <span className="med clip">{job.title}</span>
          <Progress share={share} label={job.title} width={90} />
          <span className="num sm">{share === null ? '' : formatPercent(share)}</span>
          <span className="t2 sm clip">{job.note}</span>
          <button type="button" className="link-button sm" onClick={() => cancel.mutate({ id })}>
            Cancel
          </button>
        </li>
      )}
      {job.failure && (
        <li className="import-job">
          <ErrorIcon size={13} className="bad" />
          <span>
            <b className="med">{job.title}</b>
            <span className="t2 import-why">
              {job.failure.message} {failureText(job.failure.code, job.failure.message).next}
            </span>
          </span>
        </li>
      )}
      {report && report.datasets.length + report.failed.length > 1 && (
        <li className="import-job t2 sm">{summaryOf(report)}</li>
      )}
      {report?.failed.slice(0, LINES_MAX).map((one) => (
        <li key={one.file} className="import-job">
          <ErrorIcon size={13} className="bad" />
          <span>
            <b className="med">{one.file}</b>
            <span className="t2 import-why">
              {one.message} {failureText(one.code, one.message).next}
            </span>
          </span>
        </li>
      ))}
      {report?.datasets.slice(0, LINES_MAX).map((one) => (
        <li key={`${one.id} ${one.offered ?? ''}`} className="import-job import-result">
          {one.warnings.length > 0 && one.duplicateOf === undefined ? (
            <WarningSign size={13} className="warn" />
          ) : (
            <TickCircle size={13} className="ok" />
          )}
          <span className="clip" title={one.offered ?? one.file}>
            <span className="med">{one.offered === undefined ? one.name : fileIn(one.offered)}</span>{' '}
            <span className="t3 sm">{folderOf(one.offered ?? one.file)}</span>
          </span>
          <span className="t2 sm import-counts">
            {one.duplicateOf
              ? `imported before: the same bytes as ${one.name}`
              : [
                  `${formatNoun(one.rows, 'row')}, ${formatNoun(one.quarantined, 'record')} quarantined`,
                  ...(one.mapping === undefined ? [] : [`Read by your mapping ${one.mapping}`]),
                  ...one.warnings,
                ].join('. ')}
          </span>
          <span className="spring" />
          <a className="sm nowrap" href={`#${link.rows(hunt, { ds: one.duplicateOf ?? one.id })}`}>
            Open
          </a>
        </li>
      ))}
      {report && report.datasets.length > LINES_MAX && (
        <li className="import-job t3 sm">
          {LINES_MAX} of {formatNoun(report.datasets.length, 'dataset')} shown, the Datasets tab has all
        </li>
      )}
    </ul>
  )
}
