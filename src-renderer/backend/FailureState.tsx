import type { ReactNode } from 'react'
import type { AppError } from '#contract/appError'
import { Action } from '../ui/Action.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { failureReference, failureText } from './failureText.ts'

type FailureStateProps = { failure: AppError; onRetry?: () => void; action?: ReactNode; inline?: boolean }

/** A failed call: its message, what is not affected, what to do, its reference. */
export function FailureState({ failure, onRetry, action, inline = false }: FailureStateProps) {
  // What a bug throws in the page has no code.
  const code = failure.code ?? 'internal'
  const text = failureText(code, failure.message)
  return (
    <ErrorState
      title={text.title}
      message={failure.message}
      unaffected={text.unaffected}
      next={text.next}
      code={code}
      reference={failureReference(failure)}
      inline={inline}
      action={action ?? (onRetry ? <Action onClick={onRetry}>Try again</Action> : undefined)}
    />
  )
}
