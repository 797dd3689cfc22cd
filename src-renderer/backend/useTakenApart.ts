import { useMemo, useState } from 'react'
import type { Output } from '#contract/contract'
import type { Split } from '#contract/datasets'
import { useCall } from './query.ts'

/** Cells that are looked at, and characters of all of them together. */
const CELLS_MAX = 50
const LENGTH_MAX = 150_000

/** What packed cells give; asked for only when somebody wants to see it. `cells` null: they are not here yet. */
export function useTakenApart(cells: readonly string[] | null) {
  const [asked, setAsked] = useState<{ split: Split | null } | null>(null)
  const some = useMemo(() => (cells === null ? null : firstFilled(cells)), [cells])
  const { data, isPlaceholderData } = useCall(
    'mappings.takeApart',
    asked === null || some === null
      ? null
      : { cells: some, ...(asked.split ? { how: asked.split.how, between: asked.split.between } : {}) },
  )
  const found: (Output<'mappings.takeApart'> & { of: number }) | null =
    data && some && !(isPlaceholderData && asked?.split === null) ? { ...data, of: some.length } : null
  return { found, ask: (split: Split | null) => setAsked({ split }) }
}

function firstFilled(cells: readonly string[]): string[] {
  const found: string[] = []
  let left = LENGTH_MAX
  for (const cell of cells) {
    if (cell === '' || cell.length > left) continue
    found.push(cell)
    left -= cell.length
    if (found.length === CELLS_MAX) break
  }
  return found
}
