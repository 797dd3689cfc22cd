import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { PanelColumn } from '#contract/soc'
import type { CellKind } from '#contract/values'
import { useZone } from '../../ui/appearance.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { cellText } from './cellText.ts'
import type { Leads } from './marks.ts'
import { isRight } from './panelColumns.tsx'
import { SocCell } from './SocCell.tsx'
import { useFittingColumns } from './useFittingColumns.ts'
import type { Row } from './usePanel.ts'

const widths: Partial<Record<CellKind, number>> = {
  ...{ address: 150, ja4: 220, level: 110, country: 66, number: 76, percent: 70, flag: 60, campaign: 80, time: 160 },
}
/** Kinds of a known width take it; texts share what is left. */
const share = (kind: CellKind): number | 'auto' => widths[kind] ?? 'auto'

/** Rows of a small part as a table; what does not fit is said. Long lists belong into PanelTable. */
const ROWS_DRAWN = 500

export function PartTable({
  label,
  columns,
  rows,
  leads = {},
}: {
  label: string
  columns: readonly PanelColumn[]
  rows: readonly Row[]
  /** Columns whose numbers lead to the rows behind them. */
  leads?: Leads
}) {
  const zone = useZone()
  const box = useRef<HTMLDivElement>(null)
  const [all, setAll] = useState(false)
  const fit = useFittingColumns(box, columns, rows)
  const left = columns.slice(fit)
  const shown = all ? columns : columns.slice(0, fit)
  return (
    <div ref={box} className="table-twin" tabIndex={0} role="region" aria-label={`${label}, table`}>
      <table className={all && left.length > 0 ? 'table soc-table soc-all' : 'table soc-table'}>
        <colgroup>
          {shown.map(({ name, kind }) => (
            <col key={name} style={{ width: share(kind) }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {shown.map(({ name, title, kind }) => (
              <th key={name} className={isRight(kind) ? 'num' : undefined} title={name}>
                {title}
                {kind === 'time' && <span className="t3"> {zoneLabel(zone)}</span>}
              </th>
            ))}
            {left.length > 0 && (
              <th className="soc-more-columns">
                <button
                  type="button"
                  className="link-button"
                  aria-expanded={all}
                  title={left.map(({ title }) => title).join(', ')}
                  aria-label={all ? 'Only the columns that there is room for' : `Show ${left.length} more columns`}
                  onClick={() => setAll(!all)}
                >
                  {all ? 'fewer' : `${left.length} more`}
                </button>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS_DRAWN).map((row, n) => (
            <tr key={n}>
              {shown.map(({ name, kind }) => (
                <td key={name} className={isRight(kind) ? 'num' : undefined}>
                  <Behind href={leads[name]?.(row) ?? null} said={cellText(kind, row[name])}>
                    <SocCell kind={kind} cell={row[name]} />
                  </Behind>
                </td>
              ))}
              {left.length > 0 && <td />}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > ROWS_DRAWN && (
        <p className="t2 sm soc-more">
          {ROWS_DRAWN} of {rows.length} rows shown; the CSV has all.
        </p>
      )}
    </div>
  )
}

const Behind = ({ href, said, children }: { href: string | null; said: string; children: ReactNode }) =>
  href === null || said === '' ? (
    children
  ) : (
    <a className="soc-behind" href={`#${href}`} title="The rows behind it">
      {children}
      <span className="visually-hidden">, the rows behind it</span>
    </a>
  )
