import { useEffect, useMemo, useState } from 'react'
import type { GridLayout } from '../../grid/gridColumn.ts'
import { useSourceRows } from '../../backend/useSourceRow.ts'
import { useZone } from '../../ui/appearance.ts'
import { columnsFromParam, columnsToParam } from './columnsParam.ts'
import { evidenceColumns, standardLayout } from './evidenceColumns.tsx'
import { headersKey, keepLayout, keptLayout } from './keptLayout.ts'
import type { ShownDataset } from './shownDataset.ts'

/** The columns of a dataset for the grid, and how they are laid out: order, hidden and pinned ones by the URL, widths by hand; this window remembers both. */
export function useEvidenceColumns(dataset: ShownDataset, cols: string | null, setCols: (next: string | null) => void) {
  const { columnList: columns, timeColumn, rows, skewSeconds } = dataset
  const zone = useZone()
  const headers = useMemo(() => headersKey(columns), [columns])
  const [kept] = useState(() => keptLayout(headers))
  const [widths, setWidths] = useState<GridLayout['widths']>(kept.widths)
  // A dataset opens as files with these headers were left; a link that names columns goes before.
  useEffect(() => {
    if (cols === null && kept.cols !== null) setCols(kept.cols)
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it opens
  }, [])
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
      const param = columnsToParam(next, standard)
      setWidths(next.widths)
      setCols(param)
      keepLayout(headers, { cols: param, widths: next.widths })
    },
    standardAgain() {
      setWidths({})
      setCols(null)
      keepLayout(headers, { cols: null, widths: {} })
    },
  }
}
