import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#contract/appError'
import { diskFailure } from '../../src-shared/diskFailure.ts'

/** Text is handed to the disk in pieces of about so many characters. */
const PIECE = 256 * 1_024

/**
 * Writes a file beside the place where it shall stand and moves it there when it is whole; whatever happens before, nothing
 * is left and what stood there stays. `replace` false: AppError 'conflict' where something stands. AppError 'disk-full',
 * 'unreadable-file' where the folder cannot be written to. Answers its bytes.
 */
export function writeFile(path: string, replace: boolean, pieces: Iterable<string | Uint8Array>): number {
  const file = beside(path, replace)
  try {
    for (const piece of pieces) file.write(piece)
    return file.place()
  } catch (error) {
    throw file.discard(error)
  }
}

/** The same with pieces that have to be waited for. */
export async function writeFileAsItComes(
  path: string,
  replace: boolean,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<number> {
  const file = beside(path, replace)
  try {
    for await (const piece of pieces) file.write(piece)
    return file.place()
  } catch (error) {
    throw file.discard(error)
  }
}

type FileBeside = {
  write(piece: string | Uint8Array): void
  /** Moves it to where it shall stand; answers its bytes. */
  place(): number
  /** Leaves nothing; answers what to throw. */
  discard(error: unknown): unknown
}

function beside(path: string, replace: boolean): FileBeside {
  const part = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}.part`)
  const free = (): void => {
    if (!replace && existsSync(path))
      throw new AppError('conflict', `${basename(path)} is there already. Choose another name.`, { path: 'to' })
  }
  free()
  let file: number | null = null
  let waiting = ''
  const open = (): number => (file ??= openSync(part, 'wx', 0o600))
  const close = (): void => {
    if (file !== null) closeSync(file)
    file = null
  }
  const toDisk = (whole: Uint8Array): void => {
    let bytes = whole
    while (bytes.length > 0) bytes = bytes.subarray(writeSync(open(), bytes))
  }
  const flush = (): void => {
    toDisk(Buffer.from(waiting))
    waiting = ''
  }
  return {
    write(piece) {
      if (typeof piece === 'string') {
        waiting += piece
        if (waiting.length >= PIECE) flush()
      } else {
        flush()
        toDisk(piece)
      }
    },
    place() {
      flush()
      fsyncSync(open())
      close()
      free()
      renameSync(part, path)
      return statSync(path).size
    },
    discard(error) {
      close()
      rmSync(part, { force: true })
      return diskFailure(error, path)
    },
  }
}
