import { useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import type { Indicator, IntelList } from '#contract/intel'
import { useBackend } from '../../../backend/BackendContext.ts'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCall } from '../../../backend/query.ts'
import { Grid } from '../../../grid/Grid.tsx'
import type { GridColumn } from '../../../grid/gridColumn.ts'
import { pagedRows } from '../../../grid/pagedRows.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { useZone } from '../../../ui/appearance.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { VerdictMark } from '../../../ui/VerdictMark.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel, type Zone } from '../../../ui/formatTime.ts'
import { CopyTable } from '../CopyTable.tsx'

function indicatorColumns(zone: Zone): GridColumn<Indicator>[] {
  return [
    {
      id: 'value',
      title: 'Indicator',
      width: 240,
      grow: 2,
      mono: true,
      pinned: true,
      render: ({ value, subdomains }) => (subdomains ? `*.${value}` : value),
    },
    { id: 'type', title: 'Type', width: 96, render: ({ type }) => type },
    {
      id: 'verdict',
      title: 'Verdict',
      width: 112,
      render: ({ verdict, expired }) => (
        <span className={expired ? 'listing-expired' : undefined}>
          <VerdictMark verdict={verdict} />
          {expired && ' expired'}
        </span>
      ),
      text: ({ verdict, expired }) => (expired ? `${verdict}, expired` : verdict),
    },
    {
      id: 'confidence',
      title: 'Confidence',
      width: 86,
      align: 'right',
      render: ({ confidence }) => (confidence === null ? '' : `${confidence} %`),
    },
    { id: 'note', title: 'Note', width: 150, grow: 3, render: ({ note }) => note ?? '' },
    { id: 'source', title: 'Source', width: 100, grow: 1, render: ({ source }) => source ?? '' },
    {
      id: 'expires',
      title: 'Expires',
      subtitle: zoneLabel(zone),
      width: 152,
      mono: true,
      render: ({ expiresAt }) => (expiresAt === null ? '' : formatTimeBare(expiresAt, zone)),
    },
    {
      id: 'line',
      title: 'Line',
      width: 52,
      align: 'right',
      render: ({ line }) => (line === 0 ? '' : formatCount(line)),
    },
  ]
}

/** The indicators of a list, behind the choice of its parts; Enter looks for one in all hunts. */
export function ListIndicators({ list, parts }: { list: IntelList; parts: ReactNode }) {
  const backend = useBackend()
  const zone = useZone()
  const [text, setText] = useState('')
  const narrowed = text.trim() === '' ? {} : { text: text.trim().slice(0, 200) }
  const { data: first, error } = useCall('intel.indicators', { id: list.id, ...narrowed, limit: 1 })
  const total = first?.total ?? 0
  const columns = useMemo(() => indicatorColumns(zone), [zone])
  const wanted = narrowed.text
  const rows = useMemo(
    () =>
      pagedRows<readonly Indicator[], Indicator>({
        total,
        fetch: async ({ offset, limit }, signal) =>
          (
            await backend.call(
              'intel.indicators',
              { id: list.id, limit, offset, ...(wanted === undefined ? {} : { text: wanted }) },
              { signal },
            )
          ).indicators,
        rows: (blocks) => blocks.get('') ?? [],
      }),
    // Another time of change is other content.
    // oxlint-disable-next-line react/exhaustive-deps -- updatedAt stands for what is asked
    [backend, list.id, list.updatedAt, wanted, total],
  )
  useEffect(() => () => rows.close(), [rows])
  const fetchAll = async (limit: number): Promise<readonly Indicator[]> => {
    const all: Indicator[] = []
    for (let offset = 0; offset < Math.min(limit, total); offset += 500)
      all.push(...(await backend.call('intel.indicators', { id: list.id, ...narrowed, limit: 500, offset })).indicators)
    return all.slice(0, limit)
  }
  return (
    <div className="matrix-main">
      <div className="list-parts">
        {parts}
        <span className="spring" />
        <input
          className="text-field"
          placeholder="Find in value, note or source"
          aria-label="Find an indicator of the list"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <FailureLine failure={error} />
      <div className="correlate-grid">
        <Grid
          label="Indicators of the list"
          columns={columns}
          data={rows}
          onOpen={(at) => {
            const one = rows.rowAt(at)
            if (one) navigate(link.findIoc(one.value))
          }}
          empty={
            <EmptyState title={text === '' ? 'The list is empty' : 'No indicator matches'}>
              {text === '' ? 'Nothing stands on it at present.' : 'Another word may.'}
            </EmptyState>
          }
        />
      </div>
      <div className="matrix-foot">
        <span>{formatNoun(total, 'indicator')}. Enter finds one in all hunts.</span>
        <span className="spring" />
        <CopyTable name="indicators" total={total} columns={columns} rows={fetchAll} />
      </div>
    </div>
  )
}
