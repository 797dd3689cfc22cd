import { useEffect, useState } from 'react'
import type { Sort } from './rowsParams.ts'

/**
 * A stretch of time is found where the rows stand in the order of time; rows without a time come last. Sorts by time where
 * that is not so yet, and goes to the place once the rows are here. The answer takes how many rows with a time come before.
 */
export function useTimeJump(
  { timeColumn, sort, ready }: { timeColumn: string | null; sort: Sort; ready: boolean },
  setSort: (sort: Sort) => void,
  goTo: (position: number) => void,
): (rowsBefore: number) => void {
  const [jump, setJump] = useState<number | null>(null)
  const byTime = timeColumn !== null && sort?.column === timeColumn && !sort.descending
  useEffect(() => {
    if (jump !== null && timeColumn !== null && !byTime) setSort({ column: timeColumn, descending: false })
  }, [jump, byTime, timeColumn, setSort])
  if (jump !== null && byTime && ready) {
    setJump(null)
    goTo(jump)
  }
  return setJump
}
