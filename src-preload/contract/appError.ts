import type { Failure } from './failure.ts'

/** The only error the program throws on purpose: a code from the closed list, a sentence for people, details for programs. */
export class AppError extends Error {
  readonly code: Failure['code']
  readonly detail: Failure['detail']

  constructor(code: Failure['code'], message: string, detail?: Failure['detail'], options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
    this.detail = detail
  }

  static from(failure: Failure): AppError {
    return new AppError(failure.code, failure.message, failure.detail)
  }
}
