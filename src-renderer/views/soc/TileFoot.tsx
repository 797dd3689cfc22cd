import { useState } from 'react'
import type { PartAnswer } from '#contract/soc'
import type { ReactNode } from 'react'
import { formatDuration, formatNoun } from '../../ui/formatNumber.ts'
import { SqlDialog } from './SqlDialog.tsx'
import { useNow } from './useNow.ts'

const timeText = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : formatDuration(ms / 1000))

/** `SQL · age · rows · time`: what an answer stands on, and what was left out of it. */
export function TileFoot({
  answer,
  version,
  rows,
  children,
}: {
  answer: PartAnswer | undefined
  version: string | undefined
  /** Instead of the rows that came. */
  rows?: string
  children?: ReactNode
}) {
  const [open, setOpen] = useState(false)
  if (!answer)
    return (
      <>
        <span className="spring" />
        {children}
      </>
    )
  return (
    <>
      <button
        type="button"
        className="link-button"
        onClick={() => setOpen(true)}
        title="Show the SQL with its parameters"
      >
        SQL
      </button>
      <span className="soc-foot clip">
        <Age at={answer.at} />
        {answer.failure === null && (
          <>
            {' · '}
            {rows ?? formatNoun(answer.rows.length, 'row')}
            {answer.cut && ', more left out'}
            {answer.cutTexts > 0 && `, ${formatNoun(answer.cutTexts, 'long text')} cut`}
          </>
        )}
        {' · '}
        {timeText(answer.milliseconds)}
      </span>
      <span className="spring" />
      {children}
      <SqlDialog answer={answer} version={version} open={open} onClose={() => setOpen(false)} />
    </>
  )
}

function Age({ at }: { at: string }) {
  const seconds = Math.max(0, Math.round((useNow() - Date.parse(at)) / 1000))
  return <>{seconds < 60 ? `${seconds} s old` : `${formatDuration(seconds)} old`}</>
}
