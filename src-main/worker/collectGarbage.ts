import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Frees what this thread no longer uses, at once. For after work that leaves large blocks behind which weigh nothing in the
 * engine's own books (memory shared with threads that have ended): it would keep them until something else makes it look.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
}
