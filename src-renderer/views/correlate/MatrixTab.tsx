import { useMemo, useRef, useState } from 'react'
import { FilterList, Refresh } from '@blueprintjs/icons'
import { FailureState } from '../../backend/FailureState.tsx'
import { useBackend } from '../../backend/BackendContext.ts'
import { useCall } from '../../backend/query.ts'
import { Grid } from '../../grid/Grid.tsx'
import type { GridHandle, GridPlace } from '../../grid/gridProps.ts'
import { NOTHING_SELECTED, type GridSelection } from '../../grid/gridSelection.ts'
import { useCommands } from '../../state/commands.ts'
import { navigate, setParams } from '../../state/route.ts'
import { useNarrow } from '../../state/useNarrow.ts'
import { useZone } from '../../ui/appearance.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useDraft } from '../../ui/useDraft.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { change, kinds, kindTitle, type CorrelateParams } from './correlateParams.ts'
import { CopyTable } from './CopyTable.tsx'
import { listedOf, listedThings, thingsOf, totalOf } from './listedThings.ts'
import { matrixColumns, tableColumns } from './matrixColumns.tsx'
import { MatrixMenu } from './MatrixMenu.tsx'
import { ScopeRail } from './ScopeRail.tsx'
import { ThingPane } from './ThingPane.tsx'
import { placeLinkOf } from './thingLinks.ts'
import { kindTotals, type MatrixRow, type Thing } from './things.ts'
import { questionOf, useOverview, type Answer, type HuntChoice } from './useCorrelation.ts'
import { useMatrixRows } from './useMatrixRows.ts'

type MatrixTabProps = { params: CorrelateParams; all: readonly HuntChoice[]; chosen: readonly HuntChoice[] }

/** Things asked for at once where all are exported. */
const PAGE = 500

const views = [
  { value: 'matrix' as const, label: 'Matrix' },
  { value: 'table' as const, label: 'Table' },
]

/** What hunts share, as a matrix of things and hunts or as a table, with what is left out as noise. */
export function MatrixTab({ params, all, chosen }: MatrixTabProps) {
  const narrow = useNarrow()
  const [scopeOpen, setScopeOpen] = useState(false)
  const question = questionOf(params, chosen)
  const { data: answer, error, refetch, isPlaceholderData, isFetching } = useOverview(question)
  useCommands([{ id: 'correlate.again', title: 'Compare again', group: 'Evidence', run: () => void refetch() }])
  return (
    <div className={`correlate${narrow ? ' narrow' : ''}`}>
      {(!narrow || scopeOpen) && <ScopeRail params={params} all={all} chosen={chosen} answer={answer} />}
      <div className="correlate-main">
        <div className="correlate-bar">
          {narrow && (
            <Action quiet icon={<FilterList size={13} />} pressed={scopeOpen} onClick={() => setScopeOpen(!scopeOpen)}>
              Hunts and noise
            </Action>
          )}
          <Found params={params} answer={question === null ? undefined : answer} />
          <Action quiet icon={<Refresh size={13} />} busy={isFetching} onClick={() => void refetch()}>
            Run again
          </Action>
        </div>
        {error && <FailureState failure={error} onRetry={() => void refetch()} inline={answer !== undefined} />}
        {question === null ? (
          <EmptyState title="No hunt is chosen">
            Choose two or more hunts at the left to see what they share.
          </EmptyState>
        ) : answer ? (
          <div className={isPlaceholderData ? 'correlate-found view-dim' : 'correlate-found'}>
            <Matrix params={params} question={question} answer={answer} />
          </div>
        ) : (
          !error && <Skeleton rows={16} height={24} />
        )}
      </div>
    </div>
  )
}

/** "101 things occur in two or more of 6 hunts; 3 are listed as malicious. Strongest link: ..." */
function Found({ params, answer }: { params: CorrelateParams; answer: Answer | undefined }) {
  const draft = useDraft(params.text, (text) => change({ q: text.trim() }))
  if (!answer) return <span className="spring" />
  const { counts, by, hunts, datasets, strongest, byVerdict, skipped } = answer
  const compared: readonly { id: string; name: string }[] = by === 'hunts' ? hunts : datasets
  const name = (id: string) => compared.find((one) => one.id === id)?.name ?? ''
  const things = counts.iocs + counts.hosts + counts.techniques
  const malicious = byVerdict.find(({ verdict }) => verdict === 'malicious')?.count ?? 0
  return (
    <>
      <p className="correlate-said" title={answer.summary}>
        <b className="med">{formatNoun(things, 'thing')}</b> {things === 1 ? 'occurs' : 'occur'} in two or more of{' '}
        {formatNoun(compared.length, by === 'hunts' ? 'hunt' : 'dataset')}; {formatCount(malicious)}{' '}
        {malicious === 1 ? 'is' : 'are'} listed as malicious.
        {strongest && (
          <span className="said-more">
            {' '}
            Strongest link: {name(strongest.a)} and {name(strongest.b)}, {formatCount(strongest.count)}.
          </span>
        )}
        {skipped.length > 0 && (
          <span className="bad">
            {' '}
            {formatNoun(skipped.length, 'dataset')} could not be read:{' '}
            {skipped.map(({ dataset }) => dataset).join(', ')}.
          </span>
        )}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          draft.keep()
        }}
      >
        <input
          className="text-field correlate-find"
          placeholder="Narrow"
          aria-label="Narrow what is shared"
          value={draft.text}
          onChange={(event) => draft.type(event.target.value)}
          onBlur={draft.keep}
        />
      </form>
    </>
  )
}

