import { randomUUID } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#contract/appError'
import { diskFailure } from '../../src-shared/diskFailure.ts'
import { encrypting, type Lock } from './age.ts'
import { createZipWriter, type ZipWriter } from './writeZip.ts'

/**
 * Writes a case file beside its place and moves it there when it is whole; whatever happens before, nothing is left and what
 * stood there stays. Answers its bytes. AppError 'conflict' where something stands and is not to be replaced, 'disk-full',
 * 'unreadable-file' where the folder cannot be written to.
 */
export async function writeCaseFile(
  { path, replace }: { path: string; replace: boolean },
  lock: Lock,
  fill: (zip: ZipWriter) => Promise<void>,
): Promise<number> {
  const beside = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}.part`)
  const free = (): void => {
    if (!replace && existsSync(path))
      throw new AppError('conflict', `${basename(path)} is there already. Choose another name.`, { path: 'to' })
  }
  free()
  try {
    const file = await open(beside, 'wx', 0o600)
    const out = createWriteStream(beside, { fd: file, flush: true })
    out.on('error', () => undefined)
    try {
      const sink = await encrypting(lock, out)
      const zip = createZipWriter(sink.write)
      await fill(zip)
      await zip.end()
      await sink.end()
      if (out.errored) throw out.errored
    } finally {
      out.destroy()
      await file.close().catch(() => undefined)
    }
    free()
    await rename(beside, path)
    return (await stat(path)).size
  } catch (error) {
    await rm(beside, { force: true })
    throw diskFailure(error, path)
  }
}
