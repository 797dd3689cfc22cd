import { useSyncExternalStore } from 'react'

/** Below this width (200 % zoom) side panes lie over the rows instead of beside them. */
const query = matchMedia('(max-width: 1099px)')
const subscribe = (listener: () => void) => {
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches)
