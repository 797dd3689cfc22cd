import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { AppError } from '#contract/appError'
import { openSource } from '../importer/readSource.ts'

/** SHA-256 of a file, or of a member of a ZIP archive, in hex. AppError 'cancelled', 'unreadable-file', for a member also as openSource. */
export async function hashFile(path: string, cancelled: () => boolean, member: string | null = null): Promise<string> {
  if (member !== null) return hashMember(path, member, cancelled)
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 4_194_304 })) {
      if (cancelled()) throw new AppError('cancelled', 'Cancelled.')
      hash.update(chunk)
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('unreadable-file', 'The file cannot be read any more.', undefined, { cause: error })
  }
  return hash.digest('hex')
}

async function hashMember(path: string, member: string, cancelled: () => boolean): Promise<string> {
  const source = await openSource(path, { hash: true, member })
  try {
    while ((await source.next()) !== null) if (cancelled()) throw new AppError('cancelled', 'Cancelled.')
    return await source.sha256()
  } finally {
    await source.close()
  }
}
