import type { FileHandle } from 'node:fs/promises'
import { AppError } from '#contract/appError'

/** An entry of the central directory of a ZIP archive. Sizes and places in bytes. */
export type ZipEntry = {
  /** The name as it stands there, to be compared with the one before the data. */
  rawName: Buffer
  /** Folders and name with forward slashes, without anything that could lead out of a folder. */
  name: string
  /** The name as it stands there goes upwards out of its folder, or hides characters. */
  tricks: boolean
  /** A symbolic link of Unix: its bytes name another file. */
  link: boolean
  folder: boolean
  method: number
  encrypted: boolean
  crc: number
  packed: number
  size: number
  /** Where the local header begins. */
  offset: number
}

/** The end record is searched in so many bytes: 22 and the longest comment. */
const END_BYTES = 22 + 65_535
/** A directory is at most this long, and names at most so many members. */
const DIRECTORY_MAX = 64 * 1024 * 1024
const MEMBERS_MAX = 20_000
const NAME_MAX = 1_000
/** Then the upper half of the attributes of a member is its mode. */
const MADE_ON_UNIX = 3

const damaged = (what: string): AppError =>
  new AppError(
    'not-a-table',
    `The ZIP archive is cut off or damaged: ${what}. Fetch it again, or unpack it with another program.`,
  )

/** ZIP archives, empty ones too, begin like this. Office files do as well. */
export const isZip = (head: Buffer): boolean =>
  head.length >= 4 && (head.readUInt32LE(0) === 0x04034b50 || head.readUInt32LE(0) === 0x06054b50)

/**
 * Reads the central directory of a ZIP archive, ZIP64 too. What it says is checked against itself: counts, sizes, places.
 * Fails with not-a-table (damaged, several disks) or too-large (more members than MEMBERS_MAX).
 */
export async function readZipDirectory(file: FileHandle, fileSize: number): Promise<ZipEntry[]> {
  const end = await readEnd(file, fileSize)
  if (end.size > DIRECTORY_MAX || end.count > MEMBERS_MAX)
    throw new AppError(
      'too-large',
      `The ZIP archive has more than ${MEMBERS_MAX} members. Unpack it and import the files inside.`,
    )
  if (end.offset + end.size !== end.before) throw damaged('its directory is not where its end says')
  const directory = await readAt(file, end.offset, end.size)
  const entries: ZipEntry[] = []
  for (let at = 0; at < directory.length;) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50)
      throw damaged('its directory is no list of members')
    const lengths = [28, 30, 32].map((place) => directory.readUInt16LE(at + place))
    const next = at + 46 + lengths.reduce((sum, length) => sum + length, 0)
    if (next > directory.length) throw damaged('its directory is cut off')
    entries.push(entryOf(directory.subarray(at, next), lengths[0] ?? 0, lengths[1] ?? 0, end.offset))
    at = next
  }
  if (entries.length !== end.count)
    throw damaged(`its end speaks of ${end.count} members, its directory names ${entries.length}`)
  checkOverlaps(entries)
  return entries
}

type End = { count: number; size: number; offset: number; before: number }

async function readEnd(file: FileHandle, fileSize: number): Promise<End> {
  const from = Math.max(0, fileSize - END_BYTES)
  const tail = await readAt(file, from, fileSize - from)
  const at = endIn(tail)
  if (at !== -1) {
    if (
      tail.readUInt16LE(at + 4) !== tail.readUInt16LE(at + 6) ||
      tail.readUInt16LE(at + 8) !== tail.readUInt16LE(at + 10)
    )
      if (tail.readUInt16LE(at + 4) !== 0xffff) throw damaged('it is one of several parts')
    const short = {
      count: tail.readUInt16LE(at + 10),
      size: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
    }
    const wide = short.count === 0xffff || short.size === 0xffffffff || short.offset === 0xffffffff
    const locator = from + at - 20
    if (!wide || locator < 0) return { ...short, before: from + at }
    const pointer = await readAt(file, locator, 20)
    if (pointer.readUInt32LE(0) !== 0x07064b50) return { ...short, before: from + at }
    return readEnd64(file, wide64(pointer, 8), locator)
  }
  throw damaged('its directory is missing')
}

