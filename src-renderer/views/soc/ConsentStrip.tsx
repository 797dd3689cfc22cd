import { Action } from '../../ui/Action.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'

/** One consent for all questions of a screen that would read much; a tile still has its own. */
export function ConsentStrip({
  waiting,
  onAgree,
}: {
  /** Rows that each question would read, by its id. */
  waiting: ReadonlyMap<string, number>
  onAgree: () => void
}) {
  if (waiting.size < 2) return null
  const most = Math.max(...waiting.values())
  return (
    <p className="soc-strip soc-consent" role="status">
      {formatNoun(waiting.size, 'question')} of this screen wait for your consent: they would read up to{' '}
      {formatNoun(most, 'row')} each. <Action onClick={onAgree}>Ask all {waiting.size}</Action>
    </p>
  )
}