function Matrix({
  params,
  question,
  answer,
}: {
  params: CorrelateParams
  question: NonNullable<ReturnType<typeof questionOf>>
  answer: Answer
}) {
  const backend = useBackend()
  const zone = useZone()
  const grid = useRef<GridHandle>(null)
  const { kind, without, as, sel } = params
  const flat = kind !== null || as === 'table'
  const listed = listedOf(question, kind, without)
  const { data: first } = useCall('correlation.run', flat ? { ...listed.question, limit: 1 } : null)
  const rows = useMatrixRows(question, answer, first, params)
  const columns = useMemo(() => (as === 'table' ? tableColumns(zone) : matrixColumns(answer)), [as, zone, answer])
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED)
  const [thing, setThing] = useState<Thing | null>(null)
  const shown = thing && thing.key === sel ? thing : firstNamed(answer, sel)
  const rowAt = (at: number | null): MatrixRow | undefined => (at === null ? undefined : rows.rowAt(at))

  const open = (at: number) => {
    const row = rowAt(at)
    if (row?.is === 'thing') select(row.thing)
    else if (row) change({ kind: row.kind })
  }
  const select = (next: Thing) => {
    setThing(next)
    setParams({ sel: next.key })
  }
  const total = rows.total
  const cellMenu = ({ row, column }: GridPlace) => {
    const found = rowAt(row)
    return found?.is === 'thing' ? (
      <MatrixMenu thing={found.thing} answer={answer} column={column} onOpen={() => select(found.thing)} />
    ) : null
  }
  const fetchAll = async (limit: number): Promise<readonly MatrixRow[]> => {
    const whole = await backend.call('correlation.run', { ...listed.question, limit: 1 })
    const most = Math.min(limit, totalOf(whole, listed))
    const all: MatrixRow[] = []
    for (let offset = 0; offset < most; offset += PAGE) {
      const page = await listedThings(backend, listed, whole, { offset, limit: Math.min(PAGE, most - offset) })
      all.push(...page.map((one): MatrixRow => ({ is: 'thing', thing: one })))
    }
    return all
  }
  const totals = kindTotals(answer)
  const things = flat ? total : kinds.reduce((sum, one) => sum + (without.includes(one) ? 0 : totals[one]), 0)
  return (
    <>
      <div className="matrix-main">
        <div className="correlate-grid">
          <Grid
            ref={grid}
            label="Shared"
            columns={columns}
            data={rows}
            selection={selection}
            onSelection={(next) => {
              setSelection(next)
              const row = rowAt(next.cursor)
              if (row?.is === 'thing' && shown !== null) select(row.thing)
            }}
            onOpen={open}
            cellMenu={cellMenu}
            onKey={(event, { row, column }) => {
              const found = rowAt(row)
              if (event.key !== 'o' || found?.is !== 'thing') return false
              const place = found.thing.places.find(
                ({ huntId, datasetId }) => column === huntId || column === datasetId,
              )
              if (place) navigate(placeLinkOf(found.thing, place))
              return place !== undefined
            }}
            toneOf={(row) => (row.is === 'kind' ? 'kind' : undefined)}
            empty={
              <EmptyState title="Nothing is shared">
                {answer.hidden.total > 0
                  ? `${formatNoun(answer.hidden.total, 'thing')} that these hunts share ${answer.hidden.total === 1 ? 'is' : 'are'} left out as noise. The switches at the left bring them back.`
                  : answer.summary}
              </EmptyState>
            }
          />
        </div>
        <div className="matrix-foot">
          {as === 'matrix' && (
            <span className="heat-legend" aria-hidden>
              Times, by order of magnitude
              {[1, 2, 3, 4, 5].map((step) => (
                <span key={step} className={`heat-swatch heat-${step}`} />
              ))}
            </span>
          )}
          <span className="spring" />
          <span>
            {!flat
              ? `Most frequent of ${formatCount(things)}`
              : kind === null
                ? `${formatNoun(total, 'thing')}, ${without.length === 0 ? 'nothing left out' : 'other kinds switched off'}`
                : `${formatCount(total)} ${kindTitle[kind].toLowerCase()}, nothing left out`}
            {answer.hidden.total > 0 && `, ${formatCount(answer.hidden.total)} hidden`}
          </span>
          {kind !== null && (
            <button type="button" className="link-button" onClick={() => change({ kind: null })}>
              Show all kinds
            </button>
          )}
          <Segmented
            label="Shown as"
            options={views}
            value={as}
            onChange={(value) => change({ as: value === 'table' ? value : null })}
          />
          <CopyTable name="shared" total={things} columns={columns} rows={fetchAll} />
        </div>
      </div>
      {shown && (
        <ThingPane
          key={shown.key}
          thing={shown}
          answer={answer}
          onClose={() => {
            setThing(null)
            setParams({ sel: null })
            grid.current?.focus()
          }}
        />
      )}
    </>
  )
}

/** The thing that the URL names, where it is among the most frequent. */
function firstNamed(answer: Answer, sel: string | null): Thing | null {
  if (sel === null) return null
  const all = [...thingsOf(answer, 'ioc'), ...thingsOf(answer, 'host'), ...thingsOf(answer, 'technique')]
  return all.find(({ key }) => key === sel) ?? null
}
