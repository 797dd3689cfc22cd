import type { AppError } from '#contract/appError'
import type { TestOutcome } from '#contract/notifications'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { formatCount } from '../../../ui/formatNumber.ts'

type TestResultProps = { pending: boolean; outcome: TestOutcome | undefined; failure: AppError | null }

/** What the receiver answered to the test, word for word. */
export function TestResult({ pending, outcome, failure }: TestResultProps) {
  if (failure)
    return (
      <div className="channel-test">
        <FailureLine failure={failure} />
      </div>
    )
  if (pending) return <p className="channel-test t2">Waiting for the receiver, 15 seconds at most.</p>
  if (!outcome) return null
  const { delivered, reason, status, answer, ms } = outcome
  return (
    <div className="channel-test" role="status">
      <p>
        <b className={delivered ? 'ok' : 'bad'}>{delivered ? 'Arrived' : 'Did not arrive'}</b>{' '}
        <span className="t2">
          {[reason ?? (status === null ? null : `HTTP ${status}`), `${formatCount(ms)} ms`]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
      </p>
      {answer !== null && answer !== '' && <pre className="mono channel-answer">{answer}</pre>}
    </div>
  )
}
