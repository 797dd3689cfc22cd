import type { AlertStatus, CaseStatus, HuntStatus, HypothesisStatus, TaskState } from '#contract/values'
import { capitalised } from './capitalised.ts'

type Status = AlertStatus | CaseStatus | HuntStatus | HypothesisStatus | TaskState

/** How much of the ring is filled; `slash` for what was set aside. */
const fills: Record<Status, number | 'slash'> = {
  new: 0,
  open: 0,
  todo: 0,
  done: 1,
  acknowledged: 0.25,
  'in-progress': 0.5,
  resolved: 1,
  'false-positive': 'slash',
  active: 0.5,
  closed: 1,
  archived: 'slash',
  draft: 0,
  confirmed: 1,
  rejected: 'slash',
}
const colours = { 0: 'var(--text-2)', 1: 'var(--ok)', slash: 'var(--text-3)' }
const PIE = 2 * Math.PI * 1.7

/** Status: fill of a ring and the word. */
export function StatusMark({ status, word = true }: { status: Status; word?: boolean }) {
  const fill = fills[status]
  const colour = fill === 0 || fill === 1 || fill === 'slash' ? colours[fill] : 'var(--accent)'
  const name = capitalised(status)
  return (
    <span className="sev">
      <svg
        width="13"
        height="13"
        viewBox="0 0 13 13"
        role={word ? undefined : 'img'}
        aria-hidden={word}
        aria-label={word ? undefined : name}
      >
        <circle cx="6.5" cy="6.5" r="5.2" fill={fill === 1 ? colour : 'none'} stroke={colour} strokeWidth="1.4" />
        {typeof fill === 'number' && fill > 0 && fill < 1 && (
          <circle
            cx="6.5"
            cy="6.5"
            r="1.7"
            fill="none"
            stroke={colour}
            strokeWidth="3.4"
            strokeDasharray={`${PIE * fill} ${PIE}`}
            transform="rotate(-90 6.5 6.5)"
          />
        )}
        {fill === 1 && <path d="M4 6.6l1.8 1.8L9.2 5" fill="none" stroke="var(--surface)" strokeWidth="1.5" />}
        {fill === 'slash' && <path d="M3 10L10 3" stroke={colour} strokeWidth="1.4" />}
      </svg>
      {word && <span>{name}</span>}
    </span>
  )
}
