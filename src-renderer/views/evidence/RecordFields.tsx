import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Column } from '#contract/datasets'
import type { RowRecord } from '#contract/rows'
import { CellText } from '../../grid/CellText.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatNoun } from '../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel, type Zone } from '../../ui/formatTime.ts'
import { inReadingOrder } from '../../ui/readingOrder.ts'
import { zoneNote } from '../../ui/zoneNote.ts'
import { columnEntity, columnTitle } from './datasetColumns.ts'
import { IocSpan } from './IocText.tsx'
import { readAs } from './readingText.ts'

type RecordCell = RowRecord['cells'][number]
/** Longer text is shown in part until asked for: a cell may hold a megabyte. */
const TEXT_MAX = 4_000
/** From this many filled fields on there is a filter. */
const FILTER_FROM = 12

function withIocs(raw: string, iocs: RecordCell['iocs']): ReactNode[] {
  const parts: ReactNode[] = []
  let at = 0
  for (const ioc of iocs.toSorted((a, b) => a.start - b.start)) {
    if (ioc.start < at || ioc.end > raw.length) continue
    parts.push(<CellText key={`t${at}`} text={raw.slice(at, ioc.start)} />)
    parts.push(<IocSpan key={ioc.start} type={ioc.type} text={raw.slice(ioc.start, ioc.end)} />)
    at = ioc.end
  }
  parts.push(<CellText key={`t${at}`} text={raw.slice(at)} />)
  return parts
}

const plainTime = (text: string): string => text.replace('T', ' ').replace(/Z$/, '')

/** The instant a time was read as; where the text shows it already, only its zone and where that came from. */
function typedText(cell: RecordCell, column: Column, zone: Zone, skewSeconds: number): string | null {
  if (cell.value === null) return null
  if (cell.type !== 'time') return String(cell.value) === cell.raw ? null : String(cell.value)
  const shown = formatTimeBare(String(cell.value), zone)
  const said = readAs(column, skewSeconds)
  const source = column.timeZoneSource === 'user' ? '' : zoneNote(column)
  const note = [source, said].flatMap((part) => (part === '' ? [] : [`, ${part}`])).join('')
  return `${plainTime(cell.raw) === shown ? '' : `${shown} `}${zoneLabel(zone)}${note}`
}

function FieldValue({ cell, column, skewSeconds }: { cell: RecordCell; column: Column; skewSeconds: number }) {
  const [all, setAll] = useState(false)
  const zone = useZone()
  const cut = !all && cell.raw.length > TEXT_MAX
  const raw = cut ? cell.raw.slice(0, TEXT_MAX) : cell.raw
  const typed = typedText(cell, column, zone, skewSeconds)
  return (
    <>
      <span className="mono field-raw">{withIocs(raw, cell.iocs)}</span>
      {cut && (
        <button type="button" className="link-button sm" onClick={() => setAll(true)}>
          Show all {formatNoun(cell.raw.length, 'character')}
        </button>
      )}
      {typed !== null && <span className="field-typed t3">{typed}</span>}
    </>
  )
}

/** Every filled cell of a row in reading order, raw text first, what it was read as below. Empty ones are counted. */
export function RecordFields({
  record,
  columns,
  timeColumn,
  skewSeconds,
}: {
  record: RowRecord
  columns: readonly Column[]
  timeColumn: string | null
  skewSeconds: number
}) {
  const [showEmpty, setShowEmpty] = useState(false)
  const [filter, setFilter] = useState('')
  const cells = new Map(record.cells.map((cell) => [cell.column, cell]))
  const ordered = inReadingOrder(columns, timeColumn).flatMap((column) => {
    const cell = cells.get(column.name)
    return cell ? [{ column, cell }] : []
  })
  const filled = ordered.filter(({ cell }) => cell.raw !== '')
  const empty = ordered.length - filled.length
  const wanted = filter.toLowerCase()
  const shown = (showEmpty ? ordered : filled).filter(
    ({ column, cell }) =>
      wanted === '' ||
      columnTitle(column).toLowerCase().includes(wanted) ||
      column.header.toLowerCase().includes(wanted) ||
      cell.raw.toLowerCase().includes(wanted),
  )
  return (
    <>
      {filled.length >= FILTER_FROM && (
        <input
          className="text-field record-filter"
          placeholder="Find in this row"
          aria-label="Find in this row"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      {record.time === null && <p className="t3 sm record-note">no time</p>}
      <dl className="record-fields">
        {shown.slice(0, 1_000).map(({ column, cell }) => {
          const entity = columnEntity(column)
          return (
            <div key={column.position} className="record-field">
              <dt
                className="clip t3"
                title={`${columnTitle(column)}\n${column.derivedFrom === null ? `Column ${column.position + 1}: ${column.header || column.name}` : `Part of ${column.derivedFrom}: ${column.header}`}, ${column.type}`}
              >
                {columnTitle(column)}
                {column.derivedFrom !== null && <span className="sm"> from {column.derivedFrom}</span>}
              </dt>
              <dd>
                {entity && cell.raw !== '' && <EntityMark type={entity} size={11} />}
                {cell.raw === '' ? (
                  <span className="t3">empty</span>
                ) : (
                  <FieldValue cell={cell} column={column} skewSeconds={skewSeconds} />
                )}
                {cell.raw !== '' && <CopyButton text={cell.raw} title={`Copy ${columnTitle(column)}`} iconOnly />}
              </dd>
            </div>
          )
        })}
        {empty > 0 && (
          <div className="record-field">
            <dt className="t3">{formatNoun(empty, 'empty field')}</dt>
            <dd>
              <button type="button" className="link-button" onClick={() => setShowEmpty(!showEmpty)}>
                {showEmpty ? 'Hide' : 'Show'}
              </button>
            </dd>
          </div>
        )}
      </dl>
      {shown.length > 1_000 && (
        <p className="t3 sm record-note">
          1,000 of {formatNoun(shown.length, 'field')} shown. The filter above finds the others.
        </p>
      )}
    </>
  )
}
