import type { PanelColumn } from '#contract/soc'
import type { CellKind } from '#contract/values'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { cellText } from './cellText.ts'
import { SocCell } from './SocCell.tsx'
import type { Row } from './usePanel.ts'

const widths: Partial<Record<CellKind, number>> = {
  ...{ address: 142, ja4: 262, level: 108, country: 70, asn: 170, campaign: 86, time: 152 },
  ...{ number: 82, percent: 74, flag: 64, list: 240, addresses: 280, ja4s: 420, text: 180 },
}
const RIGHT = new Set<CellKind>(['number', 'percent', 'campaign'])
const MONO = new Set<CellKind>(['address', 'ja4', 'time', 'addresses', 'ja4s'])

export const isRight = (kind: CellKind): boolean => RIGHT.has(kind)

/** Columns of a grid over the rows of a part. `wide`: widths of single columns by name. */
export const panelColumns = (
  columns: readonly PanelColumn[],
  { sorts, zone, wide = {} }: { sorts: readonly string[]; zone: string; wide?: Readonly<Record<string, number>> },
): GridColumn<Row>[] =>
  columns.map(({ name, title, kind }, n) => ({
    id: name,
    title,
    width: wide[name] ?? widths[kind] ?? 160,
    ...(kind === 'time' ? { subtitle: zone } : {}),
    ...(RIGHT.has(kind) ? { align: 'right' as const } : {}),
    ...(kind === 'address' || kind === 'ja4' ? { entity: kind } : {}),
    mono: MONO.has(kind),
    // When it was and who: what stands at the left while the others are scrolled.
    pinned: n === 0 || (n < 3 && kind === 'address'),
    sortable: sorts.includes(name),
    // A click on a host chooses its row; its menu leads on.
    render: (row) =>
      kind === 'text' || kind === 'host' ? cellText(kind, row[name]) : <SocCell kind={kind} cell={row[name]} />,
    text: (row) => cellText(kind, row[name]),
  }))
