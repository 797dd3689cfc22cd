import { AppError } from '#contract/appError'
import type { Preview } from '#contract/datasets'
import { listMembers } from './listMembers.ts'
import { previewFile, type PreviewRequest } from './previewFile.ts'

/** Members that are tried for one that is a table. */
const TRIED_MAX = 20

/** A preview of a file, or of the first member of a ZIP archive that is a table. Fails as previewFile does. */
export async function previewArchive(
  file: PreviewRequest,
  cancelled: () => boolean,
): Promise<Omit<Preview, 'remembered' | 'mapping'>> {
  const found = file.member ? null : await listMembers(file.path, cancelled)
  if (found === null) return { ...(await previewFile(file)), members: [] }
  for (const { name } of found.members.slice(0, TRIED_MAX)) {
    try {
      const preview = await previewFile({ ...file, member: name, name: `${file.name}/${name}` })
      return { ...preview, members: found.members }
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not-a-table') throw error
    }
  }
  const [first] = found.refused
  throw new AppError('not-a-table', `The archive holds no table${first ? `; ${first.name}: ${first.message}` : '.'}`)
}
