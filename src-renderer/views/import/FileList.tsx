import { useMemo } from 'react'
import { Grid } from '../../grid/Grid.tsx'
import { arrayRows } from '../../grid/gridData.ts'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { NOTHING_SELECTED, selectRow } from '../../grid/gridSelection.ts'
import type { PendingFile } from '../../state/pendingFiles.ts'
import { formatBytes } from '../../ui/formatNumber.ts'

const columns: readonly GridColumn<PendingFile>[] = [
  { id: 'file', title: 'Waiting', width: 198, cut: 'start', render: ({ path }) => path },
  { id: 'size', title: 'Size', width: 76, align: 'right', render: ({ file }) => formatBytes(file.size) },
]

/** The files that wait, of a folder of thousands too; the chosen one is previewed. */
export function FileList({
  files,
  current,
  onChoose,
}: {
  files: readonly PendingFile[]
  current: number
  onChoose: (at: number) => void
}) {
  const data = useMemo(() => arrayRows(files), [files])
  return (
    <div className="import-files" style={{ height: Math.min(7, files.length) * 24 + 36 }}>
      <Grid
        label="Files that wait"
        columns={columns}
        data={data}
        selection={selectRow(NOTHING_SELECTED, current)}
        onSelection={({ cursor }) => cursor !== null && onChoose(cursor)}
      />
    </div>
  )
}
