import { useId } from 'react'
import type { Column } from '#contract/datasets'
import { dayFirstText, dayMonthOf } from '../../ui/dayMonth.ts'

type DayMonthFieldsProps = {
  columns: readonly Column[]
  timeColumn: string | null
  /** What is chosen otherwise than it is read now. */
  chosen: Readonly<Record<string, boolean>>
  disabled: boolean
  onChange: (chosen: Record<string, boolean>) => void
}

/** Which of day and month comes first, for every column with dates such as 01/02/2024; the time of the row first. */
export function DayMonthFields({ columns, timeColumn, chosen, disabled, onChange }: DayMonthFieldsProps) {
  const id = useId()
  const dated = columns
    .flatMap((column) => {
      const order = dayMonthOf(column)
      return order ? [{ name: column.name, order }] : []
    })
    .toSorted((a, b) => Number(b.name === timeColumn) - Number(a.name === timeColumn))
  return dated.map(({ name, order }, index) => {
    const own = chosen[name] !== undefined
    const value = chosen[name] ?? order.dayFirst
    return [
      <label key={`${name} label`} htmlFor={`${id}-${index}`} className={own ? 'own' : 't2'}>
        {dated.length === 1 ? 'Day, month' : `Dates of ${name}`}
      </label>,
      <div key={name}>
        <select
          id={`${id}-${index}`}
          className="text-field"
          value={String(value)}
          disabled={disabled}
          onChange={({ target }) => {
            const { [name]: _was, ...others } = chosen
            const dayFirst = target.value === 'true'
            onChange(dayFirst === order.dayFirst || target.value === 'null' ? others : { ...others, [name]: dayFirst })
          }}
        >
          {order.dayFirst === null && <option value="null">Contradictory, read as text</option>}
          {[true, false].map((first) => (
            <option key={String(first)} value={String(first)}>
              {dayFirstText(first)}
            </option>
          ))}
        </select>
        {order.note !== '' && !own && <p className="t3 sm">{order.note}</p>}
      </div>,
    ]
  })
}
