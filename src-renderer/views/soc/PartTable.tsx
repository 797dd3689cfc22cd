import type { PanelColumn } from '#contract/soc'
import type { CellKind } from '#contract/values'
import { useZone } from '../../ui/appearance.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { isRight } from './panelColumns.tsx'
import { SocCell } from './SocCell.tsx'
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
}: {
  label: string
  columns: readonly PanelColumn[]
  rows: readonly Row[]
}) {
  const zone = useZone()
  return (
    <div className="table-twin" tabIndex={0} role="region" aria-label={`${label}, table`}>
      <table className="table soc-table">
        <colgroup>
          {columns.map(({ name, kind }) => (
            <col key={name} style={{ width: share(kind) }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ name, title, kind }) => (
              <th key={name} className={isRight(kind) ? 'num' : undefined} title={name}>
                {title}
                {kind === 'time' && <span className="t3"> {zoneLabel(zone)}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS_DRAWN).map((row, n) => (
            <tr key={n}>
              {columns.map(({ name, kind }) => (
                <td key={name} className={isRight(kind) ? 'num' : undefined}>
                  <SocCell kind={kind} cell={row[name]} />
                </td>
              ))}
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
