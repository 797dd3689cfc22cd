import type { AppError } from '#contract/appError'
import { failureText } from './failureText.ts'

/** A failed command in one line, beside the control that sent it. */
export const FailureLine = ({ failure }: { failure: AppError | null }) =>
  failure && (
    <p className="bad sm" role="alert">
      {failure.message} <span className="t2">{failureText(failure.code ?? 'internal', failure.message).next}</span>
    </p>
  )
