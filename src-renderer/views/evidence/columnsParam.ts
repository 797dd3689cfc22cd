import type { GridLayout } from '../../grid/gridColumn.ts'

/** Id of the column that shows the row number; every other id is the position of a column in the source. */
export const ROW_COLUMN = 'row'

/**
 * Shown columns for the URL, by their position in the source, in order: `5!,0-3,9` shows column 5 pinned, then 0, 1, 2, 3, 9.
 * null: as a dataset opens. Widths are not shared.
 */
export function columnsToParam(layout: GridLayout, standard: GridLayout): string | null {
  const text = written(layout)
  return text === written(standard) ? null : text
}

function written(layout: GridLayout): string {
  const hidden = new Set(layout.hidden)
  const pinned = new Set(layout.pinned)
  const shown = layout.order.filter((id) => id !== ROW_COLUMN && !hidden.has(id))
  const parts: { from: number; to: number; pin: boolean }[] = []
  for (const id of [...shown.filter((one) => pinned.has(one)), ...shown.filter((one) => !pinned.has(one))]) {
    const at = Number(id)
    const last = parts.at(-1)
    if (last && !last.pin && !pinned.has(id) && last.to + 1 === at) last.to = at
    else parts.push({ from: at, to: at, pin: pinned.has(id) })
  }
  return parts.map(({ from, to, pin }) => (pin ? `${from}!` : from === to ? `${from}` : `${from}-${to}`)).join(',')
}

/** The layout a URL asks for; what cannot be read is left out, and with nothing left it is the standard one. */
export function columnsFromParam(param: string | null, standard: GridLayout): GridLayout {
  if (param === null) return standard
  const known = new Set(standard.order)
  const shown = new Set<string>()
  const pinned: string[] = standard.pinned.includes(ROW_COLUMN) ? [ROW_COLUMN] : []
  for (const part of param.split(',')) {
    const found = /^(\d{1,6})(?:-(\d{1,6}))?(!)?$/.exec(part.trim())
    if (!found) continue
    const from = Number(found[1])
    const to = Math.min(Number(found[2] ?? from), from + standard.order.length)
    for (let at = from; at <= to; at += 1) {
      const id = String(at)
      if (!known.has(id)) continue
      shown.add(id)
      if (found[3]) pinned.push(id)
    }
  }
  if (shown.size === 0) return standard
  const hidden = standard.order.filter((id) => id !== ROW_COLUMN && !shown.has(id))
  return { order: [ROW_COLUMN, ...shown, ...hidden], hidden, pinned, widths: {} }
}
