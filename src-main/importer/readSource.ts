import { createHash, type Hash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '#contract/appError'
import { isGzip } from './sniffContainer.ts'
import { openZipMember, type MemberBytes } from './zipMembers.ts'

/** A file to import, or a member of a ZIP archive, as a stream of blocks, unpacked where it is gzip. Always `close` it. */
export type Source = {
  /** Bytes on disk; of a member those it has unpacked. */
  size: number
  /** The blocks do not stand on the disk like that: gzip, or a member of an archive. */
  packed: boolean
  /** The next block after decompression; null at the end. Its memory is used again after two more calls: copy what is to be kept. */
  next(): Promise<Buffer | null>
  /** Of `size`, bytes read so far. */
  bytesRead(): number
  /** SHA-256 of the file on disk, or of the member, in hex; reads what is left of it. Only with `hash` and after the last block. */
  sha256(): Promise<string>
  /** Set where the packed data end too early: what could be unpacked was delivered. */
  warning(): string | null
  close(): Promise<void>
}

const BLOCK = 1024 * 1024
/** Blocks of a plain file that are filled in turn: one being worked on, one being read, one more for who looks ahead. */
const RING = 3
/** Deflate packs at most 1,032 : 1. Real logs stay below 100 : 1; beyond this ratio and size a file is taken for a bomb. */
const BOMB_RATIO = 300
const BOMB_FROM = 256 * 1024 ** 2
/** No source is unpacked beyond this, in bytes. */
export const UNPACKED_MAX = 256 * 1024 ** 3

/**
 * Fails with unreadable-file, for a member also as openZipMember; `next` also with not-a-table (damaged gzip or archive) and
 * too-large (bomb).
 */
export async function openSource(
  path: string,
  { hash, member = null }: { hash: boolean; member?: string | null | undefined },
): Promise<Source> {
  const handle = await readable(path, () => open(path, 'r'))
  try {
    const stat = await handle.stat()
    if (stat.isDirectory()) throw new AppError('unreadable-file', 'This is a folder, not a file.')
    if (member !== null) return await memberSource(handle, await openZipMember(handle, stat.size, member), hash)
    const start = Buffer.alloc(2)
    const { bytesRead } = await readable(path, () => handle.read(start, 0, 2, 0))
    return isGzip(start.subarray(0, bytesRead))
      ? gzipSource(fileBlocks(path, handle, hash ? createHash('sha256') : null, false), stat.size)
      : plainSource(path, handle, stat.size, hash)
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** A member as it stands in the archive, or unpacked once more where it is gzip itself. */
async function memberSource(handle: FileHandle, member: MemberBytes, hash: boolean): Promise<Source> {
  const sha = hash ? createHash('sha256') : null
  let first = await member.next().catch((error: unknown) => {
    member.close()
    throw error
  })
  const next = async (): Promise<Buffer | null> => {
    const block = first ?? (await member.next())
    first = null
    if (block !== null) sha?.update(block)
    return block
  }
  const gzip = first !== null && isGzip(first)
  const blocks: Blocks = {
    next,
    bytesRead: member.bytesRead,
    async sha256() {
      while ((await next()) !== null);
      return sha?.digest('hex') ?? ''
    },
    async close() {
      member.close()
      await handle.close()
    },
  }
  if (gzip) return gzipSource(blocks, member.size)
  return { ...blocks, size: member.size, packed: true, warning: () => null }
}

/** Blocks as they lie on the disk or in an archive. */
type Blocks = Pick<Source, 'next' | 'bytesRead' | 'sha256' | 'close'>

function plainSource(path: string, handle: FileHandle, size: number, hash: boolean): Source {
  const file = fileBlocks(path, handle, hash ? createHash('sha256') : null, true)
  return { ...file, size, packed: false, warning: () => null }
}

/** Blocks of the file itself; the next one is being read while the caller works on this one. */
function fileBlocks(path: string, handle: FileHandle, sha: Hash | null, reuse: boolean) {
  const ring = Array.from({ length: reuse ? RING : 0 }, () => Buffer.allocUnsafeSlow(BLOCK))
  let turn = 0
  let position = 0
  let ahead: Promise<Buffer | null> | null = null
  let settled: Promise<unknown> = Promise.resolve()
  const read = async (): Promise<Buffer | null> => {
    const block = ring[turn++ % RING] ?? Buffer.allocUnsafeSlow(BLOCK)
    const { bytesRead } = await readable(path, () => handle.read(block, 0, BLOCK, position))
    position += bytesRead
    return bytesRead === 0 ? null : block.subarray(0, bytesRead)
  }
  let delivered = 0
  const next = async (): Promise<Buffer | null> => {
    const block = await (ahead ?? read())
    ahead = null
    if (!block) return null
    delivered += block.length
    ahead = read()
    settled = ahead.catch(() => null)
    sha?.update(block)
    return block
  }
  return {
    next,
    bytesRead: () => delivered,
    async sha256() {
      while ((await next()) !== null);
      return sha?.digest('hex') ?? ''
    },
    async close() {
      await settled
      await handle.close()
    },
  }
}

function gzipSource(file: Blocks, size: number): Source {
  const packed = Readable.from(
    (async function* () {
      for (let block = await file.next(); block !== null; block = await file.next()) yield block
    })(),
    { objectMode: false },
  )
  const unpacked = createGunzip({ chunkSize: BLOCK })
  packed.on('error', (error) => unpacked.destroy(error))
  packed.pipe(unpacked)
  const blocks = unpacked[Symbol.asyncIterator]()
  let delivered = 0
  let warning: string | null = null
  return {
    size,
    packed: true,
    bytesRead: file.bytesRead,
    warning: () => warning,
    sha256: file.sha256,
    async next() {
      try {
        const step = await blocks.next()
        if (step.done === true) return null
        const block: unknown = step.value
        if (!Buffer.isBuffer(block)) return null
        delivered += block.length
        const ratio = delivered / Math.max(1, file.bytesRead())
        if (delivered > UNPACKED_MAX || (delivered > BOMB_FROM && ratio > BOMB_RATIO)) {
          throw new AppError(
            'too-large',
            `The gzip data unpack to more than ${Math.round(ratio)} times their size and were given up at ${Math.round(delivered / 1024 ** 2)} MB.`,
          )
        }
        return block
      } catch (error) {
        if (error instanceof AppError) throw error
        const code = error instanceof Error && 'code' in error ? String(error.code) : ''
        if (code === 'Z_BUF_ERROR' && delivered > 0) {
          warning = 'The gzip data end too early; everything before the end was imported'
          return null
        }
        throw new AppError(
          'not-a-table',
          `Bytes 0-1 are a gzip header, but the data after it are damaged${delivered > 0 ? ` behind unpacked byte ${delivered}` : ''}. Unpack the file with another program, or fetch it again.`,
          { code },
          { cause: error },
        )
      }
    },
    async close() {
      packed.destroy()
      unpacked.destroy()
      await file.close()
    },
  }
}

async function readable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const name = path.replace(/^.*[\\/]/, '')
    const why =
      code === 'ENOENT'
        ? 'is not there any more'
        : code === 'EACCES' || code === 'EPERM'
          ? 'may not be read'
          : code === 'EISDIR'
            ? 'is a folder'
            : 'cannot be read'
    throw new AppError('unreadable-file', `${name} ${why}.`, { code }, { cause: error })
  }
}
