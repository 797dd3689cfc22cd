import type { Failure } from '#contract/failure'

/** The failure of a call that has to fail. */
export const failureOf = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => {
      throw new Error('expected a failure')
    },
    (error: Failure) => error,
  )
