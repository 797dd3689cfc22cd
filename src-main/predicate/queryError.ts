import { AppError } from '#contract/appError'

/** A query that cannot be understood: what, where (characters from 0) and a correct example. */
export const queryError = (what: string, at: number, example: string): AppError =>
  new AppError('invalid-input', `${what}, character ${at + 1}. Write ${example}.`, { path: 'q', at })
