import { useState } from 'react'
import { Cross, Edit, Refresh, ThList, Trash, WarningSign } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import type { Dataset } from '#contract/datasets'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { AppError } from '#contract/appError'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { formatBytes, formatCount, formatExactBytes, formatNoun } from '../../ui/formatNumber.ts'
import { DatasetColumns } from './DatasetColumns.tsx'
import { DatasetCopies } from './DatasetCopies.tsx'
import { DatasetHistory } from './DatasetHistory.tsx'
import { DatasetIocs } from './DatasetIocs.tsx'
import { DatasetOrigin } from './DatasetOrigin.tsx'
import { DatasetQuarantine } from './DatasetQuarantine.tsx'
import { DatasetTime } from './DatasetTime.tsx'
import { ReadingProgress } from './ReadingProgress.tsx'
import { readAs } from './readingText.ts'
import { repairReport } from './repairReport.ts'
import { useReading, type Job } from './useReading.ts'
import './reading.css'

type Part = 'columns' | 'time' | 'quarantine' | 'iocs' | 'history' | 'origin' | 'copies'

/** A line that is always there, so that nothing moves when it is known or becomes otherwise. */
function quickText(quick: Output<'datasets.get'>['quick'] | undefined): string {
  if (!quick) return '…'
  if (quick.state === 'preparing') return 'being prepared; until then counts take longer'
  return quick.state === 'ready' ? `prepared, ${formatBytes(quick.bytes)} more` : 'nothing prepared; few rows need none'
}

