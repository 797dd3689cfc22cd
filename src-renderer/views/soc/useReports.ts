import { useCallback, useState } from 'react'

/** What parts of a screen tell the whole of it, by their ids; a part that has nothing (more) to tell says null. */
export function useReports<T>(): [ReadonlyMap<string, T>, (id: string, told: T | null) => void] {
  const [all, setAll] = useState<ReadonlyMap<string, T>>(new Map())
  const report = useCallback(
    (id: string, told: T | null) =>
      setAll((old) => {
        if ((old.get(id) ?? null) === told) return old
        const next = new Map(old)
        if (told === null) next.delete(id)
        else next.set(id, told)
        return next
      }),
    [],
  )
  return [all, report]
}
