import { useState } from 'react'
import { Cross, Filter, FilterRemove } from '@blueprintjs/icons'
import type { Column } from '#contract/datasets'
import type { FieldStats } from '#contract/rows'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { CellText } from '../../grid/CellText.tsx'
import type { TimeRange } from '../../state/timeRange.ts'
import { Action } from '../../ui/Action.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatNoun, formatPercent } from '../../ui/formatNumber.ts'
import { formatSpan } from '../../ui/formatTime.ts'
import { TERM_VALUE_MAX } from './CellMenu.tsx'
import { columnTitle, queryName } from './datasetColumns.ts'
import { rowsInput } from './evidenceRows.ts'
import { FieldFigures } from './FieldFigures.tsx'
import { termText } from './queryText.ts'
import './explore.css'

const FEW = 20
const MANY = 500

const orders = [
  { value: 'most' as const, label: 'Most frequent' },
  { value: 'least' as const, label: 'Least frequent' },
]

type FieldStatsPaneProps = {
  datasetId: string
  /** The copy on a server that counts, and what it is called; null: this computer. */
  copy: string | null
  from: string | null
  column: Column
  columns: readonly Column[]
  query: string
  range: TimeRange
  /** Adds a term to the query. */
  onTerm: (term: string) => void
  onClose: () => void
}

/** What a column holds among the rows that match; every value leads to its rows. */
export function FieldStatsPane({
  datasetId,
  copy,
  from,
  column,
  columns,
  query,
  range,
  onTerm,
  onClose,
}: FieldStatsPaneProps) {
  const [order, setOrder] = useState<'most' | 'least'>('most')
  const [limit, setLimit] = useState(FEW)
  const title = columnTitle(column)
  const source = column.header || column.name
  const { data, error, refetch, isPlaceholderData } = useCall('rows.fieldStats', {
    ...rowsInput({ datasetId, q: query, range, sort: null, copy }),
    column: column.name,
    limit,
  })
  return (
    <aside className="side-pane record" aria-label={`Statistics of ${title}`} data-region="Statistics">
      <div className="record-head">
        <h2 className="clip">{title}</h2>
        <span className="t3 sm clip">{source === title ? 'statistics' : `${source}, statistics`}</span>
        <span className="spring" />
        <Action quiet icon={<Cross size={14} />} label="Close the statistics" onClick={onClose} />
      </div>
      {error ? (
        <FailureState failure={error} onRetry={() => void refetch()} inline />
      ) : !data ? (
        <Skeleton rows={12} />
      ) : (
        <>
          <div className={isPlaceholderData ? 'record-body view-dim' : 'record-body'}>
            <FieldFigures stats={data} />
            <div className="stats-order">
              <Segmented label="Order of the values" options={orders} value={order} onChange={setOrder} />
            </div>
            <Values stats={data} order={order} name={queryName(column, columns)} onTerm={onTerm} />
          </div>
          <div className="panel-foot">
            <span className="clip">
              {formatCount(Math.min(data[order].length, data.distinct))} of {formatNoun(data.distinct, 'value')} shown
              {from !== null && `, from ${from}`}
            </span>
            <span className="spring" />
            {data.distinct > FEW && (
              <button type="button" className="link-button" onClick={() => setLimit(limit === FEW ? MANY : FEW)}>
                {limit === FEW ? `Show ${formatCount(Math.min(MANY, data.distinct))}` : 'Show fewer'}
              </button>
            )}
          </div>
        </>
      )}
    </aside>
  )
}

type ValuesProps = { stats: FieldStats; order: 'most' | 'least'; name: string; onTerm: (term: string) => void }

function Values({ stats, order, name, onTerm }: ValuesProps) {
  const zone = useZone()
  const line = (value: string, count: number, span: string) => {
    const can = value.length <= TERM_VALUE_MAX && termText(name, value) !== null
    const add = (negated: boolean) => {
      const term = termText(name, value, negated)
      if (term !== null) onTerm(term)
    }
    const said = value === '' ? 'rows without a value' : value.slice(0, 100)
    return (
      <li key={`value ${value}`} className="stats-value">
        <div className="stats-text">
          {value === '' ? (
            <span className="t3">empty</span>
          ) : (
            <span className="mono stats-cell" title={value.slice(0, 1_000)}>
              <CellText text={value.slice(0, 300)} />
            </span>
          )}
          {span !== '' && <span className="t3 sm num">{span}</span>}
        </div>
        <span className="num">{formatCount(count)}</span>
        <span className="num t3">{formatPercent(count / Math.max(1, stats.total))}</span>
        <Action
          quiet
          icon={<Filter size={12} />}
          label={`Only this: ${said}`}
          disabled={!can}
          onClick={() => add(false)}
        />
        <Action
          quiet
          icon={<FilterRemove size={12} />}
          label={`Not this: ${said}`}
          disabled={!can}
          onClick={() => add(true)}
        />
      </li>
    )
  }
  const spanOf = ({ firstTime, lastTime }: FieldStats['most'][number]): string =>
    firstTime === null || lastTime === null ? '' : formatSpan(firstTime, lastTime, zone)
  return (
    <ul className="stats-values" aria-label={order === 'most' ? 'Most frequent values' : 'Least frequent values'}>
      {stats[order].map((one) => line(String(one.value), one.count, spanOf(one)))}
      {stats.empty > 0 && line('', stats.empty, '')}
    </ul>
  )
}
