import { keepPreviousData, QueryClient, skipToken, useMutation, useQuery } from '@tanstack/react-query'
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import type { Input, Output } from '#contract/contract'
import type { AppError } from '#contract/appError'
import { useBackend } from './BackendContext.ts'
import type { CommandName, QueryName } from './commandNames.ts'

export const callKey = <K extends QueryName>(name: K, input: Input<K>) => [name, input] as const

/** Answers stay fresh until a topic makes them stale (invalidation.ts). `always`: the program works without a network. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 60_000,
        retry: false,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })

/**
 * Asks a query and keeps the answer up to date. `input` null: do not ask yet. While a new input is asked the old answer
 * stays (`isPlaceholderData`). Leaving the view cancels. `everyMs`: asks again after so many milliseconds, while the window is
 * in view.
 */
export function useCall<K extends QueryName>(
  name: K,
  input: Input<K> | null,
  { everyMs = null }: { everyMs?: number | null } = {},
): UseQueryResult<Output<K>, AppError> {
  const backend = useBackend()
  return useQuery<Output<K>, AppError>({
    queryKey: [name, input],
    queryFn: input === null ? skipToken : ({ signal }) => backend.call(name, input, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs ?? false,
  })
}

/** Carries out a command: `const rename = useCommand('hunts.update'); rename.mutate({ id, name })`. */
export function useCommand<K extends CommandName>(name: K): UseMutationResult<Output<K>, AppError, Input<K>> {
  const backend = useBackend()
  return useMutation<Output<K>, AppError, Input<K>>({ mutationFn: (input) => backend.call(name, input) })
}
