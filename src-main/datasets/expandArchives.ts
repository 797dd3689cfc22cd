import { AppError } from '#contract/appError'
import type { ImportReport } from '#contract/datasets'
import type { OfferedFile } from '../files/tickets.ts'
import type { Store } from '../worker/pool.ts'
import type { ChosenFile } from './importFiles.ts'

/**
 * Puts in place of each ZIP archive its members that can be tables. `failed` are members that cannot, with the reason, and
 * archives that cannot be read; `archives` are those that were opened. AppError cancelled.
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
        failed.push({ file: file.name, code: 'not-a-table', message: 'The archive is empty.' })
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error
      // The import itself says what is wrong with a file that cannot be read.
      if (error.code === 'unreadable-file') chosen.push(one)
      else failed.push({ file: file.name, code: error.code, message: error.message })
    }
  }
  return { chosen, failed, archives }
}
