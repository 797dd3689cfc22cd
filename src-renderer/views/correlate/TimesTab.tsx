import { useEffect, useMemo, useState } from 'react'
import type { Output } from '#contract/contract'
import { FailureState } from '../../backend/FailureState.tsx'
import { useBackend } from '../../backend/BackendContext.ts'
import { useCall } from '../../backend/query.ts'
import { SpanBars, type SpanLine } from '../../charts/SpanBars.tsx'
import { Grid } from '../../grid/Grid.tsx'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { pagedRows } from '../../grid/pagedRows.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { useNarrow } from '../../state/useNarrow.ts'
import { useZone } from '../../ui/appearance.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { formatCount, formatFixed, formatNoun } from '../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel, type Zone } from '../../ui/formatTime.ts'
import type { CorrelateParams } from './correlateParams.ts'
import { CopyTable } from './CopyTable.tsx'
import { ScopeRail } from './ScopeRail.tsx'
import { questionOf, type HuntChoice, type Question } from './useCorrelation.ts'

type Answer = Output<'correlation.run'>
type Overlap = Answer['times'][number]

/** Pairs that are drawn; the table has all. */
const DRAWN_MAX = 100
const views = [
  { value: 'bars' as const, label: 'Bars' },
  { value: 'table' as const, label: 'Table' },
]

/** Datasets of different hunts whose times overlap, drawn on one axis and as a table. */
export function TimesTab({
  params,
  all,
  chosen,
}: {
  params: CorrelateParams
  all: readonly HuntChoice[]
  chosen: readonly HuntChoice[]
}) {
  const narrow = useNarrow()
  const scope = questionOf({ ...params, hide: [], maxDatasets: null, maxRows: null, text: '' }, chosen)
  const { data, error, refetch } = useCall('correlation.run', scope && { ...scope, limit: DRAWN_MAX })
  return (
    <div className="correlate">
      {!narrow && <ScopeRail params={params} all={all} chosen={chosen} noise={false} />}
      <div className="correlate-main">
        {scope === null ? (
          <EmptyState title="No hunt is chosen">Choose two or more hunts at the left.</EmptyState>
        ) : error ? (
          <FailureState failure={error} onRetry={() => void refetch()} />
        ) : data ? (
          <Overlaps question={scope} answer={data} />
        ) : (
          <Skeleton rows={14} height={24} />
        )}
      </div>
    </div>
  )
}

function Overlaps({ question, answer }: { question: Question; answer: Answer }) {
  const backend = useBackend()
  const zone = useZone()
  const [as, setAs] = useState<'bars' | 'table'>('bars')
  const total = answer.counts.times
  const hunts = useMemo(() => new Map(answer.hunts.map(({ id, name }) => [id, name])), [answer.hunts])
  const columns = useMemo(() => overlapColumns(zone, hunts), [zone, hunts])
  const asked = JSON.stringify(question)
  const rows = useMemo(() => {
    const whole: Question = JSON.parse(asked)
    return pagedRows<readonly Overlap[], Overlap>({
      total,
      fetch: async ({ offset, limit }, signal) =>
        (await backend.call('correlation.run', { ...whole, limit, offset }, { signal })).times,
      rows: (blocks) => blocks.get('') ?? [],
    })
  }, [backend, asked, total])
  useEffect(() => () => rows.close(), [rows])
  if (total === 0)
    return (
      <EmptyState title="No times overlap">
        {answer.by === 'hunts'
          ? 'No two datasets of different hunts cover the same time. Datasets without a time column are left out.'
          : 'No two datasets of this hunt cover the same time. Datasets without a time column are left out.'}
      </EmptyState>
    )
  const fetchAll = async (limit: number): Promise<readonly Overlap[]> => {
    const found: Overlap[] = []
    for (let offset = 0; offset < Math.min(limit, total); offset += 500)
      found.push(...(await backend.call('correlation.run', { ...question, limit: 500, offset })).times)
    return found.slice(0, limit)
  }
  return (
    <div className="matrix-main">
      <p className="times-said">
        <b className="med">{formatNoun(total, 'pair')}</b> of datasets of different {answer.by} cover the same time,
        longest first.
      </p>
      {as === 'table' ? (
        <div className="correlate-grid">
          <Grid
            label="Time overlaps"
            columns={columns}
            data={rows}
            onOpen={(at) => {
              const one = rows.rowAt(at)
              if (one) navigate(link.rows(one.a.huntId, { ds: one.a.datasetId }))
            }}
          />
        </div>
      ) : (
        <div className="overlap-bars">
          <p className="legend">
            <span>
              <span className="swatch overlap-a" /> first dataset
            </span>
            <span>
              <span className="swatch overlap-b" /> second dataset
            </span>
            <span>
              <span className="swatch overlap-both" /> both
            </span>
            <span className="t3">axis in {zoneLabel(zone)}</span>
          </p>
          <SpanBars lines={answer.times.flatMap((one) => overlapLines(one, hunts))} zone={zone} label="Time overlaps" />
        </div>
      )}
      <div className="matrix-foot">
        <span>
          {as === 'bars' && total > DRAWN_MAX
            ? `${formatCount(DRAWN_MAX)} of ${formatCount(total)} drawn; the table has all`
            : `${formatNoun(total, 'pair')}, nothing left out`}
        </span>
        <span className="spring" />
        <Segmented label="Shown as" options={views} value={as} onChange={setAs} />
        <CopyTable name="time-overlaps" total={total} columns={columns} rows={fetchAll} />
      </div>
    </div>
  )
}

const hoursText = (hours: number): string => (hours === 0 ? 'under 0.01 h' : `${formatFixed(hours, 2)} h`)

/** Both datasets on lines of their own, each with the stretch that both cover. */
function overlapLines({ a, b, start, end, hours }: Overlap, hunts: ReadonlyMap<string, string>): SpanLine[] {
  return [a, b].map((one, n) => ({
    key: `${a.datasetId} ${b.datasetId} ${n}`,
    label: `${hunts.get(one.huntId) ?? ''} · ${one.name}`,
    note: n === 0 ? hoursText(hours) : '',
    href: link.rows(one.huntId, { ds: one.datasetId }),
    spans: [
      { from: one.start, to: one.end, tone: n + 1 },
      { from: start, to: end, tone: 3, strong: true },
    ],
  }))
}

function overlapColumns(zone: Zone, hunts: ReadonlyMap<string, string>): GridColumn<Overlap>[] {
  const time = (id: string, title: string, pick: (one: Overlap) => string): GridColumn<Overlap> => ({
    ...{ id, title, subtitle: zoneLabel(zone), width: 190, mono: true },
    render: (one) => formatTimeBare(pick(one), zone),
  })
  const text = (id: string, title: string, width: number, pick: (one: Overlap) => string): GridColumn<Overlap> => ({
    ...{ id, title, width },
    render: pick,
  })
  return [
    { ...text('hours', 'Hours', 86, ({ hours }) => hoursText(hours)), align: 'right', pinned: true },
    text('huntA', 'First hunt', 140, ({ a }) => hunts.get(a.huntId) ?? ''),
    { ...text('a', 'First dataset', 190, ({ a }) => a.name), mono: true },
    text('huntB', 'Second hunt', 140, ({ b }) => hunts.get(b.huntId) ?? ''),
    { ...text('b', 'Second dataset', 190, ({ b }) => b.name), mono: true },
    time('start', 'From', ({ start }) => start),
    time('end', 'To', ({ end }) => end),
  ]
}
