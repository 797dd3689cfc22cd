import { useState } from 'react'
import { useBackend } from '../../backend/BackendContext.ts'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { QuarantineRecord } from './QuarantineRecord.tsx'
import { ReasonField } from './ReasonField.tsx'
import { repairReport } from './repairReport.ts'
import type { DatasetReading } from './useReading.ts'

const PAGE = 50
/** One repair takes no more records, and one question answers no more. */
const REPAIR_MAX = 10_000
const LIST_MAX = 500
/** The delimiter of the file. */
const SAME = ''
const delimiters: readonly (readonly [string, string])[] = [
  [',', 'comma'],
  ['\t', 'tab'],
  [';', 'semicolon'],
  ['|', 'pipe'],
  [' ', 'space'],
  [':', 'colon'],
]

type DatasetQuarantineProps = { id: string; total: number; delimiter: string | null; reading: DatasetReading }

/** Records that were not kept: where, why, their text; chosen ones are read again, corrected or with another delimiter. */
export function DatasetQuarantine({ id, total, delimiter, reading }: DatasetQuarantineProps) {
  const backend = useBackend()
  const [page, setPage] = useState(0)
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set())
  const [texts, setTexts] = useState<ReadonlyMap<number, string>>(new Map())
  const [other, setOther] = useState(SAME)
  const [reason, setReason] = useState('')
  const [gathering, setGathering] = useState(false)
  const pages = Math.max(1, Math.ceil(total / PAGE))
  const at = Math.min(page, pages - 1)
  const { data, error, refetch } = useCall(
    'datasets.quarantine',
    total > 0 ? { id, limit: PAGE, offset: at * PAGE } : null,
  )
  const report = reading.repaired ? repairReport(reading.repaired) : null
  const refused = new Map(report?.remaining.map((one) => [one.id, one.reason]))
  const [seen, setSeen] = useState(reading.repaired?.id)
  if (seen !== reading.repaired?.id) {
    // What became rows is gone; corrections of what did not fit stay.
    setSeen(reading.repaired?.id)
    setSelected(new Set([...selected].filter((one) => refused.has(one))))
    setTexts(new Map([...texts].filter(([one]) => refused.has(one))))
  }
  const became = report && report.repaired > 0 && (
    <p className="sm" role="status">
      Last repair: {formatNoun(report.repaired, 'record')} became {report.repaired === 1 ? 'row' : 'rows'}{' '}
      {report.repaired === 1
        ? formatCount(report.rows)
        : `${formatCount(report.rows - report.repaired + 1)} to ${formatCount(report.rows)}`}
      {report.remaining.length > 0 ? `, ${formatCount(report.remaining.length)} did not fit.` : '.'}
    </p>
  )
  if (total === 0)
    return (
      <div className="dataset-part">
        {became}
        <p className="t2">Every record of the file was kept.</p>
      </div>
    )
  if (error) return <FailureState failure={error} inline onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={6} height={40} />

  const selectAll = async () => {
    setGathering(true)
    const ids: number[] = []
    try {
      while (ids.length < Math.min(total, REPAIR_MAX)) {
        const limit = Math.min(LIST_MAX, REPAIR_MAX - ids.length)
        const { quarantine } = await backend.call('datasets.quarantine', { id, limit, offset: ids.length })
        if (quarantine.length === 0) break
        ids.push(...quarantine.map((one) => one.id))
      }
    } finally {
      setGathering(false)
    }
    setSelected(new Set(ids))
  }
  const select = (one: number, on: boolean) => {
    const next = new Set(selected)
    if (on) next.add(one)
    else next.delete(one)
    setSelected(next)
  }
  const setText = (one: number, text: string | null) => {
    const next = new Map(texts)
    if (text === null) next.delete(one)
    else next.set(one, text)
    setTexts(next)
  }
  const all = selected.size >= Math.min(total, REPAIR_MAX)
  return (
    <div className="dataset-part">
      <form
        className="reading-apply"
        aria-label="Repair records"
        onSubmit={(event) => {
          event.preventDefault()
          const records = [...selected].slice(0, REPAIR_MAX).map((one) => {
            const text = texts.get(one)
            return text === undefined ? { id: one } : { id: one, text }
          })
          reading.repair({ records, ...(other === SAME ? {} : { delimiter: other }), reason })
        }}
      >
        <div className="line">
          <label className="line nowrap">
            <input
              type="checkbox"
              checked={all || gathering}
              disabled={reading.busy || gathering}
              onChange={() => (all ? setSelected(new Set()) : void selectAll())}
            />
            All {formatCount(Math.min(total, REPAIR_MAX))}
          </label>
          <span className="spring" />
          <label className="line nowrap">
            <span className="t2">Delimiter</span>
            <select
              className="text-field"
              value={other}
              disabled={reading.busy}
              onChange={(event) => setOther(event.target.value)}
            >
              <option value={SAME}>as in the file</option>
              {delimiters
                .filter(([value]) => value !== delimiter)
                .map(([value, name]) => (
                  <option key={value} value={value}>
                    {name}
                  </option>
                ))}
            </select>
          </label>
        </div>
        <div className="line">
          <ReasonField value={reason} onChange={setReason} />
          <Action primary type="submit" disabled={selected.size === 0 || reading.busy || gathering}>
            Repair {selected.size === 0 ? 'records' : formatNoun(selected.size, 'record')}
          </Action>
        </div>
        <p className="t3 sm">
          What fits becomes rows behind the last one and keeps its place in the source, which is not touched.
        </p>
      </form>
      {became}
      {data.quarantine.map((one) => (
        <QuarantineRecord
          key={one.id}
          record={one}
          text={texts.get(one.id) ?? null}
          selected={selected.has(one.id)}
          refused={refused.get(one.id) ?? null}
          disabled={reading.busy}
          onSelect={(on) => select(one.id, on)}
          onText={(text) => setText(one.id, text)}
        />
      ))}
      {pages > 1 && (
        <div className="line">
          <Action disabled={at === 0} onClick={() => setPage(at - 1)}>
            Previous
          </Action>
          <span className="t2 sm">
            {formatCount(at * PAGE + 1)} – {formatCount(Math.min(total, (at + 1) * PAGE))} of {formatCount(total)}
          </span>
          <Action disabled={at >= pages - 1} onClick={() => setPage(at + 1)}>
            Next
          </Action>
        </div>
      )}
    </div>
  )
}
