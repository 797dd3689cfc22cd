import type { KeyboardEvent } from 'react'
import type { Column } from '#contract/datasets'
import type { CanonicalField, MapIcon, RowTag } from '#contract/values'
import { thingOf } from '../../backend/alertThings.ts'
import { CaseItems } from '../../backend/CaseItems.tsx'
import { MapItems } from '../../backend/MapItems.tsx'
import type { CopyFormat } from '../../grid/copyText.ts'
import type { GridPlace } from '../../grid/gridProps.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { CellMenu, TERM_VALUE_MAX } from './CellMenu.tsx'
import { CellTimeItems } from './CellTimeItems.tsx'
import { ROW_COLUMN } from './columnsParam.ts'
import { columnTitle, queryName } from './datasetColumns.ts'
import { indicatorInCell, soughtInCell } from './iocTokens.ts'
import { addTerm, termText } from './queryText.ts'
import { socLink } from './socLink.ts'
import type { ShownRows } from './useEvidenceRows.ts'

type CellActions = {
  huntId: string
  datasetId: string
  /** The copy on a server that answers; null: this computer. */
  copy: string | null
  aside: boolean
  columns: readonly Column[]
  timeColumn: string | null
  byId: ReadonlyMap<string, Column>
  shown: ShownRows | null
  q: string
  selected: number
  /** There is a connection to a SOC server. */
  soc: boolean
  setQ: (q: string) => void
  onCopyCell: (text: string) => void
  onCopyRows: (format: CopyFormat) => void
  onRecord: () => void
  onStatistics: (position: number) => void
  onTag: (tag: RowTag | null) => void
  onNote: () => void
  onCase: () => void
}

/** What can be done with a cell of the rows: by its menu, and by keys. */
export function cellActions(of: CellActions) {
  const { columns, byId, shown, q, setQ } = of
  const cellOf = ({ row, column: at }: GridPlace) => {
    const column = byId.get(at)
    const cell = column && shown?.data.rowAt(row)?.cell(column.name)
    return { column, value: cell === undefined ? null : cell === null ? '' : String(cell) }
  }
  const filterBy = (place: GridPlace, negated: boolean) => {
    const { column, value } = cellOf(place)
    if (!column || value === null || value.length > TERM_VALUE_MAX) return
    const term = termText(queryName(column, columns), value, negated)
    if (term !== null) setQ(addTerm(q, term))
  }
  /** The one indicator of a cell, or else the whole cell. */
  const elsewhereOf = (place: GridPlace): string | null => {
    const { column, value } = cellOf(place)
    return column && value ? soughtInCell(value, column) : null
  }
  const findElsewhere = (place: GridPlace) => {
    const sought = elsewhereOf(place)
    if (sought !== null) navigate(link.findIoc(sought))
  }
  const socOf = (place: GridPlace) => {
    const sought = of.soc ? elsewhereOf(place) : null
    const to = sought === null ? null : socLink(sought)
    return to === null ? null : () => navigate(to)
  }
  const timeItems = (place: GridPlace) => {
    const { column } = cellOf(place)
    const row = shown?.data.rowAt(place.row)
    if (column?.type !== 'time' || !row) return null
    const time = column.name === of.timeColumn ? row.time : undefined
    return <CellTimeItems datasetId={of.datasetId} copy={of.copy} row={row.row} column={column.name} time={time} />
  }
  /** What the cell names, as a node of a map. */
  const thingIn = (place: GridPlace) => {
    const { column, value } = cellOf(place)
    const icon = column && iconOfField(column.fields)
    return value === null || value === '' || icon === undefined ? null : thingOf(value, icon ?? undefined)
  }
  const mapsFor = (place: GridPlace) => {
    const thing = thingIn(place)
    return thing && <MapItems hunt={of.huntId} added={{ nodes: [thing], links: [] }} name={thing.label} />
  }
  const networkFor = (place: GridPlace) => {
    const thing = thingIn(place)
    return thing && (() => navigate(link.network(of.huntId, { focus: thing.entity })))
  }
  /** The indicator in the cell, for cases. */
  const casesFor = (place: GridPlace) => {
    const { column, value } = cellOf(place)
    const found = column && value ? indicatorInCell(value, column) : null
    if (found === null) return null
    const { type, target } = found
    return (
      <CaseItems
        added={{ links: [{ kind: 'ioc', target, ...(type === null ? {} : { type }) }] }}
        said={target.slice(0, 80)}
      />
    )
  }
  const processOf = (place: GridPlace) => {
    const row = shown?.data.rowAt(place.row)?.row
    if (row === undefined || !columns.some(({ fields }) => fields.includes('pid'))) return null
    return () => navigate(link.processOf(of.huntId, of.datasetId, row))
  }
  return {
    cellMenu(place: GridPlace) {
      const { column, value } = cellOf(place)
      return (
        <CellMenu
          title={column ? columnTitle(column) : 'row number'}
          value={column ? value : null}
          selected={Math.max(1, of.selected)}
          aside={of.aside}
          canFilter={column !== undefined && termText(queryName(column, columns), 'x') !== null}
          onOnly={() => filterBy(place, false)}
          onNot={() => filterBy(place, true)}
          onCopyCell={() => value !== null && of.onCopyCell(value)}
          onCopyRows={of.onCopyRows}
          onRecord={of.onRecord}
          onStatistics={column ? () => of.onStatistics(column.position) : null}
          onSoc={socOf(place)}
          onProcess={processOf(place)}
          maps={mapsFor(place)}
          onNetwork={networkFor(place)}
          times={timeItems(place)}
          onTag={of.onTag}
          onNote={of.onNote}
          onCase={of.onCase}
          cases={casesFor(place)}
          elsewhere={elsewhereOf(place)}
          onElsewhere={() => findElsewhere(place)}
        />
      )
    },
    /** I: only this, X: not this, F: find elsewhere. */
    onKey(event: KeyboardEvent, place: GridPlace): boolean {
      if (event.ctrlKey || event.metaKey || event.altKey || place.column === ROW_COLUMN) return false
      if (event.key === 'f') findElsewhere(place)
      else if (event.key === 'i' || event.key === 'x') filterBy(place, event.key === 'x')
      else return false
      return true
    },
  }
}

const icons: Partial<Record<CanonicalField, MapIcon>> = {
  ...{ src_ip: 'address', dst_ip: 'address', ip_address: 'address', hostname: 'host', domain: 'domain', url: 'url' },
  ...{ username: 'user', process_name: 'process', file_path: 'file', file_name: 'file', ja4: 'ja4' },
  ...{ hash_md5: 'hash', hash_sha1: 'hash', hash_sha256: 'hash' },
}

/** What a column's cells are drawn as; null: what each cell looks like. */
const iconOfField = (fields: readonly CanonicalField[]): MapIcon | null =>
  fields.map((field) => icons[field]).find((icon) => icon !== undefined) ?? null
