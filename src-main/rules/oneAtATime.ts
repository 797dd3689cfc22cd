import { AppError } from '#contract/appError'

/** Lets works of the same name wait for each other, in the order in which they came; one that is cancelled while it waits never begins. */
export function oneAtATime() {
  const last = new Map<string, Promise<void>>()
  return async function inTurn<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = last.get(name)
    let end = (): void => undefined
    const own = new Promise<void>((resolve) => (end = resolve))
    const chained = (before ?? Promise.resolve()).then(() => own)
    last.set(name, chained)
    try {
      if (before) await Promise.race([before, aborted(signal)])
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.')
      return await work()
    } finally {
      end()
      if (last.get(name) === chained) last.delete(name)
    }
  }
}

const aborted = async (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
