import { AppError } from '#contract/appError'
import type { ImportReport } from '#contract/datasets'
import type { OfferedFile } from '../files/tickets.ts'
import type { Store } from '../worker/pool.ts'
import type { ChosenFile } from './importFiles.ts'

/**
 * Puts in place of each ZIP archive its members that can be tables. `failed` are members that cannot, with the reason;
 * `archives` are those that were opened. AppError cancelled.
 */
export async function expandArchives(
  store: Store,
  files: readonly ChosenFile[],
  signal: AbortSignal,
): Promise<{ chosen: ChosenFile[]; failed: ImportReport['failed']; archives: OfferedFile[] }> {
  const chosen: ChosenFile[] = []
  const failed: ImportReport['failed'] = []
  const archives: OfferedFile[] = []
  for (const one of files) {
    const { file } = one
    try {
      const found = await store.task({ signal }).evidence.members(file.path)
      if (found === null) {
        chosen.push(one)
        continue
      }
      archives.push(file)
      // A name given to the archive cannot be the name of each of its members.
      const alone = found.members.length === 1
      for (const member of found.members) chosen.push({ ...one, member, name: alone ? one.name : undefined })
      for (const { name, code, message } of found.refused) failed.push({ file: `${file.name}/${name}`, code, message })
      if (found.members.length === 0 && found.refused.length === 0)
        chosen.push({ ...one, refused: new AppError('not-a-table', 'The archive is empty.') })
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error
      // It is kept with its reason, as any file that cannot be read.
      chosen.push({ ...one, refused: error })
    }
  }
  return { chosen, failed, archives }
}