/** One dataset: what it is, how it is read, what was not kept, its indicators and history; rename, open, rescan, delete. */
export function DatasetDetail({ hunt, dataset, onClose }: { hunt: string; dataset: Dataset; onClose: () => void }) {
  const [part, setPart] = useState<Part>(dataset.quarantined > 0 ? 'quarantine' : 'columns')
  const [name, setName] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const reading = useReading(dataset.id)
  const rename = useCommand('datasets.update')
  const remove = useCommand('datasets.delete')
  const { data: alerts } = useCall('alerts.list', asking ? { datasetId: dataset.id, limit: 1 } : null)
  const { data: notes } = useCall('annotations.list', asking ? { datasetId: dataset.id, limit: 1 } : null)
  const { data: copies } = useCall('copies.list', asking ? { datasetId: dataset.id, limit: 1 } : null)
  const { data: detail, error } = useCall('datasets.get', dataset.state === 'ready' ? { id: dataset.id } : null)
  const timeColumn = detail?.columnList.find((column) => column.name === detail.timeColumn)
  const timeReadAs = timeColumn ? readAs(timeColumn, dataset.skewSeconds) : ''
  const facts: readonly (readonly [string, string])[] = [
    ['File', dataset.file],
    [
      'Frozen from',
      detail?.origin
        ? `${detail.origin.title}, ${detail.origin.connection.name}${detail.origin.cut ? ', cut' : ''}`
        : '',
    ],
    ['Size', formatExactBytes(dataset.size)],
    ['SHA-256', dataset.sha256 ?? ''],
    ['Records', recordsText(dataset)],
    [
      'Read as',
      [
        dataset.profileName,
        dataset.encoding,
        dataset.delimiter && `delimiter ${dataset.delimiter === '\t' ? 'tab' : dataset.delimiter}`,
      ]
        .filter(Boolean)
        .join(', '),
    ],
    [
      'Time',
      dataset.state !== 'ready'
        ? ''
        : dataset.timeColumn
          ? `${dataset.timeColumn}${timeReadAs === '' ? '' : `, ${timeReadAs}`}${dataset.rowsWithoutTime > 0 ? `, ${formatNoun(dataset.rowsWithoutTime, 'row')} without a time` : ''}`
          : 'no column holds the time of the row',
    ],
    ['On disk', dataset.state === 'ready' ? formatBytes(dataset.diskBytes) : ''],
    ['Quick questions', dataset.state === 'ready' ? quickText(detail?.quick) : ''],
  ]
  const save = () => {
    const wanted = name?.trim() ?? ''
    setName(null)
    if (wanted !== '' && wanted !== dataset.name) rename.mutate({ id: dataset.id, name: wanted })
  }
  return (
    <aside
      className="side-pane record dataset-detail"
      aria-label={`Dataset ${dataset.name}`}
      data-region="Dataset"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || asking) return
        // The first Escape leaves what is typed, the second closes.
        if (event.target instanceof HTMLElement && event.target.matches('input, select, textarea')) {
          event.currentTarget.focus()
        } else onClose()
      }}
    >
      <div className="record-head">
        {name === null ? (
          <h2 className="clip" title={dataset.name}>
            {dataset.name}
          </h2>
        ) : (
          <input
            className="text-field grow"
            autoFocus
            value={name}
            maxLength={200}
            aria-label="Name of the dataset"
            onChange={(event) => setName(event.target.value)}
            onBlur={save}
            onKeyDown={(event) => {
              if (event.key === 'Enter') save()
              else if (event.key === 'Escape') {
                event.stopPropagation()
                setName(null)
              }
            }}
          />
        )}
        <span className="spring" />
        <Action quiet icon={<Edit size={13} />} label="Rename" onClick={() => setName(dataset.name)} />
        <Action quiet icon={<Trash size={13} />} label="Delete the dataset" onClick={() => setAsking(true)} />
        <Action quiet icon={<Cross size={14} />} label="Close" onClick={onClose} />
      </div>
      <div className="record-body">
        <FailureLine failure={rename.error} />
        {dataset.state === 'failed' && (
          <FailureState
            inline
            failure={
              new AppError(
                dataset.failure?.code ?? 'internal',
                dataset.failure?.message ?? 'The reason was not recorded.',
                dataset.failure?.detail,
              )
            }
            action={<Action href={link.importing(hunt)}>Import files</Action>}
          />
        )}
        {dataset.state === 'importing' && (
          <p className="t2 record-note">This file is being imported. The job tray shows how far it is.</p>
        )}
        {dataset.duplicateOf && (
          <p className="t2 record-note">
            The same bytes were imported into this hunt before. Opening this opens that dataset.
          </p>
        )}
        <dl className="record-fields">
          {facts
            .filter(([, value]) => value !== '')
            .map(([key, value]) => (
              <div key={key} className="record-field">
                <dt className="t3">{key}</dt>
                <dd className={key === 'SHA-256' ? 'mono record-hash' : key === 'File' ? 'mono' : undefined}>
                  {value}
                  {key === 'SHA-256' && <CopyButton text={value} title="Copy the hash" iconOnly />}
                </dd>
              </div>
            ))}
        </dl>
        {detail?.warnings.map((warning) => (
          <p key={warning} className="line sm reading-warning">
            <WarningSign size={12} className="warn" />
            <span>{warning}</span>
          </p>
        ))}
        {dataset.state === 'ready' && (
          <>
            <div className="line dataset-actions">
              <Action
                primary
                icon={<ThList size={13} />}
                href={link.rows(hunt, { ds: dataset.duplicateOf ?? dataset.id })}
              >
                Open {formatNoun(dataset.rows, 'row')}
              </Action>
              <Action
                icon={<Refresh size={13} />}
                disabled={reading.busy}
                onClick={reading.rescan}
                title="Recognise profile, fields, times and indicators anew from the kept cells"
              >
                Rescan
              </Action>
            </div>
            <ReadingProgress
              reading={reading}
              onUndo={reading.ended && undoable(reading.ended) ? reading.undo : null}
            />
            <Segmented<Part>
              label="Part of the dataset"
              value={part}
              onChange={setPart}
              options={[
                { value: 'columns', label: formatNoun(dataset.columns, 'column') },
                { value: 'time', label: 'Time' },
                { value: 'quarantine', label: `${formatCount(dataset.quarantined)} quarantined` },
                { value: 'iocs', label: formatNoun(dataset.iocs, 'IOC') },
                { value: 'history', label: 'History' },
                { value: 'copies', label: 'Copies' },
                ...(detail?.origin ? [{ value: 'origin' as const, label: 'Question' }] : []),
              ]}
            />
            {error && <FailureState failure={error} inline />}
            {part === 'columns' &&
              (detail ? <DatasetColumns dataset={detail} reading={reading} /> : <Skeleton rows={8} height={24} />)}
            {part === 'time' &&
              (detail ? <DatasetTime dataset={detail} reading={reading} /> : <Skeleton rows={8} height={24} />)}
            {part === 'quarantine' && (
              <DatasetQuarantine
                id={dataset.id}
                total={dataset.quarantined}
                delimiter={dataset.delimiter}
                reading={reading}
              />
            )}
            {part === 'iocs' && <DatasetIocs hunt={hunt} id={dataset.id} />}
            {part === 'origin' && detail?.origin && <DatasetOrigin origin={detail.origin} />}
            {part === 'copies' && <DatasetCopies dataset={dataset} />}
            {part === 'history' && <DatasetHistory id={dataset.id} reading={reading} />}
          </>
        )}
      </div>
      <ConfirmDialog
        open={asking}
        title={`Delete ${dataset.name}`}
        confirm="Delete dataset"
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate({ id: dataset.id }, { onSuccess: () => (setAsking(false), onClose()) })}
      >
        {formatNoun(dataset.rows, 'row')}
        {dataset.quarantined > 0 && ` and ${formatNoun(dataset.quarantined, 'quarantined record')}`} go for good, with
        their tags
        {notes?.total !== 0 && `, ${notes ? formatNoun(notes.total, 'annotation') : 'annotations'}`} and what hypotheses
        cite of them.{' '}
        {alerts?.total !== 0 &&
          `Of ${alerts ? formatNoun(alerts.total, 'alert') : 'the alerts'} about this dataset those that point only at it go as well. `}
        The source file is not touched.
        {copies && copies.total > 0 && (
          <>
            {' '}
            {formatNoun(copies.total, 'copy', 'copies')} of it on a ClickHouse server stay there and are listed below
            the datasets.
          </>
        )}
        <FailureLine failure={remove.error} />
      </ConfirmDialog>
    </aside>
  )
}

/** Kept and quarantined are all records of the source; of an excerpt only some rows came. */
function recordsText({ state, rows, quarantined, excerptOf }: Dataset): string {
  if (state !== 'ready' || excerptOf !== null) return ''
  return `${formatCount(rows + quarantined)}: ${formatCount(rows)} kept as rows, ${formatCount(quarantined)} in quarantine`
}

/** What was asked for here changed something that can be taken back. */
const undoable = (job: Job): boolean =>
  job.title.startsWith('Reading') || (job.kind === 'repair' && repairReport(job).repaired > 0)
