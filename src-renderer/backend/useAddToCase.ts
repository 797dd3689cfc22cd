import type { Input, Output } from '#contract/contract'
import { formatCount } from '../ui/formatNumber.ts'
import { useUndo } from '../ui/Undo.tsx'
import { useBackend } from './BackendContext.ts'

/** What is added to a case: rows of a dataset, or anything by its id. */
export type AddedToCase = { rows: Input<'cases.addRows'>['rows'] } | { links: Input<'cases.link'>['links'] }
/** A case of the workspace, by id and name; `made`: it was opened just now, for this. */
export type ChosenCase = { id: string; name: string; made: boolean }

export const caseName = ({ number, title }: { number: number; title: string }): string =>
  `${String(number).padStart(3, '0')} ${title}`

/**
 * Adds things to a case, or to a new one of that title; says what became of it and offers to take exactly that back, a case
 * that was opened for it included. It goes on when the menu it was asked in is closed.
 */
export function useAddToCase(): (to: ChosenCase | { title: string }, added: AddedToCase, said: string) => void {
  const backend = useBackend()
  const undo = useUndo()
  async function chosenOf(to: ChosenCase | { title: string }): Promise<ChosenCase> {
    if ('id' in to) return to
    const made = await backend.call('cases.create', { title: to.title })
    return { id: made.id, name: caseName(made), made: true }
  }
  const joined = (id: string, added: AddedToCase): Promise<Output<'cases.link'>> =>
    'rows' in added
      ? backend.call('cases.addRows', { id, rows: added.rows })
      : backend.call('cases.link', { id, links: added.links })
  async function add(to: ChosenCase | { title: string }, added: AddedToCase, said: string): Promise<void> {
    const { id, name, made } = await chosenOf(to)
    const { added: fresh, known, links } = await joined(id, added)
    if (fresh === 0) return undo.offer(`${said}: in case ${name} already`, () => undefined)
    const before = known > 0 ? `, ${formatCount(known)} were there` : ''
    const takeBack = (): Promise<unknown> =>
      made ? backend.call('cases.delete', { id }) : backend.call('cases.unlink', { id, links })
    undo.offer(`${said} added to case ${name}${before}`, () => void takeBack().catch(tell))
  }
  const tell = (error: unknown): void =>
    undo.offer(error instanceof Error ? error.message : 'It could not be added.', () => undefined)
  return (to, added, said) => void add(to, added, said).catch(tell)
}
