import type { Alert } from '#contract/alerts'
import { useCall } from '../../backend/query.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'

/** How often the rule met its conditions for this actor within the minutes that it makes one alert of. */
export function RuleCounter({ alert }: { alert: Alert }) {
  const conditions = alert.rule !== null && alert.analyzer === 'condition_rule'
  const { data } = useCall('rules.get', conditions && alert.rule ? { id: alert.rule.id } : null)
  if (!conditions) return null
  const minutes = data?.kind === 'condition' ? data.dedupeMinutes : null
  const why =
    minutes === null
      ? 'Rows of one actor are one alert'
      : `Rows of one actor within ${formatNoun(minutes, 'minute')} are one alert`
  return (
    <span className="chip figure" title={why}>
      {formatCount(alert.evidenceTotal)}×<span className="visually-hidden"> {why}</span>
    </span>
  )
}
