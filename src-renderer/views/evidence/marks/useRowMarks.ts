import { useEffect, useMemo, useState } from 'react'
import { useBackend } from '../../../backend/BackendContext.ts'
import { useCall } from '../../../backend/query.ts'
import type { GridColumn, GridLayout } from '../../../grid/gridColumn.ts'
import type { EvidenceRow } from '../evidenceRows.ts'
import type { ShownRows } from '../useEvidenceRows.ts'
import { markedRows } from './markedRows.ts'
import { asksMarks } from './rowChoice.ts'
import { TAG_COLUMN, toneOfRow, withoutTagLayout, withTagColumn, withTagLayout } from './tagColumn.tsx'

type Marking = {
  datasetId: string
  /** Marks say nothing about these rows. */
  aside: boolean
  shown: ShownRows | null
  columns: readonly GridColumn<EvidenceRow>[]
  layout: GridLayout
  onLayout: (layout: GridLayout) => void
  /** Asks the query again: it finds other rows now. */
  again: () => void
}

/**
 * What the grid needs to show tags and notes: rows with their marks, a column for them once there are any, and the colour of
 * a row. Follows what anybody says about the rows.
 */
export function useRowMarks({ datasetId, aside, shown, columns, layout, onLayout, again }: Marking) {
  const backend = useBackend()
  const [hidden, setHidden] = useState(false)
  const { data: tags } = useCall('rows.facets', aside ? null : { datasetId, column: '_tag', limit: 3 })
  const { data: notes } = useCall('annotations.list', aside ? null : { datasetId, limit: 1 })
  const any = !aside && ((tags?.distinct ?? 0) > 0 || (notes?.total ?? 0) > 0)
  const data = useMemo(
    () => shown && markedRows(backend, aside ? null : datasetId, shown.data),
    [backend, aside, datasetId, shown],
  )
  useEffect(() => () => data?.close(), [data])

  const moves = shown !== null && asksMarks(shown.query.q)
  useEffect(
    () =>
      backend.on('rows.changed', (changed) => {
        if (changed.datasetId !== datasetId) return
        if (moves) again()
        else data?.refresh()
      }),
    [backend, datasetId, data, moves, again],
  )
  return {
    data,
    any,
    columns: useMemo(() => (any ? withTagColumn(columns) : columns), [any, columns]),
    layout: useMemo(() => (any ? withTagLayout(layout, hidden) : layout), [any, layout, hidden]),
    onLayout: (next: GridLayout) => {
      if (any) setHidden(next.hidden.includes(TAG_COLUMN))
      onLayout(withoutTagLayout(next))
    },
    toneOf: toneOfRow,
  }
}
