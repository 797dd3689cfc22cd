import { useState } from 'react'
import { AppError } from '#contract/appError'
import type { Output } from '#contract/contract'
import { useBackend } from '../../backend/BackendContext.ts'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommands } from '../../state/commands.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatCount } from '../../ui/formatNumber.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { parseTime } from '../../ui/parseTime.ts'
import { rowsInput, type RowsQuery } from './evidenceRows.ts'
import { useRowsParams } from './rowsParams.ts'

type GoToProps = {
  query: RowsQuery | undefined
  dataset: Pick<Output<'datasets.get'>, 'rows' | 'timeColumn'>
  /** Given how many rows with a time come before it. */
  onTime: (rowsBefore: number) => void
  /** The dialog is gone: the rows take the keys. */
  onDone: () => void
}

/** Goes to a row by its number, or to the first one at a time or after it. */
export function GoTo(props: GoToProps) {
  const [open, setOpen] = useState(false)
  useCommands([
    {
      id: 'rows.goTo',
      title: 'Go to a row or time',
      group: 'Evidence',
      keys: 'ctrl+g',
      opensField: true,
      when: () => props.query !== undefined,
      run: () => setOpen(true),
    },
  ])
  return open && props.query ? <Where {...props} query={props.query} onClose={() => setOpen(false)} /> : null
}

type WhereProps = Omit<GoToProps, 'query'> & { query: RowsQuery; onClose: () => void }

function Where({ query, dataset, onTime, onDone, onClose }: WhereProps) {
  const { rows } = dataset
  const timed = dataset.timeColumn !== null
  const { setRow } = useRowsParams()
  const backend = useBackend()
  const zone = useZone()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<AppError | null>(null)
  const row = /^#?[\d,.\s]+$/.test(text.trim()) ? Number(text.replace(/\D/g, '')) : null
  const time = row === null && timed ? parseTime(text, zone) : null
  const ready = time !== null || (row !== null && row >= 1 && row <= rows)
  const go = async () => {
    const close = () => {
      onClose()
      requestAnimationFrame(onDone)
    }
    if (row !== null) {
      setRow(row)
      return close()
    }
    if (time === null) return
    setBusy(true)
    try {
      const { from } = query.range
      // Nothing that is narrowed away comes before.
      const before =
        from !== null && from >= time
          ? 0
          : (await backend.call('rows.count', rowsInput({ ...query, sort: null, range: { from, to: time } }))).count
      onTime(before)
      close()
    } catch (error) {
      setFailure(error instanceof AppError ? error : new AppError('internal', String(error)))
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title="Go to"
      submit={row === null && timed ? 'Go to the time' : 'Go to the row'}
      ready={ready}
      busy={busy}
      failure={<FailureLine failure={failure} />}
      onSubmit={() => void go()}
      onClose={onClose}
    >
      <FormField
        label={timed ? `Number of a row, or a time in ${zoneLabel(zone)}` : 'Number of a row'}
        note={
          row !== null && !ready
            ? `The dataset has rows 1 to ${formatCount(rows)}.`
            : timed
              ? 'A time leads to the first row at it or after it, in the order of time.'
              : undefined
        }
      >
        {(named) => (
          <input
            {...named}
            className="text-field mono"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            maxLength={60}
            placeholder={timed ? '1,234 or 2021-10-20 14:18' : '1,234'}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </FormField>
    </FormDialog>
  )
}
