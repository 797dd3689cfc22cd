import { useSyncExternalStore } from 'react'

/** Below this width (200 % zoom) side panes lie over a view instead of beside it. */
const NARROW = '(max-width: 1099px)'

const subscribe = (listener: () => void) => {
  const query = matchMedia(NARROW)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches)
