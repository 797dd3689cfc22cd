import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Cross } from '@blueprintjs/icons'
import type { Process } from '#contract/processes'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { useSourceRow } from '../../backend/useSourceRow.ts'
import { CellText } from '../../grid/CellText.tsx'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { linkReasons, linkWords, noteOf } from './linkWords.ts'
import { rowsQuery } from './processParams.ts'
import { Storyline } from './Storyline.tsx'

/** While a key is held down only the process it stops at is read. */
const SETTLE_MS = 90
/** The chain of parents is cut to its nearest so many. */
const ANCESTORS_SHOWN = 8
const ROWS_SHOWN = 6

/** A dataset by its name, however many the hunt has. */
function DatasetName({ id }: { id: string }) {
  return useCall('datasets.get', { id }).data?.name ?? 'dataset'
}

type ProcessDetailProps = { hunt: string; host: string; id: string; onClose: () => void }

/** One process: what the evidence says about it, its parents, what it did, and the rows that say so. */
export function ProcessDetail({ hunt, host, id: wanted, onClose }: ProcessDetailProps) {
  const [id, setId] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => setId(wanted), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [wanted])
  const { data, error, refetch, isPlaceholderData } = useCall('processes.storyline', {
    huntId: hunt,
    host,
    id,
    limit: 1,
  })
  const process = data?.process
  return (
    <aside className="side-pane process-detail" aria-label="Process" data-region="Process">
      <div className="process-head">
        <EntityMark type="process" />
        <h2 className="clip">
          <CellText text={process?.name || 'Process'} />
        </h2>
        {process?.alerts && <SevMark severity={process.alerts.worst} />}
        <span className="spring" />
        <Action quiet icon={<Cross size={14} />} label="Close the process" onClick={onClose} />
      </div>
      {error ? (
        <FailureState failure={error} onRetry={() => void refetch()} inline />
      ) : !data || !process ? (
        <Skeleton rows={10} />
      ) : (
        <>
          <div className={isPlaceholderData ? 'process-body view-dim' : 'process-body'}>
            <Facts hunt={hunt} host={host} process={process} ancestors={data.ancestors} />
            <Storyline key={process.id} hunt={hunt} host={host} process={process} counts={data.kindCounts} />
          </div>
          <Foot hunt={hunt} process={process} />
        </>
      )}
    </aside>
  )
}

function Facts({
  hunt,
  host,
  process,
  ancestors,
}: {
  hunt: string
  host: string
  process: Process
  ancestors: readonly Process[]
}) {
  const sourceRow = useSourceRow(hunt)
  const {
    commandLine,
    image,
    name,
    user,
    start,
    end,
    seen,
    pid,
    pidUses,
    link: by,
    alerts,
    children,
    below,
    rows,
    rowsTotal,
  } = process
  const note = noteOf(process)
  const near = ancestors.slice(-ANCESTORS_SHOWN)
  return (
    <dl className="process-facts">
      {note !== '' && <Fact name="note">{note}</Fact>}
      <Fact name="command_line" mono>
        {commandLine !== '' && <CellText text={commandLine} />}
      </Fact>
      <Fact name="image" mono>
        {image !== name && <CellText text={image} />}
      </Fact>
      <Fact name="pid">
        {pid !== null && (
          <>
            <span className="mono">{pid}</span>
            {pidUses > 1 && <span className="t3"> used by {formatNoun(pidUses, 'process', 'processes')}</span>}
          </>
        )}
      </Fact>
      <Fact name="user" mono>
        {user !== '' && <CellText text={user} />}
      </Fact>
      <Fact name="started">{start !== null && <Time iso={start} />}</Fact>
      <Fact name="first seen">{start === null && seen !== null && <Time iso={seen} />}</Fact>
      <Fact name="ended">{end !== null && <Time iso={end} />}</Fact>
      <Fact name="parent">
        {by !== null && (
          <span title={linkReasons[by]}>
            {near.at(-1)?.name || `PID ${near.at(-1)?.pid ?? ''}`} <span className="mono t2">{near.at(-1)?.pid}</span>
            <span className="t3">, {linkWords[by]}</span>
          </span>
        )}
      </Fact>
      {near.length > 0 && (
        <Fact name="chain">
          <span className="process-chain">
            {ancestors.length > near.length && <span className="t3">… </span>}
            {near.map((one) => (
              <a
                key={one.id}
                href={`#${link.processes(hunt, { host, pid: one.id })}`}
                className={one.ghost ? 'ghost' : ''}
              >
                {one.name || `PID ${one.pid ?? ''}`}
              </a>
            ))}
            <span>{name}</span>
          </span>
        </Fact>
      )}
      <Fact name="children">
        {children > 0 && (
          <>
            {formatCount(children)}
            {below > children && <span className="t3">, {formatCount(below)} in all below</span>}
          </>
        )}
      </Fact>
      <Fact name="rows">
        {rows.length > 0 && (
          <>
            {rows.slice(0, ROWS_SHOWN).map(({ datasetId, row }) => (
              <a
                key={`${datasetId} ${row}`}
                className="process-row"
                href={`#${link.rows(hunt, { ds: datasetId, row })}`}
              >
                Row {formatCount(sourceRow(datasetId, row))}{' '}
                <span className="t3">
                  of <DatasetName id={datasetId} />
                </span>
              </a>
            ))}
            {rowsTotal > ROWS_SHOWN && <span className="t3">and {formatCount(rowsTotal - ROWS_SHOWN)} more</span>}
          </>
        )}
      </Fact>
      <Fact name="alerts">
        {alerts && (
          <>
            <a href={`#${link.alert(hunt, alerts.alertId)}`}>Open the worst</a>
            {alerts.count > 1 && <span className="t3"> of {formatCount(alerts.count)}</span>}
          </>
        )}
      </Fact>
    </dl>
  )
}

const Fact = ({ name, mono, children }: { name: string; mono?: boolean; children: ReactNode }) =>
  children === '' || children === false || children === null ? null : (
    <div>
      <dt>{name}</dt>
      <dd className={mono ? 'mono' : undefined}>{children}</dd>
    </div>
  )

function Foot({ hunt, process }: { hunt: string; process: Process }) {
  const { rows, pid, start, commandLine, name } = process
  const [first] = rows
  const sourceRow = useSourceRow(hunt)
  return (
    <div className="panel-foot">
      {first && (
        <a href={`#${link.rows(hunt, { ds: first.datasetId, row: first.row })}`}>
          Open row {formatCount(sourceRow(first.datasetId, first.row))}
        </a>
      )}
      {first && pid !== null && (
        <a href={`#${link.rows(hunt, { ds: first.datasetId, q: rowsQuery(pid, start) })}`}>Only its rows</a>
      )}
      <span className="spring" />
      <CopyButton text={commandLine || name} title="Copy command line" />
    </div>
  )
}
