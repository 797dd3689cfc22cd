import { useEffect, useState } from 'react'
import type { AppError } from '#contract/appError'
import type { RuleDraft, RuleTest } from '#contract/rules'
import { useCall } from '../../../backend/query.ts'
import { unfinished } from './ruleDrafts.ts'

/** A rule of conditions is tried by itself over so many rows; over more, and with an analyzer, when asked. */
const LIVE_ROWS = 500_000
/** After the last change, in milliseconds. */
const PAUSE_MS = 450

export type Trial = {
  result: RuleTest | undefined
  failure: AppError | null
  pending: boolean
  /** The rule that was tried, which may be a little behind. */
  asked: RuleDraft | null
  /** Whether what is shown is about the rule as it stands. */
  current: boolean
  ask: () => void
}

type Tried = { hunt: string; rows: number; id: string | null; draft: RuleDraft }

/** Tries a rule while it is written: what it would add, keep and remove. */
export function useTrial({ hunt, rows, id, draft }: Tried): Trial {
  const [asked, setAsked] = useState<RuleDraft | null>(null)
  const ready = unfinished(draft) === null && rows > 0
  const live = ready && draft.kind === 'condition' && rows <= LIVE_ROWS
  const text = ready ? JSON.stringify({ ...draft, name: nameOf(draft), enabled: true }) : null
  useEffect(() => {
    if (!live || text === null) return
    const timer = setTimeout(() => setAsked(JSON.parse(text)), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [live, text])
  const { data, error, isFetching, isPlaceholderData } = useCall(
    'rules.test',
    asked === null ? null : { rule: asked, huntId: hunt, limit: 30, ...(id === null ? {} : { id }) },
  )
  const current = asked !== null && JSON.stringify(asked) === text
  return {
    result: data,
    failure: error,
    pending: isFetching || isPlaceholderData || (live && !current),
    asked,
    current,
    ask: () => text !== null && setAsked(JSON.parse(text)),
  }
}

const nameOf = ({ name }: RuleDraft): string => (name.trim() === '' ? 'New rule' : name.trim())
