import { useEffect, useState } from 'react'
import { Briefcase, ChevronDown, ChevronUp, Cross } from '@blueprintjs/icons'
import type { Column } from '#contract/datasets'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { huntOf, link } from '../../state/places.ts'
import { useRoute } from '../../state/route.ts'
import { useRunCommand } from '../../state/commands.ts'
import { Action } from '../../ui/Action.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import { OriginalBytes } from './OriginalBytes.tsx'
import { RowNotes } from './marks/RowNotes.tsx'
import { RecordFields } from './RecordFields.tsx'

/** While a key is held down only the row it stops at is read. */
const SETTLE_MS = 90

function useSettled(value: number): number {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

type RecordPaneProps = {
  datasetId: string
  /** The copy on a server that answers, and what it is called; null: this computer. */
  copy: string | null
  from: string | null
  /** Tags, notes and the source say nothing about this row. */
  aside: boolean
  row: number
  /** Where the row stands among the matching ones; null: it is not among them. */
  position: number | null
  total: number
  columns: readonly Column[]
  timeColumn: string | null
  skewSeconds: number
  onStep: (by: 1 | -1) => void
  say: (text: string) => void
  onClose: () => void
}

/** One row with everything: all fields, raw and as read, and the bytes of the source. Follows the cursor. */
export function RecordPane({
  datasetId,
  copy,
  from,
  aside,
  row: wanted,
  position,
  total,
  columns,
  timeColumn,
  skewSeconds,
  onStep,
  say,
  onClose,
}: RecordPaneProps) {
  const row = useSettled(wanted)
  const { data, error, isPlaceholderData } = useCall('rows.get', { datasetId, row, ...(copy === null ? {} : { copy }) })
  const runCommand = useRunCommand()
  const hunt = huntOf(useRoute())
  const hasPid = data?.cells.some(({ fields, raw }) => fields.includes('pid') && raw !== '') ?? false
  const asJson = data
    ? JSON.stringify(Object.fromEntries(data.cells.map((cell) => [cell.column, cell.raw])), null, 2)
    : ''
  return (
    <aside className="side-pane record" aria-label={`Row ${row}`} data-region="Record">
      <div className="record-head">
        <h2>Row {formatCount(wanted)}</h2>
        <span className="t3 sm clip">
          {position === null ? 'not among the matching rows' : `${formatCount(position + 1)} of ${formatCount(total)}`}
          {from !== null && `, from ${from}`}
        </span>
        <span className="spring" />
        {!aside && (
          <Action
            quiet
            icon={<Briefcase size={14} />}
            label="Add the row to a case"
            onClick={() => runCommand('rows.case')}
          />
        )}
        <Action
          quiet
          icon={<ChevronUp size={14} />}
          label="Previous row"
          disabled={position === null || position === 0}
          onClick={() => onStep(-1)}
        />
        <Action
          quiet
          icon={<ChevronDown size={14} />}
          label="Next row"
          disabled={position === null || position >= total - 1}
          onClick={() => onStep(1)}
        />
        <Action quiet icon={<Cross size={14} />} label="Close the record" onClick={onClose} />
      </div>
      {error ? (
        <FailureState failure={error} inline />
      ) : !data ? (
        <Skeleton rows={10} />
      ) : (
        <>
          {!aside && <RowNotes datasetId={datasetId} row={row} say={say} />}
          <div className={isPlaceholderData ? 'record-body view-dim' : 'record-body'}>
            <RecordFields
              key={datasetId}
              record={data}
              columns={columns}
              timeColumn={timeColumn}
              skewSeconds={skewSeconds}
            />
            {!aside && <OriginalBytes datasetId={datasetId} row={row} />}
          </div>
          <div className="panel-foot">
            <span className="clip">
              {data.sourceRow !== data.row && `row ${formatCount(data.sourceRow)} of the source · `}
              {data.line !== null &&
                data.length !== null &&
                `line ${formatCount(data.line)} · ${formatCount(data.length)} bytes`}
            </span>
            <span className="spring" />
            {hunt !== null && hasPid && !aside && (
              <a className="nowrap" href={`#${link.processOf(hunt, datasetId, row)}`}>
                Show process
              </a>
            )}
            {!aside && (
              <CopyButton iconOnly text={`[[row:${datasetId}/${data.sourceRow}]]`} title="Copy a reference for notes" />
            )}
            <CopyButton text={asJson} title="Copy as JSON" short="JSON" />
          </div>
        </>
      )}
    </aside>
  )
}
