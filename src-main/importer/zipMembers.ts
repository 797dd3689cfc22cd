import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { AppError } from '#contract/appError'
import { isZip, readAt, readZipDirectory, type ZipEntry } from './zipDirectory.ts'

/** A file inside an archive. `refused`: why it is not opened, for people. */
export type ZipMember = {
  name: string
  size: number
  refused: { code: 'not-a-table' | 'too-large'; message: string } | null
}

/** Beyond this ratio and size a member is taken for a bomb; real logs stay below 100 : 1. No member may be larger than MEMBER_MAX. */
const BOMB_RATIO = 200
const BOMB_FROM = 1024 ** 3
export const MEMBER_MAX = 256 * 1024 ** 3

const methods = new Map([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'XZ'],
  [96, 'JPEG'],
  [97, 'WavPack'],
  [98, 'PPMd'],
])
const archives = /\.(?:zip|7z|rar|tar|tgz|tar\.gz|tar\.xz|cab|iso|vhdx?|e01)$/i

/** The files in a ZIP archive in the order of its directory; null when the file is none, or is an Office file. Fails as readZipDirectory. */
export async function zipMembers(
  file: FileHandle,
  fileSize: number,
): Promise<{ entry: ZipEntry; member: ZipMember }[] | null> {
  const head = Buffer.alloc(4)
  const { bytesRead } = await file.read(head, 0, 4, 0)
  if (!isZip(head.subarray(0, bytesRead))) return null
  const entries = await readZipDirectory(file, fileSize)
  if (entries.some(({ name }) => name === '[Content_Types].xml')) return null
  const names = new Set<string>()
  return entries
    .filter(({ folder }) => !folder)
    .map((entry) => {
      const refused = reasonAgainst(entry, names.has(entry.name))
      if (!entry.tricks && !entry.link) names.add(entry.name)
      return { entry, member: { name: entry.name, size: entry.size, refused } }
    })
}

function reasonAgainst(entry: ZipEntry, twice: boolean): ZipMember['refused'] {
  const no = (message: string) => ({ code: 'not-a-table' as const, message })
  if (entry.tricks)
    return no(
      'Its name steps out of its folder or hides characters, as in archives made to overwrite files. It was not opened.',
    )
  if (entry.link) return no('It is a symbolic link, and only names another file. It was not followed.')
  if (twice) return no('Another member of the archive has the same name; only the first one was taken.')
  if (entry.encrypted) return no('It is encrypted. Unpack the archive with its password and import the files inside.')
  if (entry.method !== 0 && entry.method !== 8)
    return no(
      `It is packed with ${methods.get(entry.method) ?? `method ${entry.method}`}, which is not read here. Unpack the archive and import the files inside.`,
    )
  if (entry.method === 0 && entry.packed !== entry.size) return no('The archive gives two different sizes for it.')
  const ratio = entry.size / Math.max(1, entry.packed)
  if (entry.size > MEMBER_MAX || (entry.size > BOMB_FROM && ratio > BOMB_RATIO)) {
    const message = `It would unpack to ${Math.round(entry.size / 1024 ** 2)} MB, ${Math.round(ratio)} times its packed size, as archive bombs do. It was not opened.`
    return { code: 'too-large', message }
  }
  if (archives.test(entry.name))
    return no('It is an archive inside the archive. Unpack it and import the files inside.')
  return null
}

/** The bytes of a member, in blocks. `bytesRead` counts them. Close it before the file. */
export type MemberBytes = { size: number; next(): Promise<Buffer | null>; bytesRead(): number; close(): void }

const BLOCK = 1024 * 1024

/**
 * Streams the member called `name`. What comes out is checked against the directory: size and CRC-32. Fails with not-found (no
 * such member), not-a-table (damaged, refused) or too-large (refused).
 */
export async function openZipMember(file: FileHandle, fileSize: number, name: string): Promise<MemberBytes> {
  const found = (await zipMembers(file, fileSize))?.find(({ member }) => member.name === name)
  if (!found) throw new AppError('not-found', `The archive has no member ${name}.`, { member: name })
  if (found.member.refused)
    throw new AppError(found.member.refused.code, found.member.refused.message, { member: name })
  return memberBytes(file, found.entry)
}

export async function memberBytes(file: FileHandle, entry: ZipEntry): Promise<MemberBytes> {
  const damaged = (what: string, cause?: unknown): AppError =>
    new AppError(
      'not-a-table',
      `${entry.name} in the archive is damaged: ${what}. Fetch the archive again.`,
      {},
      { cause },
    )
  const local = await readAt(file, entry.offset, 30)
  const nameLength = local.readUInt16LE(26)
  const name = local.readUInt32LE(0) === 0x04034b50 ? await readAt(file, entry.offset + 30, nameLength) : null
  if (!name?.equals(entry.rawName)) throw damaged('its header does not agree with the directory')
  if (local.readUInt16LE(8) !== entry.method) throw damaged('its header does not agree with the directory')
  const start = entry.offset + 30 + nameLength + local.readUInt16LE(28)

  let taken = 0
  async function* packedBlocks(): AsyncGenerator<Buffer> {
    while (taken < entry.packed) {
      const length = Math.min(BLOCK, entry.packed - taken)
      const block = await readAt(file, start + taken, length)
      taken += length
      yield block
    }
  }
  const packed = Readable.from(packedBlocks(), { objectMode: false })
  const inflate = entry.method === 8 ? createInflateRaw({ chunkSize: BLOCK }) : null
  if (inflate) {
    packed.on('error', (error) => inflate.destroy(error))
    packed.pipe(inflate)
  }
  const blocks = (inflate ?? packed)[Symbol.asyncIterator]()
  let delivered = 0
  let crc = 0
  let ended = false

  async function step(): Promise<unknown> {
    try {
      return (await blocks.next()).value
    } catch (error) {
      if (error instanceof AppError) throw error
      throw damaged(`its data cannot be unpacked behind byte ${delivered}`, error)
    }
  }
  return {
    size: entry.size,
    bytesRead: () => delivered,
    async next() {
      if (ended) return null
      const block = await step()
      if (Buffer.isBuffer(block)) {
        delivered += block.length
        if (delivered > entry.size) throw damaged(`it is larger than the ${entry.size} bytes that the directory says`)
        crc = crc32(block, crc)
        return block
      }
      ended = true
      if (delivered !== entry.size) throw damaged(`it has ${delivered} bytes, the directory says ${entry.size}`)
      if (inflate && inflate.bytesWritten !== entry.packed)
        throw damaged('its packed data are longer than they should be')
      if (crc !== entry.crc) throw damaged('its checksum is wrong')
      return null
    },
    close() {
      packed.destroy()
      inflate?.destroy()
    },
  }
}
