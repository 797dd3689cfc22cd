import type { FieldStats } from '#contract/rows'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatNumber, formatPercent } from '../../ui/formatNumber.ts'
import { formatTime } from '../../ui/formatTime.ts'

/** Rows, distinct and empty values of a column, and the span of its numbers or times. */
export function FieldFigures({ stats }: { stats: FieldStats }) {
  const zone = useZone()
  const { total, distinct, empty, numbers, times } = stats
  const share = (part: number): string => (total === 0 ? '' : formatPercent(part / total))
  const figure = (name: string, value: string, note = '') => (
    <div key={name} className="stats-figure">
      <dt className="t2">{name}</dt>
      <dd className="num">{value}</dd>
      <dd className="t3 num">{note}</dd>
    </div>
  )
  return (
    <dl className="stats-figures">
      {figure('Rows that match', formatCount(total))}
      {figure('Distinct values', formatCount(distinct))}
      {figure('Empty', formatCount(empty), share(empty))}
      {numbers && [
        ...(numbers.count < total - empty ? [figure('Numbers', formatCount(numbers.count), share(numbers.count))] : []),
        figure('Smallest', formatNumber(numbers.min, 3)),
        figure('Largest', formatNumber(numbers.max, 3)),
        figure('Mean', formatNumber(numbers.average, 3)),
      ]}
      {times && [
        ...(times.count < total - empty ? [figure('Times', formatCount(times.count), share(times.count))] : []),
        figure('First', formatTime(times.first, zone)),
        figure('Last', formatTime(times.last, zone)),
      ]}
    </dl>
  )
}
