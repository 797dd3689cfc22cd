import { useEffect, useMemo, useState } from 'react'
import { Search } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import { FailureState } from '../../backend/FailureState.tsx'
import { useBackend } from '../../backend/BackendContext.ts'
import { useCall } from '../../backend/query.ts'
import { useSourceRows } from '../../backend/useSourceRow.ts'
import { Grid } from '../../grid/Grid.tsx'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { pagedRows } from '../../grid/pagedRows.ts'
import { useCommands } from '../../state/commands.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { useZone } from '../../ui/appearance.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel, type Zone } from '../../ui/formatTime.ts'
import { CopyTable } from './CopyTable.tsx'
import { FoundIn } from './FoundIn.tsx'

type Found = Output<'correlation.findIoc'>
type Occurrence = Found['occurrences'][number]

/** Where one indicator stands: every dataset, row and column. */
export function FindTab({ value }: { value: string }) {
  const [text, setText] = useState(value)
  const { data, error, refetch, isFetching } = useCall(
    'correlation.findIoc',
    value === '' ? null : { value, limit: 200 },
  )
  const go = () => {
    if (text.trim() !== '') navigate(link.findIoc(text.trim()))
  }
  useCommands([
    {
      id: 'find.field',
      title: 'Search for an IOC',
      group: 'Evidence',
      keys: '/',
      run: () => document.querySelector<HTMLInputElement>('#find-ioc')?.focus(),
    },
  ])
  return (
    <div className="find">
      <form
        className="find-bar"
        onSubmit={(event) => {
          event.preventDefault()
          go()
        }}
      >
        <input
          id="find-ioc"
          className="text-field mono grow"
          autoFocus={value === ''}
          placeholder="Address, domain, URL, hash, e-mail address, JA4, host, or any whole cell; de-fanged forms too"
          aria-label="IOC to find"
          maxLength={4_096}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Action type="submit" primary icon={<Search size={13} />} busy={isFetching} disabled={text.trim() === ''}>
          Find
        </Action>
      </form>
      {value === '' ? (
        <EmptyState title="Find an IOC in all hunts">
          Every dataset, row and column that holds it, however it is written there. What is no indicator is looked for
          as a whole cell.
        </EmptyState>
      ) : error ? (
        <FailureState failure={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Occurrences asked={value} found={data} />
      ) : (
        <Skeleton rows={14} height={24} />
      )}
    </div>
  )
}

/** Datasets that are asked which rows of their source they have. */
const EXCERPTS_MAX = 500

function occurrenceColumns(
  zone: Zone,
  sourceRow: (datasetId: string, row: number) => number,
): GridColumn<Occurrence>[] {
  return [
    { id: 'hunt', title: 'Hunt', width: 150, grow: 1, pinned: true, render: ({ hunt }) => hunt },
    { id: 'dataset', title: 'Dataset', width: 200, grow: 2, mono: true, render: ({ dataset }) => dataset },
    {
      ...{ id: 'row', title: 'Row', width: 86, align: 'right' },
      render: ({ datasetId, row }) => formatCount(sourceRow(datasetId, row)),
    },
    { id: 'column', title: 'Column', width: 140, grow: 1, mono: true, render: ({ column }) => column },
    {
      id: 'time',
      title: 'Time',
      subtitle: zoneLabel(zone),
      width: 210,
      mono: true,
      render: ({ time }) => (time === null ? 'no time' : formatTimeBare(time, zone)),
    },
  ]
}

function Occurrences({ asked, found }: { asked: string; found: Found }) {
  const backend = useBackend()
  const zone = useZone()
  const sourceRow = useSourceRows(
    useMemo(() => found.datasets.slice(0, EXCERPTS_MAX).map(({ datasetId }) => datasetId), [found]),
  )
  const columns = useMemo(() => occurrenceColumns(zone, sourceRow), [zone, sourceRow])
  const rows = useMemo(
    () =>
      pagedRows<readonly Occurrence[], Occurrence>({
        total: found.total,
        fetch: async ({ offset, limit }, signal) =>
          offset === 0
            ? found.occurrences
            : (await backend.call('correlation.findIoc', { value: asked, limit, offset }, { signal })).occurrences,
        rows: (blocks) => blocks.get('') ?? [],
      }),
    [backend, asked, found],
  )
  useEffect(() => () => rows.close(), [rows])
  const open = (at: number) => {
    const one = rows.rowAt(at)
    if (one) navigate(link.rows(one.huntId, { ds: one.datasetId, row: one.row }))
  }
  const fetchAll = async (limit: number): Promise<readonly Occurrence[]> => {
    const all: Occurrence[] = []
    for (let offset = 0; offset < Math.min(limit, found.total); offset += 500)
      all.push(...(await backend.call('correlation.findIoc', { value: asked, limit: 500, offset })).occurrences)
    return all.slice(0, limit)
  }
  return (
    <div className="find-parts">
      <FoundIn found={found} />
      <div className="matrix-main">
        <div className="correlate-grid">
          <Grid
            label="Occurrences"
            columns={columns}
            data={rows}
            onOpen={open}
            empty={
              <EmptyState title="It stands in no dataset">
                {formatNoun(found.looked, 'dataset was', 'datasets were')} looked into, every row of{' '}
                {found.looked === 1 ? 'it' : 'them'}.
              </EmptyState>
            }
          />
        </div>
        <div className="matrix-foot">
          <span>
            {formatNoun(found.total, 'cell')} in {formatNoun(found.datasets.length, 'dataset')}, nothing left out. Enter
            opens the row.
          </span>
          <span className="spring" />
          <CopyTable name="occurrences" total={found.total} columns={columns} rows={fetchAll} />
        </div>
      </div>
    </div>
  )
}
