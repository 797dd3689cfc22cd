import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#contract/appError'

/** Text is handed to the disk in pieces of about so many characters. */
const PIECE = 256 * 1_024

/**
 * Writes a file beside the place where it shall stand and moves it there when it is whole; whatever happens before, nothing
 * is left and what stood there stays. `replace` false: AppError 'conflict' where something stands. AppError 'disk-full',
 * 'unreadable-file' where the folder cannot be written to. Answers its bytes.
 */
export function writeFile(path: string, replace: boolean, pieces: Iterable<string | Uint8Array>): number {
  const beside = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}.part`)
  const free = (): void => {
    if (!replace && existsSync(path))
      throw new AppError('conflict', `${basename(path)} is there already. Choose another name.`, { path: 'to' })
  }
  free()
  try {
    writeTo(beside, pieces)
    free()
    renameSync(beside, path)
    return statSync(path).size
  } catch (error) {
    rmSync(beside, { force: true })
    throw ofDisk(error, path)
  }
}

function writeTo(path: string, pieces: Iterable<string | Uint8Array>): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    let waiting = ''
    const write = (whole: Uint8Array): void => {
      let bytes = whole
      while (bytes.length > 0) bytes = bytes.subarray(writeSync(file, bytes))
    }
    const flush = (): void => {
      write(Buffer.from(waiting))
      waiting = ''
    }
    for (const piece of pieces) {
      if (typeof piece !== 'string') {
        flush()
        write(piece)
        continue
      }
      waiting += piece
      if (waiting.length >= PIECE) flush()
    }
    flush()
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function ofDisk(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new AppError('disk-full', 'The disk is full. Nothing was written; free some space and export again.')
  if (
    code === 'ENOENT' ||
    code === 'ENOTDIR' ||
    code === 'EACCES' ||
    code === 'EPERM' ||
    code === 'EROFS' ||
    code === 'EISDIR'
  )
    return new AppError('unreadable-file', `${path} cannot be written: ${String(code)}. Nothing was written.`)
  return error
}
