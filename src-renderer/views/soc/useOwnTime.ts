import { useRoute } from '../../state/route.ts'

/** For links out of a panel that looks back so many seconds to one that looks back otherwise: its time, unless one is set. */
export function useOwnTime(seconds: number): { last?: number } {
  const { params } = useRoute()
  const set = ['from', 'to', 'last'].some((name) => (params.get(name) ?? '') !== '')
  return set ? {} : { last: seconds }
}
