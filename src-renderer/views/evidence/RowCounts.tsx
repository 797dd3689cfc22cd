import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { isEverything } from './evidenceRows.ts'
import type { ShownRows } from './useEvidenceRows.ts'

/** How many rows match, of how many. `from`: the server whose copy counted them; null: this computer. */
export function RowCounts({ shown, rows, from }: { shown: ShownRows; rows: number; from: string | null }) {
  const { total } = shown.data
  const all = `${formatNoun(rows, 'row')}${from === null ? '' : ` on ${from}`}`
  if (isEverything(shown.query)) return all
  return (
    <>
      <b className="med">{shown.counting ? `${formatCount(total)} or more` : formatCount(total)}</b> of {all}
    </>
  )
}
