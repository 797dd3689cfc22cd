import { useEffect, useId, useRef, useState } from 'react'
import { Download, Media, Refresh, Th } from '@blueprintjs/icons'
import type { ReactNode } from 'react'
import { Action } from '../../ui/Action.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { csvOf, saveCsv, savePng } from './exportRows.ts'
import { FreezeInto } from './FreezeInto.tsx'
import type { Leads } from './marks.ts'
import { PartTable } from './PartTable.tsx'
import { useSoc } from './soc.ts'
import { TileFoot } from './TileFoot.tsx'
import { TileState } from './TileState.tsx'
import { usePanel, type PanelParams, type Row } from './usePanel.ts'
import './socTiles.css'

type TileProps = {
  panel: string
  part: string
  params?: PanelParams
  /** Instead of the title of the part. */
  title?: string
  /** What is counted or sorted by, beside the title. */
  sub?: ReactNode
  /** Links and controls at the right of the title. */
  right?: ReactNode
  empty?: ReactNode
  /** Grid area and the like. */
  className?: string
  /** Draws the rows; without it they are a table. */
  draw?: (rows: readonly Row[]) => ReactNode
  /** Where numbers of the table, or of the twin of what is drawn, lead. */
  leads?: Leads | ((rows: readonly Row[]) => Leads)
  /** What `draw` makes is a chart, so that it can be saved as a picture. */
  chart?: boolean
}

/** One part of a panel on screen: its drawing with a table twin, its failure, its SQL, age and cost. It is asked on its own. */
export function Tile({
  panel,
  part,
  params,
  title,
  sub,
  right,
  empty,
  className = '',
  draw,
  leads,
  chart = false,
}: TileProps) {
  const { connection, panels, report } = useSoc()
  const state = usePanel(panel, { parts: [part], ...(params === undefined ? {} : { params }) })
  const [table, setTable] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  const id = useId()
  const shape = panels.find((one) => one.id === panel)
  const known = shape?.parts.find(({ name }) => name === part)
  const answer = state.part(part)
  const failed = answer ? answer.failure !== null : state.failure !== null
  const settled = answer !== undefined || state.failure !== null
  useEffect(() => {
    report(id, settled ? !failed : null)
    return () => report(id, null)
  }, [report, id, settled, failed])
  const name = title ?? known?.title ?? part
  const rows = answer?.rows ?? []
  const file = `${panel}-${part}`
  return (
    <Panel
      title={<span title={shape?.question}>{name}</span>}
      sub={sub}
      right={right}
      padded={false}
      className={`soc-tile ${className}`}
      footer={
        <TileFoot answer={answer} version={state.server?.version}>
          {answer?.failure === null && rows.length > 0 && (
            <>
              {draw && (
                <Action
                  quiet
                  icon={<Th size={12} />}
                  label={`${name} as a table`}
                  pressed={table}
                  onClick={() => setTable(!table)}
                />
              )}
              {chart && !table && (
                <Action
                  quiet
                  icon={<Media size={12} />}
                  label={`Save ${name} as PNG`}
                  onClick={() => body.current && void savePng(file, `${name} · ${connection.name}`, body.current)}
                />
              )}
              <Action
                quiet
                icon={<Download size={12} />}
                label={`Save ${name} as CSV`}
                onClick={() => saveCsv(file, csvOf(answer.columns, rows))}
              />
              <FreezeInto panel={panel} part={part} params={params} name={name} />
            </>
          )}
          <Action
            quiet
            icon={<Refresh size={12} />}
            label={`Refresh ${name}`}
            busy={state.busy}
            onClick={state.refresh}
          />
        </TileFoot>
      }
    >
      <div ref={body} className={state.busy && answer ? 'soc-tile-body soc-dim' : 'soc-tile-body'}>
        {state.failure && answer && (
          <p className="soc-stale bad sm" role="alert">
            Not refreshed: {state.failure.message}
          </p>
        )}
        <TileState state={state} answer={answer} empty={empty ?? <p>Nothing in this time.</p>}>
          {draw && !table
            ? draw(rows)
            : answer && (
                <PartTable
                  label={name}
                  columns={answer.columns}
                  rows={rows}
                  leads={typeof leads === 'function' ? leads(rows) : (leads ?? {})}
                />
              )}
        </TileState>
      </div>
    </Panel>
  )
}
