import { useEffect, useId, useRef, useState } from 'react'
import { Dialog } from '@blueprintjs/core'
import type { Input } from '#contract/contract'
import type { Column } from '#contract/datasets'
import type { ExportReport } from '#contract/exportReport'
import { exportFormats, type ExportFormat } from '#contract/values'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { RowsProgress } from '../../../backend/RowsProgress.tsx'
import { useCall } from '../../../backend/query.ts'
import { useJob } from '../../../backend/useJob.ts'
import { rememberExport } from '../../../state/ownExports.ts'
import { Action } from '../../../ui/Action.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { WrittenTo } from '../../../ui/WrittenTo.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { useFocusBack } from '../../../ui/useFocusBack.ts'
import type { Choice } from './rowChoice.ts'

const formats: Record<ExportFormat, { title: string; says: string }> = {
  csv: { title: 'CSV', says: 'Every character of every cell, in quotes where needed.' },
  tsv: { title: 'TSV', says: 'Tabs between cells; every character, in quotes where needed.' },
  jsonl: { title: 'JSON lines', says: 'One object a row; every value is the text of the source.' },
  markdown: { title: 'Markdown', says: 'A table for reports; line ends in cells become blanks.' },
  timesketch: {
    title: 'Timesketch',
    says: 'A CSV with message, datetime and timestamp_desc. Rows without a time are left out.',
  },
}

/** The result of a job of rows.export, by contract. */
const isReport = (result: unknown): result is ExportReport =>
  typeof result === 'object' && result !== null && 'leftOut' in result && 'rows' in result

export type ExportOf = {
  choice: Choice
  /** The copy on a server whose rows are written; null: those here. */
  copy: string | null
  sort: { column: string; descending: boolean } | null
  count: number
  /** Whether there are tags and notes of these rows. */
  marks: boolean
}
type ExportDialogProps = { open: boolean; of: ExportOf; shown: readonly Column[]; all: number; onClose: () => void }

/** Format, columns and guard of an export; then how far it is and where the file lies. */
export function ExportDialog({ open, of, shown, all, onClose }: ExportDialogProps) {
  const id = useId()
  const back = useFocusBack(open)
  return (
    <Dialog
      isOpen={open}
      onClose={onClose}
      className="dialog annotation-dialog"
      aria-labelledby={id}
      transitionDuration={80}
      {...back}
    >
      <div className="dialog-body">
        <h2 id={id}>Export {formatNoun(of.count, 'row')}</h2>
        <Steps of={of} shown={shown} all={all} onClose={onClose} />
      </div>
    </Dialog>
  )
}

function Steps({ of, shown, all, onClose }: Omit<ExportDialogProps, 'open'>) {
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [every, setEvery] = useState(false)
  const [guard, setGuard] = useState(true)
  const [marks, setMarks] = useState(false)
  const { data: workspace } = useCall('workspace.info', {})
  const { start, cancel, job, result, failure, busy } = useJob(
    (backend, asked: Input<'rows.export'>) => backend.call('rows.export', asked),
    rememberExport,
  )
  const report = isReport(result) ? result : null
  const takesGuard = format === 'csv' || format === 'tsv' || format === 'timesketch'
  const submit = () =>
    start({
      ...of.choice,
      ...(of.copy === null ? {} : { copy: of.copy }),
      ...(of.choice.view || of.sort === null ? {} : { sort: of.sort }),
      ...(every ? {} : { columns: shown.map(({ name }) => name) }),
      format,
      guard: guard && takesGuard,
      marks,
    })
  const close = useRef<HTMLButtonElement>(null)
  const done = report !== null
  // What had the focus is gone.
  useEffect(() => {
    if (done) close.current?.focus()
  }, [done])
  if (report)
    return (
      <>
        <p className="t2 state-text" role="status">
          {formatNoun(report.rows, 'row')} exported
          <WrittenTo file={report} />
          {report.leftOut > 0 && `. ${formatNoun(report.leftOut, 'row')} without a time left out`}.
        </p>
        <div className="dialog-actions">
          <Action primary onClick={onClose} ref={close}>
            Close
          </Action>
        </div>
      </>
    )
  return (
    <form
      className="annotation-form"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <label>
        <span className="t2 sm">Format</span>
        <select
          className="text-field"
          autoFocus
          value={format}
          onChange={({ target }) => setFormat(exportFormats.find((one) => one === target.value) ?? 'csv')}
        >
          {exportFormats.map((one) => (
            <option key={one} value={one}>
              {formats[one].title}
            </option>
          ))}
        </select>
        <span className="t3 sm">{formats[format].says}</span>
      </label>
      <div>
        <span className="t2 sm">Columns</span>
        <Segmented
          label="Columns"
          value={every ? 'all' : 'shown'}
          options={[
            { value: 'shown', label: `${formatCount(shown.length)} shown` },
            { value: 'all', label: `all ${formatCount(all)} of the source` },
          ]}
          onChange={(value) => setEvery(value === 'all')}
        />
      </div>
      {of.marks && (
        <label className="line">
          <input type="checkbox" checked={marks} onChange={({ target }) => setMarks(target.checked)} />
          <span>
            Tags and notes <span className="t3 sm">in the columns _tag and _note behind the others</span>
          </span>
        </label>
      )}
      <label className={takesGuard ? 'line' : 'line t3'}>
        <input
          type="checkbox"
          checked={guard && takesGuard}
          disabled={!takesGuard}
          onChange={({ target }) => setGuard(target.checked)}
        />
        <span>
          Guard for spreadsheets <span className="t3 sm">an apostrophe before = + - @ keeps them text</span>
        </span>
      </label>
      {job && <RowsProgress job={job} of={of.count} />}
      <FailureLine failure={failure} />
      <div className="dialog-actions">
        <span className="t3 sm clip">{workspace?.shell === 'headless' ? 'The browser saves the file' : ''}</span>
        <span className="spring" />
        <Action onClick={busy ? cancel : onClose}>{busy ? 'Stop' : 'Cancel'}</Action>
        <Action primary type="submit" busy={busy}>
          Export {formatNoun(of.count, 'row')}
        </Action>
      </div>
    </form>
  )
}
