import type { Dialect, Preview } from '#contract/datasets'
import { dayFirstText, dayMonthOf } from '../../ui/dayMonth.ts'
import { formatNoun } from '../../ui/formatNumber.ts'
import { Control } from './Control.tsx'

/** Columns that get a control of their own; exports seldom have more of them. */
const COLUMNS_MAX = 6
const TEXT = 'text'

type DayMonthControlsProps = {
  preview: Preview
  dayFirst: Dialect['dayFirst']
  onChange: (dayFirst: Record<string, boolean>) => void
}

/** Which of day and month comes first, for every column with dates such as 01/02/2024; the time of the row first. */
export function DayMonthControls({ preview, dayFirst, onChange }: DayMonthControlsProps) {
  const dated = preview.columns
    .flatMap((column) => {
      const order = dayMonthOf(column)
      return order ? [{ name: column.name, order }] : []
    })
    .toSorted((a, b) => Number(b.name === preview.timeColumn) - Number(a.name === preview.timeColumn))
  return (
    <>
      {dated.slice(0, COLUMNS_MAX).map(({ name, order }) => (
        <Control
          key={name}
          label={dated.length === 1 ? 'Day, month' : `Dates of ${name}`}
          own={dayFirst?.[name] !== undefined}
          note={order.note}
          value={order.dayFirst === null ? TEXT : String(order.dayFirst)}
          choices={[
            ...(order.dayFirst === null ? [{ value: TEXT, label: 'Contradictory, read as text' }] : []),
            ...[true, false].map((first) => ({
              value: String(first),
              label: dayFirstText(first),
            })),
          ]}
          onChange={(value) => value !== TEXT && onChange({ ...dayFirst, [name]: value === 'true' })}
        />
      ))}
      {dated.length > COLUMNS_MAX && (
        <p className="t3 sm">
          {formatNoun(dated.length - COLUMNS_MAX, 'more column')} with such dates, as detected. Time of the dataset
          changes them after the import.
        </p>
      )}
    </>
  )
}
