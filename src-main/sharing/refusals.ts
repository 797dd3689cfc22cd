import { AppError } from '#contract/appError'

/** A case file that is damaged or was never one; `what` says where. Nothing was changed by it. */
export const altered = (what: string, cause?: unknown): AppError =>
  new AppError(
    'invalid-input',
    `The case file is damaged or was altered: ${what}. Nothing was changed. Ask for it again.`,
    { path: 'ticket' },
    { cause },
  )
