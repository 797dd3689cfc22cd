/** How long the program may take to close before it is ended anyway. */
const CLOSE_MS_MAX = 5_000
/** A terminal and a parent process may both pass on one Ctrl-C: what follows this soon is the same one. */
const SAME_SIGNAL_MS = 400

/**
 * Closes the program in good order on Ctrl-C or a request to end; a second Ctrl-C ends it at once.
 * `code` is the exit code of an orderly end; an end that had to be forced is 1, or 130 when asked for.
 */
export function closeOnSignal(close: () => Promise<void>, code: number): void {
  let first: number | undefined
  const onSignal = () => {
    if (first !== undefined) {
      if (Date.now() - first > SAME_SIGNAL_MS) process.exit(130)
      return
    }
    first = Date.now()
    setTimeout(() => process.exit(1), CLOSE_MS_MAX).unref()
    close().then(
      () => process.exit(code),
      () => process.exit(1),
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
}
