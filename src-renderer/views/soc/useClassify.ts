import type { AppError } from '#contract/appError'
import type { Classification } from '#contract/values'
import { useCommand } from '../../backend/query.ts'
import { useUndo } from '../../ui/Undo.tsx'
import { useSoc } from './soc.ts'
import { verdictName } from './verdicts.ts'

type Said = { address: string; classification: Classification; comment: string }

/** Says what an address is, and offers to take it back. `onSaid` and `onTaken`: once the server has it, or has it no more. */
export function useClassify({
  onSaid,
  onTaken,
}: {
  onSaid?: (address: string) => void
  onTaken?: (address: string) => void
} = {}): { say: (said: Said) => void; busy: boolean; failure: AppError | null } {
  const { connection } = useSoc()
  const classify = useCommand('soc.classify')
  const withdraw = useCommand('soc.withdrawClassification')
  const undo = useUndo()
  return {
    say: (said) =>
      classify.mutate(
        { connection: connection.id, ...said },
        {
          onSuccess: ({ address, classification, createdAt }) => {
            onSaid?.(said.address)
            undo.offer(`${address}: ${verdictName(classification).toLowerCase()}`, () =>
              withdraw.mutate(
                { connection: connection.id, address, classification, createdAt },
                { onSuccess: () => onTaken?.(said.address) },
              ),
            )
          },
        },
      ),
    busy: classify.isPending,
    failure: classify.error ?? withdraw.error,
  }
}