/** Where the end record begins: its comment reaches to the end of the file, or, where some bytes were added, nearly so. */
function endIn(tail: Buffer): number {
  let nearly = -1
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== 0x06054b50) continue
    const rest = tail.length - at - 22 - tail.readUInt16LE(at + 20)
    if (rest === 0) return at
    if (rest > 0 && nearly === -1) nearly = at
  }
  return nearly
}

async function readEnd64(file: FileHandle, at: number, limit: number): Promise<End> {
  if (at + 56 > limit) throw damaged('its ZIP64 end is not where it should be')
  const end = await readAt(file, at, 56)
  if (end.readUInt32LE(0) !== 0x06064b50) throw damaged('its ZIP64 end is not where it should be')
  if (end.readUInt32LE(16) !== end.readUInt32LE(20)) throw damaged('it is one of several parts')
  return { count: wide64(end, 32), size: wide64(end, 40), offset: wide64(end, 48), before: at }
}

/** A number of 64 bits; beyond 2^53 it cannot be a place in a file. */
function wide64(bytes: Buffer, at: number): number {
  if (at + 8 > bytes.length) throw damaged('a ZIP64 number is missing')
  const value = Number(bytes.readBigUInt64LE(at))
  if (!Number.isSafeInteger(value)) throw damaged('a size in it is impossible')
  return value
}

function entryOf(entry: Buffer, nameLength: number, extraLength: number, directory: number): ZipEntry {
  const flags = entry.readUInt16LE(8)
  const rawName = Buffer.from(entry.subarray(46, 46 + nameLength))
  const extra = entry.subarray(46 + nameLength, 46 + nameLength + extraLength)
  let size = entry.readUInt32LE(24)
  let packed = entry.readUInt32LE(20)
  let offset = entry.readUInt32LE(42)
  const wide = extraField(extra, 0x0001)
  let at = 0
  const next = (short: number): number => {
    if (short !== 0xffffffff || wide === null) return short
    at += 8
    return wide64(wide, at - 8)
  }
  size = next(size)
  packed = next(packed)
  offset = next(offset)
  if (offset + 30 + nameLength + packed > directory) throw damaged('a member lies behind its directory')
  const method = entry.readUInt16LE(10)
  const text = nameText(rawName, (flags & 0x800) !== 0, extra)
  return {
    rawName,
    name: plainName(text),
    tricks: /(?:^|[\\/])\.\.(?:[\\/]|$)|[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]/.test(text),
    link: entry[5] === MADE_ON_UNIX && (entry.readUInt16LE(40) & 0o170000) === 0o120000,
    folder: /[\\/]$/.test(text),
    method,
    // Strong encryption and masked headers have flags of their own; AES is a method.
    encrypted: (flags & 0x2041) !== 0 || method === 99,
    crc: entry.readUInt32LE(16),
    packed,
    size,
    offset,
  }
}

function extraField(extra: Buffer, wanted: number): Buffer | null {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === wanted) return extra.subarray(at + 4, at + 4 + length)
    at += 4 + length
  }
  return null
}

/** The upper half of code page 437, in which names without the UTF-8 flag are. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

function nameText(raw: Buffer, flagged: boolean, extra: Buffer): string {
  const unicode = extraField(extra, 0x7075)
  if (unicode !== null && unicode[0] === 1) return unicode.subarray(5).toString('utf8')
  // Many programs write UTF-8 and do not say so.
  const utf8 = raw.toString('utf8')
  if (flagged || !utf8.includes('\ufffd')) return utf8
  return Array.from(raw, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437.charAt(byte - 128))).join('')
}

/** Nothing that a name says can lead out of the archive: no root, no drive, no step upwards, no control characters. */
function plainName(text: string): string {
  const parts = text
    .replace(/[\x00-\x1f\x7f]/g, '')
    .split(/[\\/]/)
    .filter((part, index) => part !== '' && part !== '.' && part !== '..' && !(index === 0 && /^[A-Za-z]:$/.test(part)))
  return parts.join('/').slice(-NAME_MAX) || 'member'
}

/** Members that share bytes are how small archives unpack to terabytes. */
function checkOverlaps(entries: readonly ZipEntry[]): void {
  let end = 0
  for (const { offset, rawName, packed } of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (offset < end)
      throw new AppError(
        'too-large',
        'Members of the ZIP archive lie upon each other, as in an archive bomb. It was not opened.',
      )
    end = offset + 30 + rawName.length + packed
  }
}

export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done)
    if (bytesRead === 0) throw damaged('it ends too early')
    done += bytesRead
  }
  return bytes
}
