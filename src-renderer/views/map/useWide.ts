import { useSyncExternalStore } from 'react'

/** Below this width optional columns go (DESIGN: layout). */
const WIDE = '(min-width: 1400px)'

const subscribe = (listener: () => void) => {
  const query = matchMedia(WIDE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

export const useWide = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches)
