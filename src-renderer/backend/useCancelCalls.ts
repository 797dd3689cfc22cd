import { useQueryClient } from '@tanstack/react-query'
import type { QueryName } from './commandNames.ts'

/** Stops asking these queries: what was answered before stays, and the program stops working on them. */
export function useCancelCalls(): (...names: QueryName[]) => void {
  const client = useQueryClient()
  return (...names) => {
    for (const name of names) void client.cancelQueries({ queryKey: [name] })
  }
}
