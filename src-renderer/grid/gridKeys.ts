/** Where the keys stand: row -1 is the header. */
export type GridCursor = { row: number; column: number }
export type KeyPress = { key: string; ctrl: boolean; shift: boolean; alt: boolean }

const moves: Record<string, (at: GridCursor, size: { rows: number; columns: number; page: number }) => GridCursor> = {
  ArrowUp: (at) => ({ ...at, row: at.row - 1 }),
  ArrowDown: (at) => ({ ...at, row: at.row + 1 }),
  ArrowLeft: (at) => ({ ...at, column: at.column - 1 }),
  ArrowRight: (at) => ({ ...at, column: at.column + 1 }),
  k: (at) => ({ ...at, row: Math.max(0, at.row - 1) }),
  j: (at) => ({ ...at, row: at.row + 1 }),
  PageUp: (at, { page }) => ({ ...at, row: Math.max(0, at.row - page) }),
  PageDown: (at, { page }) => ({ ...at, row: at.row + page }),
  Home: (at) => ({ ...at, column: 0 }),
  End: (at, { columns }) => ({ ...at, column: columns - 1 }),
}
const ctrlMoves: typeof moves = {
  Home: () => ({ row: 0, column: 0 }),
  End: (_, { rows, columns }) => ({ row: rows - 1, column: columns - 1 }),
  ArrowUp: (at) => ({ ...at, row: 0 }),
  ArrowDown: (at, { rows }) => ({ ...at, row: rows - 1 }),
  ArrowLeft: moves['Home'] ?? ((at) => at),
  ArrowRight: moves['End'] ?? ((at) => at),
}

/** Where a key moves the cursor, within the table; undefined when the key does not move. `page` is the rows of one screen. */
export function moveByKey(
  press: KeyPress,
  at: GridCursor,
  size: { rows: number; columns: number; page: number },
): GridCursor | undefined {
  if (press.alt) return undefined
  const move = (press.ctrl ? ctrlMoves : moves)[press.key]
  if (!move) return undefined
  const to = move(at, size)
  return {
    row: Math.max(-1, Math.min(to.row, size.rows - 1)),
    column: Math.max(0, Math.min(to.column, size.columns - 1)),
  }
}
