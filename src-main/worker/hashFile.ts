import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { AppError } from '#contract/appError'

/** SHA-256 of a file in hex. AppError 'cancelled', 'unreadable-file'. */
export async function hashFile(path: string, cancelled: () => boolean): Promise<string> {
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
