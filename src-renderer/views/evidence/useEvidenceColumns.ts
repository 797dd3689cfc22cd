import { useMemo, useState } from 'react'
import type { GridLayout } from '../../grid/gridColumn.ts'
import { useSourceRows } from '../../backend/useSourceRow.ts'
import { useZone } from '../../ui/appearance.ts'
import { columnsFromParam, columnsToParam } from './columnsParam.ts'
import { evidenceColumns, standardLayout } from './evidenceColumns.tsx'
import type { ShownDataset } from './shownDataset.ts'

/** The columns of a dataset for the grid, and how they are laid out: order, hidden and pinned ones by the URL, widths by hand. */
export function useEvidenceColumns(dataset: ShownDataset, cols: string | null, setCols: (next: string | null) => void) {
  const { columnList: columns, timeColumn, rows, skewSeconds } = dataset
  const zone = useZone()
  const [widths, setWidths] = useState<GridLayout['widths']>({})
  const fineTimes = [dataset.firstTime, dataset.lastTime].some((time) => /\.\d{4}/.test(time ?? ''))
  const { id, excerptOf } = dataset
  const sourceRow = useSourceRows(useMemo(() => (excerptOf === null ? [] : [id]), [id, excerptOf]))
  const gridColumns = useMemo(() => {
    const source = excerptOf === null ? null : { of: excerptOf, sourceRow: (row: number) => sourceRow(id, row) }
    return evidenceColumns(columns, rows, timeColumn, zone, fineTimes, skewSeconds, source)
  }, [columns, rows, timeColumn, zone, fineTimes, skewSeconds, id, excerptOf, sourceRow])
  const byId = useMemo(() => new Map(columns.map((column) => [String(column.position), column])), [columns])
  const standard = useMemo(
    () => standardLayout(evidenceColumns(columns, rows, timeColumn, 'utc'), columns),
    [columns, rows, timeColumn],
  )
  const order = useMemo(
    () => new Map(standard.order.flatMap((one) => (byId.has(one) ? [[one, byId.get(one)?.name ?? ''] as const] : []))),
    [standard, byId],
  )
  const layout = useMemo(() => ({ ...columnsFromParam(cols, standard), widths }), [cols, standard, widths])
  return {
    gridColumns,
    byId,
    order,
    layout,
    changeLayout(next: GridLayout) {
      setWidths(next.widths)
      setCols(columnsToParam(next, standard))
    },
    standardAgain() {
      setWidths({})
      setCols(null)
    },
  }
}
