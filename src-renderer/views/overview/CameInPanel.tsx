import type { Output } from '#contract/contract'
import { link } from '../../state/places.ts'
import { formatBytes, formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Progress } from '../../ui/Progress.tsx'

type Dataset = Output<'datasets.list'>['datasets'][number]
type Job = Output<'hunts.progress'>['jobs'][number]

const under = (dataset: Dataset): string =>
  dataset.state === 'failed'
    ? (dataset.failure?.message ?? 'Could not be imported')
    : dataset.duplicateOf !== null
      ? 'Same bytes as an earlier import'
      : dataset.state === 'importing'
        ? 'Being imported'
        : [dataset.profileName ?? 'Generic table', formatNoun(dataset.columns, 'column')].join(', ')

const doneText = ({ done, total, unit, rows }: Job): string =>
  [
    unit === 'bytes' && total !== null ? `${formatBytes(done)} of ${formatBytes(total)}` : null,
    rows === null ? null : formatNoun(rows, 'row'),
  ]
    .filter(Boolean)
    .join(' · ')

/** The files of the hunt: what each became, what is still being read, what could not be read. */
export function CameInPanel({
  hunt,
  datasets,
  total,
  jobs,
}: {
  hunt: string
  datasets: readonly Dataset[]
  total: number
  jobs: readonly Job[]
}) {
  const linked = datasets.filter(({ duplicateOf }) => duplicateOf !== null).length
  const sub = [formatNoun(total, 'file'), linked > 0 ? `${linked} linked` : null].filter(Boolean).join(', ')
  return (
    <Panel
      title="What came in"
      sub={sub}
      padded={false}
      right={
        <a className="sm" href={`#${link.datasets(hunt)}`}>
          Manage
        </a>
      }
    >
      {jobs.map((job) => (
        <div key={job.id} className="coming sm">
          <div className="line">
            <span className="med clip grow">{job.title}</span>
            <span className="t3 nowrap">{doneText(job)}</span>
          </div>
          <Progress share={job.total ? job.done / job.total : null} label={job.title} />
        </div>
      ))}
      <table className="table two-lines">
        <colgroup>
          <col />
          <col style={{ width: 100 }} />
          <col style={{ width: 90 }} />
        </colgroup>
        <thead>
          <tr>
            <th>File and profile</th>
            <th className="num">Rows</th>
            <th className="num">Quarantine</th>
          </tr>
        </thead>
        <tbody>
          {datasets.map((dataset) => (
            <tr key={dataset.id}>
              <td title={`${dataset.file}\n${under(dataset)}`}>
                {dataset.state === 'ready' ? (
                  <a className="cell-link clip" href={`#${link.rows(hunt, { ds: dataset.duplicateOf ?? dataset.id })}`}>
                    {dataset.name}
                  </a>
                ) : (
                  <span className="med">{dataset.name}</span>
                )}
                <div className={dataset.state === 'failed' ? 'bad sm clip' : 't3 sm clip'}>{under(dataset)}</div>
              </td>
              <td className="num">
                {dataset.duplicateOf !== null ? (
                  <span className="t3">linked</span>
                ) : dataset.state === 'ready' ? (
                  formatCount(dataset.rows)
                ) : null}
              </td>
              <td className="num">
                {dataset.state !== 'ready' ? null : dataset.quarantined > 0 ? (
                  <span className="warn">{formatNoun(dataset.quarantined, 'row')}</span>
                ) : (
                  <span className="t3">0</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
