import { useEffect, useMemo, useState } from 'react'
import { Menu, MenuItem } from '@blueprintjs/core'
import type { Output } from '#contract/contract'
import { iocTypes, type IocType } from '#contract/values'
import { useBackend } from '../../backend/BackendContext.ts'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall } from '../../backend/query.ts'
import { useVerdict } from '../../backend/verdicts.tsx'
import { Grid } from '../../grid/Grid.tsx'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { pagedRows } from '../../grid/pagedRows.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { useZone } from '../../ui/appearance.ts'
import { EntityMark, entityOf } from '../../ui/EntityMark.tsx'
import { VerdictMark } from '../../ui/VerdictMark.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel } from '../../ui/formatTime.ts'
import { iocWord } from './datasetColumns.ts'

type Ioc = Output<'datasets.iocs'>['iocs'][number]

function ListedAs({ value }: { value: string }) {
  const verdict = useVerdict(value)
  return verdict && <VerdictMark verdict={verdict} />
}

/** The distinct indicators of a dataset; Enter on one searches the rows for it. */
export function DatasetIocs({ hunt, id }: { hunt: string; id: string }) {
  const backend = useBackend()
  const zone = useZone()
  const [type, setType] = useState<IocType | null>(null)
  const { data: first, error } = useCall('datasets.iocs', { id, limit: 1, ...(type ? { type } : {}) })
  const total = first?.total ?? 0
  const rows = useMemo(
    () =>
      pagedRows<Ioc[], Ioc>({
        total,
        fetch: async ({ offset, limit }, signal) =>
          (await backend.call('datasets.iocs', { id, offset, limit, ...(type ? { type } : {}) }, { signal })).iocs,
        rows: (blocks) => blocks.get('') ?? [],
      }),
    [backend, id, type, total],
  )
  useEffect(() => () => rows.close(), [rows])

  const columns = useMemo<GridColumn<Ioc>[]>(
    () => [
      {
        id: 'value',
        title: 'Indicator',
        width: 220,
        mono: true,
        pinned: true,
        render: (one) => (
          <span className="with-mark">
            <EntityMark type={entityOf(one.type)} size={12} />
            <span className="clip">{one.value}</span>
          </span>
        ),
        text: (one) => one.value,
      },
      { id: 'verdict', title: 'Verdict', width: 92, render: (one) => <ListedAs value={one.value} /> },
      { id: 'type', title: 'Type', width: 86, render: (one) => iocWord(one.type) },
      { id: 'count', title: 'Times', width: 66, align: 'right', render: (one) => formatCount(one.count) },
      { id: 'scope', title: 'Scope', width: 70, render: (one) => (one.scope === 'public' ? '' : one.scope) },
      { id: 'columns', title: 'Columns', width: 150, mono: true, render: (one) => one.columns.join(', ') },
      {
        id: 'first',
        title: 'First',
        subtitle: zoneLabel(zone),
        width: 172,
        mono: true,
        render: (one) => (one.firstTime ? formatTimeBare(one.firstTime, zone) : 'no time'),
      },
      {
        id: 'last',
        title: 'Last',
        subtitle: zoneLabel(zone),
        width: 172,
        mono: true,
        render: (one) => (one.lastTime ? formatTimeBare(one.lastTime, zone) : 'no time'),
      },
    ],
    [zone],
  )
  const elsewhere = (row: number) => {
    const one = rows.rowAt(row)
    if (one) navigate(link.findIoc(one.value))
  }
  if (error) return <FailureLine failure={error} />
  return (
    <div className="dataset-part">
      <div className="ioc-types" role="group" aria-label="Types">
        {iocTypes.map((one) => (
          <button
            key={one}
            type="button"
            className="chip ioc-type"
            aria-pressed={type === one}
            onClick={() => setType(type === one ? null : one)}
          >
            <EntityMark type={entityOf(one)} size={11} />
            {iocWord(one)}
          </button>
        ))}
      </div>
      <p className="t3 sm">
        {formatNoun(
          total,
          type ? `distinct ${iocWord(type)}` : 'distinct indicator',
          type ? `distinct ${iocWord(type)}` : undefined,
        )}
        . Enter shows the rows, F finds one in other hunts.
      </p>
      {total > 0 && (
        <div className="dataset-iocs">
          <Grid
            label="Indicators"
            columns={columns}
            data={rows}
            cellMenu={({ row }) => (
              <Menu aria-label="Indicator">
                <MenuItem text="Find elsewhere" label="F" onClick={() => elsewhere(row)} />
              </Menu>
            )}
            onKey={(event, { row }) => {
              if (event.key !== 'f' || event.ctrlKey || event.metaKey || event.altKey) return false
              elsewhere(row)
              return true
            }}
            onOpen={(row) => {
              const one = rows.rowAt(row)
              if (one) navigate(link.rows(hunt, { ds: id, q: `"${one.value.replace(/[\\"]/g, '\\$&')}"` }))
            }}
          />
        </div>
      )}
    </div>
  )
}
