import { Bars } from '../../ui/Bars.tsx'
import { num, text } from './cellText.ts'
import type { Row } from './usePanel.ts'

type CountedBarsProps = {
  rows: readonly Row[]
  /** Columns: what is counted, and how often. */
  name: string
  count: string
  noun: string
  label?: (value: string) => string
  /** Where a bar leads; null: nowhere. */
  href?: ((row: Row) => string | null) | undefined
  barWidth?: number
}

/** Rows of a name and a count as bars that lead to what they count. */
export function CountedBars({
  rows,
  name,
  count,
  noun,
  label = (value) => value,
  href,
  barWidth = 90,
}: CountedBarsProps) {
  return (
    <div className="soc-bars">
      <Bars
        noun={noun}
        barWidth={barWidth}
        numberWidth={64}
        items={rows.map((row) => {
          const value = text(row[name])
          const to = href?.(row) ?? null
          return {
            ...{ key: value, label: label(value), title: value, value: num(row[count]) ?? 0 },
            ...(to === null ? {} : { href: to }),
          }
        })}
      />
    </div>
  )
}
