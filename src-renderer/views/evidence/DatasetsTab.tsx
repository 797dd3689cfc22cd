import { useMemo, useState } from 'react'
import type { Copy } from '#contract/copies'
import type { Dataset } from '#contract/datasets'
import { CopyList } from '../../backend/CopyList.tsx'
import { useParam } from '../../state/route.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { Grid } from '../../grid/Grid.tsx'
import { arrayRows } from '../../grid/gridData.ts'
import type { GridColumn, GridSort } from '../../grid/gridColumn.ts'
import { selectRow, NOTHING_SELECTED } from '../../grid/gridSelection.ts'
import { useZone } from '../../ui/appearance.ts'
import { folderOf } from '../../ui/folderOf.ts'
import { formatBytes, formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { formatRange, formatSecond, zoneLabel, type Zone } from '../../ui/formatTime.ts'
import { DatasetDetail } from './DatasetDetail.tsx'
import { useNarrow } from '../../state/useNarrow.ts'

type DatasetColumn = GridColumn<Dataset> & { order?: (dataset: Dataset) => number | string }

const stateWord = (dataset: Dataset): string => (dataset.duplicateOf ? 'linked' : dataset.state)
const timeOf = (iso: string | null): number => (iso === null ? -1 : Date.parse(iso))
const unlessReady = (dataset: Dataset, value: string): string => (dataset.state === 'ready' ? value : '')

const count = (id: string, title: string, width: number, value: (dataset: Dataset) => number): DatasetColumn => ({
  id,
  title,
  width,
  align: 'right',
  sortable: true,
  render: (dataset) => unlessReady(dataset, formatCount(value(dataset))),
  order: value,
})

function datasetColumns(zone: Zone): DatasetColumn[] {
  return [
    {
      id: 'name',
      title: 'Dataset',
      width: 196,
      grow: 2,
      sortable: true,
      pinned: true,
      render: (one) => (
        <>
          {one.name} <span className="t3 sm">{folderOf(one.file)}</span>
        </>
      ),
      text: (one) => one.name,
      order: (one) => one.name.toLowerCase(),
    },
    {
      id: 'state',
      title: 'State',
      width: 68,
      sortable: true,
      render: (one) => <span className={one.state === 'failed' ? 'bad' : 't2'}>{stateWord(one)}</span>,
      order: stateWord,
      text: stateWord,
    },
    count('rows', 'Rows', 84, (one) => one.rows),
    {
      ...count('quarantined', 'Quarantined', 90, (one) => one.quarantined),
      render: (one) =>
        one.state !== 'ready' ? (
          ''
        ) : (
          <span className={one.quarantined > 0 ? 'warn' : 't3'}>{formatCount(one.quarantined)}</span>
        ),
    },
    count('columns', 'Columns', 70, (one) => one.columns),
    {
      id: 'profile',
      title: 'Profile',
      width: 140,
      grow: 2,
      sortable: true,
      render: (one) => one.profileName ?? '',
      order: (one) => one.profileName ?? '',
    },
    {
      id: 'time',
      title: 'Time range',
      subtitle: zoneLabel(zone),
      width: 184,
      sortable: true,
      render: (one) =>
        one.state !== 'ready' ? (
          ''
        ) : one.firstTime && one.lastTime ? (
          formatRange(one.firstTime, one.lastTime, zone)
        ) : (
          <span className="none">no time</span>
        ),
      order: (one) => timeOf(one.firstTime),
    },
    count('iocs', 'IOCs', 62, (one) => one.iocs),
    {
      id: 'size',
      title: 'Size',
      width: 72,
      align: 'right',
      sortable: true,
      render: (one) => formatBytes(one.size),
      order: (one) => one.size,
    },
    { id: 'sha256', title: 'SHA-256', width: 96, grow: 1, mono: true, render: (one) => one.sha256 ?? '' },
    {
      id: 'imported',
      title: 'Imported',
      subtitle: zoneLabel(zone),
      width: 152,
      sortable: true,
      render: (one) => (one.importedAt ? formatSecond(one.importedAt, zone).slice(0, 19) : ''),
      order: (one) => timeOf(one.importedAt),
    },
    {
      id: 'file',
      title: 'File',
      width: 200,
      grow: 1,
      mono: true,
      sortable: true,
      render: (one) => one.file,
      order: (one) => one.file,
    },
  ]
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0)

type DatasetsTabProps = {
  hunt: string
  datasets: readonly Dataset[]
  total: number
  /** Copies on servers whose datasets were deleted here. */
  left: readonly Copy[]
}

/** All datasets of the hunt, failed ones with their reasons; the chosen one in detail beside them. */
export function DatasetsTab({ hunt, datasets, total, left }: DatasetsTabProps) {
  const zone = useZone()
  const narrow = useNarrow()
  const [chosen, setChosen] = useParam('ds')
  const [sort, setSort] = useState<GridSort | null>(null)
  const columns = useMemo(() => datasetColumns(zone), [zone])
  const sorted = useMemo(() => {
    const order = columns.find((column) => column.id === sort?.column)?.order
    if (!sort || !order) return [...datasets]
    return datasets.toSorted((a, b) => (sort.descending ? -1 : 1) * compare(order(a), order(b)))
  }, [datasets, columns, sort])
  const data = useMemo(() => arrayRows(sorted), [sorted])
  const at = sorted.findIndex(({ id }) => id === chosen)
  const current = sorted[at]
  const failed = datasets.filter(({ state }) => state === 'failed').length
  return (
    <div className={narrow ? 'rows-parts narrow' : 'rows-parts'}>
      <div className="rows-main">
        <div className="rows-bar">
          <span className="sm t2">
            {formatNoun(total, 'dataset')}
            {datasets.length < total ? `, the first ${formatCount(datasets.length)} shown` : ''}
            {failed > 0 ? `, ${formatCount(failed)} failed` : ''}
          </span>
        </div>
        <div className="rows-grid">
          <Grid
            label="Datasets"
            columns={columns}
            data={data}
            sort={sort}
            onSort={setSort}
            selection={at < 0 ? NOTHING_SELECTED : selectRow(NOTHING_SELECTED, at)}
            onSelection={(next) => setChosen(next.cursor === null ? null : (sorted[next.cursor]?.id ?? null))}
            onOpen={(row) => {
              const one = sorted[row]
              if (one?.state === 'ready') navigate(link.rows(hunt, { ds: one.duplicateOf ?? one.id }))
            }}
            toneOf={(one) => (one.state === 'failed' ? 'critical' : undefined)}
          />
        </div>
        {left.length > 0 && (
          <section className="datasets-left" aria-label="On servers only">
            <h2>On servers only</h2>
            <CopyList copies={left} label="Copies without a dataset" titleOf={(copy) => copy.datasetName} />
          </section>
        )}
      </div>
      {current && <DatasetDetail key={current.id} hunt={hunt} dataset={current} onClose={() => setChosen(null)} />}
    </div>
  )
}
