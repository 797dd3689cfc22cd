import { useId, useState } from 'react'
import type { Output } from '#contract/contract'
import { useCall } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { SkewField } from '../../ui/SkewField.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatSkew } from '../../ui/clockSkew.ts'
import { formatNoun } from '../../ui/formatNumber.ts'
import { formatTime } from '../../ui/formatTime.ts'
import { timeFormatText } from '../../ui/timeFormatText.ts'
import { readOtherwise } from '../../ui/zones.ts'
import { rowsNameZones, zoneNote } from '../../ui/zoneNote.ts'
import { DayMonthFields } from './DayMonthFields.tsx'
import { ReasonField } from './ReasonField.tsx'
import { ZonePicker } from './ZonePicker.tsx'
import type { DatasetReading } from './useReading.ts'

const NONE = '\u0000none'
/** Cells looked at to show one, and to see whether times say their own offset. */
const SAMPLES = 20
const COUNTED = /^\s*\d+(?:\.\d+)?\s*$/
const OFFSET = /(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\s*$/i

const precisionText = (precision: string | undefined): string =>
  precision === undefined
    ? 'known when read anew'
    : /^(?:100 ns|nanoseconds)$/.test(precision)
      ? `${precision}, microseconds inside`
      : precision

type DatasetTimeProps = {
  dataset: Output<'datasets.get'>
  reading: DatasetReading
}

/** Which column is the time of the row, in which zone and by which clock; asserted here with a reason. */
export function DatasetTime({ dataset, reading }: DatasetTimeProps) {
  const id = useId()
  const shownIn = useZone()
  const { columnList: columns } = dataset
  const [column, setColumn] = useState(dataset.timeColumn)
  const [zone, setZone] = useState(dataset.timeZone ?? 'UTC')
  const [skew, setSkew] = useState(dataset.skewSeconds)
  const [dayFirst, setDayFirst] = useState<Record<string, boolean>>({})
  const [reason, setReason] = useState('')
  // What was chosen for another reading of times is gone with it.
  const formats = columns.map(({ timeFormat, dayMonthSource }) => [timeFormat, dayMonthSource])
  const times = JSON.stringify([dataset.timeColumn, dataset.timeZone, dataset.skewSeconds, formats])
  const [seen, setSeen] = useState(times)
  if (seen !== times) {
    setSeen(times)
    setColumn(dataset.timeColumn)
    setZone(dataset.timeZone ?? 'UTC')
    setSkew(dataset.skewSeconds)
    setDayFirst({})
    setReason('')
  }
  const { data: sample } = useCall(
    'rows.page',
    dataset.timeColumn === null ? null : { datasetId: dataset.id, columns: [dataset.timeColumn], limit: SAMPLES },
  )
  const current = columns.find((one) => one.name === dataset.timeColumn)
  const otherColumn = column !== dataset.timeColumn
  const otherZone = zone !== (dataset.timeZone ?? 'UTC')
  const otherSkew = skew !== dataset.skewSeconds
  const otherOrder = Object.keys(dayFirst).length > 0
  const dirty = otherColumn || otherZone || otherSkew || otherOrder
  const texts = sample?.columns[0]?.cells.flatMap((cell) => (cell === null ? [] : [String(cell)])) ?? []
  // A header or a column beside it that names a zone can be overruled; a time that says its own offset cannot.
  const ownOffset =
    !otherColumn &&
    current?.timeZoneSource === 'text' &&
    (current.timeZoneNamed === undefined
      ? texts.every((text) => COUNTED.test(text) || OFFSET.test(text))
      : current.timeZoneNamed === 'cell')

  const after = (iso: string | null): string => {
    if (column === null) return 'no time'
    if (iso === null || otherColumn || dayFirst[column] !== undefined) return 'known when read'
    const before = dataset.timeZone ?? 'UTC'
    const from = { zone: before, skewSeconds: dataset.skewSeconds }
    const moved = readOtherwise(iso, from, { zone: ownOffset ? before : zone, skewSeconds: skew })
    return moved === null ? 'known when read' : formatTime(moved, shownIn)
  }
  const range: readonly (readonly [string, string | null])[] = [
    ['First', dataset.firstTime],
    ['Last', dataset.lastTime],
  ]
  const now = (iso: string | null) => (iso === null ? 'no time' : formatTime(iso, shownIn))
  const facts: readonly (readonly [string, string])[] = current
    ? [
        ['Written as', timeFormatText(current.timeFormat)],
        ['Precision', precisionText(current.timePrecision)],
        [
          'Zone',
          current.timeZoneNamed === 'column'
            ? `each row names its own in ${current.timeZoneColumn ?? 'a column'}`
            : rowsNameZones(current)
              ? 'each time says its own'
              : [current.timeZone ?? 'UTC', zoneNote(current)].filter(Boolean).join(', '),
        ],
        ['Without a time', formatNoun(dataset.rowsWithoutTime, 'row')],
        ['First cell', texts[0] ?? ''],
      ]
    : []
  return (
    <div className="dataset-part">
      <form
        className="reading-form"
        aria-label="How times are read"
        onSubmit={(event) => {
          event.preventDefault()
          if (!dirty) return
          reading.change({
            ...(otherColumn ? { timeColumn: column } : {}),
            ...(otherZone ? { timeZone: zone } : {}),
            ...(otherSkew ? { skewSeconds: skew } : {}),
            ...(otherOrder ? { dayFirst } : {}),
            reason,
          })
        }}
      >
        <label htmlFor={`${id}-column`} className={otherColumn ? 'own' : 't2'}>
          Time column
        </label>
        <select
          id={`${id}-column`}
          className="text-field"
          value={column ?? NONE}
          disabled={reading.busy}
          onChange={(event) => setColumn(event.target.value === NONE ? null : event.target.value)}
        >
          <option value={NONE}>None, rows have no time</option>
          {columns
            .toSorted((a, b) => Number(b.type === 'time') - Number(a.type === 'time'))
            .slice(0, 1_000)
            .map((one) => (
              <option key={one.position} value={one.name}>
                {one.type === 'time' ? `${one.name} · ${timeFormatText(one.timeFormat)}` : one.name}
              </option>
            ))}
        </select>
        <DayMonthFields
          columns={columns}
          timeColumn={dataset.timeColumn}
          chosen={dayFirst}
          disabled={reading.busy}
          onChange={setDayFirst}
        />
        <span className={otherZone ? 'own' : 't2'}>Zone</span>
        <div>
          <ZonePicker
            zone={zone}
            at={Date.parse(dataset.firstTime ?? dataset.createdAt)}
            changed={otherZone}
            disabled={reading.busy}
            onChange={setZone}
          />
          {ownOffset && (
            <p className="t3 sm">Times of {column} say their own offset; the zone is for columns that do not.</p>
          )}
        </div>
        <label htmlFor={`${id}-skew`} className={otherSkew ? 'own' : 't2'}>
          Clock skew
        </label>
        <div>
          <SkewField id={`${id}-skew`} live value={skew} disabled={reading.busy} onChange={setSkew} />
          <p className="t3 sm">
            {skew === 0
              ? 'Nothing is added. Seconds or h:m:s, with a minus where the clock was ahead.'
              : `${formatSkew(skew)} is added to every time: the clock was ${skew > 0 ? 'behind' : 'ahead'}.`}
          </p>
        </div>
        <span className="t2">Reason</span>
        <div className="line">
          <ReasonField value={reason} onChange={setReason} />
          <Action primary type="submit" disabled={!dirty || reading.busy}>
            Read {formatNoun(dataset.rows, 'row')} anew
          </Action>
        </div>
      </form>
      {dataset.timeColumn !== null && (
        <table className="table reading-range">
          <thead>
            <tr>
              <th />
              <th>{dirty ? 'Now' : 'Time'}</th>
              {dirty && <th>After</th>}
            </tr>
          </thead>
          <tbody>
            {range.map(([title, iso]) => (
              <tr key={title}>
                <td className="t2">{title}</td>
                <td className="num-note">{now(iso)}</td>
                {dirty && <td className="num-note">{after(iso)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <dl className="record-fields">
        {facts.map(([key, value]) => (
          <div key={key} className="record-field">
            <dt className="t3">{key}</dt>
            <dd className={key === 'First cell' ? 'mono' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="t3 sm">
        The text of every cell stays. Rows, histogram, timeline and alerts follow, and the history can take it back.
        Column, zone and the order of day and month are also used for other files like this one; a clock skew is not.
      </p>
    </div>
  )
}
