import { useMemo, useRef, useState } from 'react'
import { Cross, Download } from '@blueprintjs/icons'
import { useBackend } from '../../backend/BackendContext.ts'
import { Grid } from '../../grid/Grid.tsx'
import { layoutOf, type GridLayout } from '../../grid/gridColumn.ts'
import { useRoute } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { useWidth } from '../../ui/useWidth.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { ColumnChooser } from './ColumnChooser.tsx'
import { EntityMenu } from './EntityMenu.tsx'
import { FreezeInto } from './FreezeInto.tsx'
import { useHiddenColumns } from './useHiddenColumns.ts'
import { useExport } from './useExport.ts'
import { text } from './cellText.ts'
import { panelColumns } from './panelColumns.tsx'
import { PanelFilters } from './PanelFilters.tsx'
import { panelParams, setSort, sortIn } from './panelParams.ts'
import { SocCell } from './SocCell.tsx'
import { useSoc } from './soc.ts'
import { TileFoot } from './TileFoot.tsx'
import { TileState } from './TileState.tsx'
import { usePanel, type PanelParams, type Row } from './usePanel.ts'
import { usePanelRows } from './usePanelRows.ts'

type PanelTableProps = {
  panel: string
  /** The paged part; its filters and sort stand in the URL. */
  part?: string
  /** One row: "detection". */
  noun: string
  /** Params beside those of the URL. */
  params?: PanelParams
  /** Columns that only the record shows. */
  hide?: readonly string[]
  /** What its search looks through. */
  searches?: string
  /** Widths of columns in px. */
  wide?: Readonly<Record<string, number>>
}

const NOTHING: PanelParams = {}
const NONE: readonly string[] = []

/** A paged panel as a grid: sorted, filtered and paged by the server, with facets where it has them, a record and an export. */
export function PanelTable({
  panel,
  part = 'rows',
  noun,
  params = NOTHING,
  hide = NONE,
  searches,
  wide,
}: PanelTableProps) {
  const route = useRoute()
  const zone = useZone()
  const backend = useBackend()
  const { panels } = useSoc()
  const [opened, setOpened] = useState<Row | null>(null)
  const shape = panels.find((one) => one.id === panel)
  const known = shape?.parts.find(({ name }) => name === part)
  const asked = { ...(shape ? panelParams(shape, route.params) : {}), ...params }
  const { state, data, total } = usePanelRows(panel, part, asked)
  const hasFacets = shape?.parts.some(({ name }) => name === 'facets') ?? false
  const { sort: _sort, order: _order, ...filters } = asked
  const facets = usePanel(panel, {
    parts: hasFacets ? ['facets'] : [part],
    params: hasFacets ? filters : { ...filters, limit: 1 },
  })
  const columns = useMemo(
    () =>
      panelColumns(
        (known?.columns ?? []).filter(({ name }) => !hide.includes(name)),
        {
          sorts: shape?.sorts ?? [],
          zone: zoneLabel(zone),
          ...(wide ? { wide } : {}),
        },
      ),
    [known, shape, zone, hide, wide],
  )
  const box = useRef<HTMLDivElement>(null)
  const sort = sortIn(route.params)
  const { hidden, setHidden } = useHiddenColumns(columns, useWidth(box), sort?.column ?? null)
  const [own, setOwn] = useState<GridLayout | null>(null)
  const layout = useMemo(() => ({ ...(own ?? layoutOf(columns)), hidden }), [own, columns, hidden])
  const out = useExport(backend, panel, part, asked, total)
  const answer = state.part(part)
  if (!shape || !known) return null
  return (
    <div
      className="soc-panel-table"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || opened === null) return
        event.preventDefault()
        setOpened(null)
      }}
    >
      <PanelFilters
        shape={shape}
        facets={hasFacets ? (facets.part('facets')?.rows ?? []) : []}
        {...(searches === undefined ? {} : { searches })}
        counted={data ? formatNoun(total, noun) : ''}
      />
      <div className="soc-table-main">
        <div ref={box} className={state.busy && data ? 'soc-grid soc-dim' : 'soc-grid'}>
          {state.failure && answer && (
            <p className="soc-stale bad sm" role="alert">
              Not refreshed: {state.failure.message}
            </p>
          )}
          <TileState
            state={{ ...state, agree: () => (state.agree(), facets.agree()) }}
            answer={answer}
            empty={<p>No {noun} in this time with these filters.</p>}
          >
            {data && (
              <Grid<Row>
                label={known.title}
                columns={columns}
                data={data}
                sort={sort}
                layout={layout}
                onLayout={(next) => {
                  setOwn(next)
                  if (next.hidden.join() !== hidden.join()) setHidden(next.hidden)
                }}
                onSort={setSort}
                cellMenu={({ row, column }) => {
                  const kind = known.columns.find(({ name }) => name === column)?.kind
                  const value = text(data.rowAt(row)?.[column])
                  const entity =
                    kind === 'address' || kind === 'ja4' || kind === 'host' || kind === 'text' ? kind : null
                  return entity === null || value === '' ? null : <EntityMenu entity={{ kind: entity, value }} />
                }}
                onOpen={(row) => setOpened(data.rowAt(row) ?? null)}
                onSelection={({ cursor }) => {
                  if (opened !== null && cursor !== null) setOpened(data.rowAt(cursor) ?? null)
                }}
              />
            )}
          </TileState>
        </div>
        {opened && (
          <aside className="soc-record" aria-label="Record" data-region="Record">
            <div className="panel-head">
              <h2>Record</h2>
              <span className="spring" />
              <Action quiet icon={<Cross size={12} />} label="Close the record" onClick={() => setOpened(null)} />
            </div>
            <dl className="soc-record-fields">
              {known.columns.map(({ name, title, kind }) => (
                <div key={name}>
                  <dt className="t2">{title}</dt>
                  <dd className={kind === 'text' || kind === 'host' ? 'mono' : undefined}>
                    <SocCell kind={kind} cell={opened[name]} zoned />
                  </dd>
                </div>
              ))}
            </dl>
          </aside>
        )}
      </div>
      <div className="panel-foot">
        <TileFoot answer={answer} version={state.server?.version} rows={formatNoun(total, noun)}>
          <ColumnChooser
            columns={known.columns.filter(({ name }) => !hide.includes(name))}
            hidden={hidden}
            onHidden={setHidden}
          />
          {out.left > 0 && <span className="t2">{formatCount(out.left)} more are left out of an export</span>}
          {out.failure && <span className="bad clip">{out.failure}</span>}
          <Action
            quiet
            icon={<Download size={12} />}
            disabled={total === 0}
            busy={out.busy}
            title="As CSV, as the filters and the sort say"
            onClick={out.run}
          >
            Export {formatNoun(Math.min(total, out.most), noun)}
          </Action>
          <FreezeInto panel={panel} part={part} params={asked} name={known.title} words disabled={total === 0} />
          <Action quiet onClick={() => (state.refresh(), facets.refresh())}>
            Refresh
          </Action>
        </TileFoot>
      </div>
    </div>
  )
}
