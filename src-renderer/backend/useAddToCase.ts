import type { Input, Output } from '#contract/contract'
import { formatCount } from '../ui/formatNumber.ts'
import { useUndo } from '../ui/Undo.tsx'
import type { ChosenCase } from './CaseChoice.tsx'
import { useCommand } from './query.ts'

/** What is added to a case: rows of a dataset, or anything by its id. */
export type AddedToCase = { rows: Input<'cases.addRows'>['rows'] } | { links: Input<'cases.link'>['links'] }

/** Adds things to a case, says what became of it and offers to take exactly that back, a case that was opened for it included. */
export function useAddToCase(): (chosen: ChosenCase, added: AddedToCase, said: string) => void {
  const link = useCommand('cases.link')
  const addRows = useCommand('cases.addRows')
  const unlink = useCommand('cases.unlink')
  const remove = useCommand('cases.delete')
  const undo = useUndo()
  return ({ id, name, made }, added, said) => {
    const onSuccess = ({ added: fresh, known, links }: Output<'cases.link'>) => {
      if (fresh === 0) return undo.offer(`${said}: in case ${name} already`, () => undefined)
      const before = known > 0 ? `, ${formatCount(known)} were there` : ''
      undo.offer(`${said} added to case ${name}${before}`, () =>
        made ? remove.mutate({ id }) : unlink.mutate({ id, links }),
      )
    }
    const onError = ({ message }: Error) => undo.offer(message, () => undefined)
    if ('rows' in added) addRows.mutate({ id, rows: added.rows }, { onSuccess, onError })
    else link.mutate({ id, links: added.links }, { onSuccess, onError })
  }
}
