import { randomBytes, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { constants, copyFile, link, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#contract/appError'

/**
 * A file the user offered. `stored`: the bytes were uploaded and belong to the workspace. `beginning`: only the first of its
 * `size` bytes are there, to be previewed while the rest is on its way.
 */
export type OfferedFile = { path: string; name: string; size: number; stored: boolean; beginning: boolean }

/** Offers that nobody used are forgotten, oldest first, beyond this many. */
const TICKETS_MAX = 20_000
/** Beginnings of files (a few MiB each) that are kept for a preview; the oldest goes when one more comes. */
const BEGINNINGS_MAX = 16

export type Tickets = {
  offer(path: string, name?: string): Promise<string>
  /** `wholeSize`: what is uploaded is only the beginning of a file of so many bytes. */
  upload(
    name: string,
    wholeSize?: number,
  ): Promise<{ write: NodeJS.WritableStream; done(): Promise<string>; abort(): Promise<void> }>
  /** The file behind a ticket; AppError 'not-found' when the ticket is unknown. */
  take(ticket: string): OfferedFile
  /**
   * Moves an uploaded file to where it stays with its dataset; answers the lasting path. Where a dataset has it already, the
   * next one gets a copy. `shared`: it stays where it is for others, until it is discarded. AppError 'unreadable-file' when it
   * is gone, 'disk-full'.
   */
  keep(file: OfferedFile, id: string, shared?: boolean): Promise<string>
  /** Removes an uploaded file that no dataset has taken; nothing when one has. */
  discard(file: OfferedFile): Promise<void>
}

/** Tickets stand for files, so that the page never names a path and can reach only what the user chose. */
export function createTickets(uploads: string, sources: string): Tickets {
  const offered = new Map<string, OfferedFile>()
  const beginnings: string[] = []
  /** The last move of an uploaded file: two imports of it at once must not both move it. */
  const moves = new WeakMap<OfferedFile, Promise<unknown>>()

  async function move(file: OfferedFile, path: string, shared: boolean): Promise<string> {
    await moves.get(file)?.catch(() => undefined)
    try {
      // Nobody ever writes into a source, so a second name for it is as good as a copy.
      if (shared) await link(file.path, path).catch(() => copyFile(file.path, path, constants.COPYFILE_FICLONE))
      else if (dirname(file.path) === sources) await copyFile(file.path, path, constants.COPYFILE_FICLONE)
      else await rename(file.path, path)
    } catch (error) {
      await rm(path, { force: true })
      throw notKept(file.name, error)
    }
    if (!shared) file.path = path
    return path
  }

  function ticketFor(file: OfferedFile): string {
    const ticket = randomBytes(18).toString('base64url')
    offered.set(ticket, file)
    for (const oldest of offered.keys()) {
      if (offered.size <= TICKETS_MAX) break
      offered.delete(oldest)
    }
    return ticket
  }

  async function keepBeginning(ticket: string): Promise<void> {
    beginnings.push(ticket)
    while (beginnings.length > BEGINNINGS_MAX) {
      const oldest = beginnings.shift() ?? ''
      const file = offered.get(oldest)
      offered.delete(oldest)
      if (file) await rm(file.path, { force: true })
    }
  }

  return {
    async offer(path, name = basename(path)) {
      const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
          throw new AppError('not-found', `There is no file ${path}.`)
        throw new AppError('unreadable-file', `${path} cannot be read: ${error.code ?? error.message}.`)
      })
      if (!found.isFile()) throw new AppError('unreadable-file', `${path} is not a file.`)
      return ticketFor({ path, name: plainName(name), size: found.size, stored: false, beginning: false })
    },
    async upload(name, wholeSize) {
      const path = join(uploads, randomUUID())
      const write = createWriteStream(path, { flags: 'wx' })
      await new Promise<void>((resolve, reject) => write.once('open', () => resolve()).once('error', reject))
      return {
        write,
        async done() {
          if (!write.closed) await new Promise<void>((resolve, reject) => write.once('error', reject).end(resolve))
          const { size } = await stat(path)
          const beginning = wholeSize !== undefined && wholeSize > size
          const file = { path, name: plainName(name), size: beginning ? wholeSize : size, stored: true, beginning }
          const ticket = ticketFor(file)
          if (beginning) await keepBeginning(ticket)
          return ticket
        },
        async abort() {
          write.destroy()
          await rm(path, { force: true })
        },
      }
    },
    take(ticket) {
      const file = offered.get(ticket)
      if (!file) throw new AppError('not-found', 'This file is no longer offered. Choose it again.', { path: 'ticket' })
      return file
    },
    async keep(file, id, shared = false) {
      if (!file.stored) return file.path
      const moved = move(file, join(sources, id), shared)
      moves.set(file, moved)
      return moved
    },
    async discard(file) {
      if (file.stored && dirname(file.path) === uploads) await rm(file.path, { force: true })
    },
  }
}

function notKept(name: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new AppError('disk-full', 'The disk of the workspace is full. Free some space and import the file again.')
    : new AppError('unreadable-file', `${name} is no longer kept. Offer it again.`, undefined, { cause: error })
}

/** Folders inside a dropped folder stay in the name; anything that could climb out of one does not. */
function plainName(name: string): string {
  const parts = name.split(/[/\\]/).filter((part) => part !== '' && part !== '.' && part !== '..')
  return parts.join('/').slice(0, 1_000) || 'file'
}
