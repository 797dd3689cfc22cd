import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import { AppError } from '#contract/appError'
import { through } from './drained.ts'
import { altered } from './refusals.ts'
import { CONTENTS_MAX, MANIFEST, MANIFEST_MAX, PART_MAX, partKind, PARTS_MAX } from './parts.ts'
import {
  CENTRAL,
  CENTRAL_BYTES,
  centralHeader,
  DEFLATED,
  descriptor,
  DESCRIPTOR_BYTES,
  LOCAL_BYTES,
  localHeader,
  STORED,
  tail,
  TAIL_BYTES,
  type Entry,
} from './zipLayout.ts'

/** Bytes read at a time. */
const BLOCK = 256 * 1024
/** Parts of at most so many bytes, packed and unpacked, are read in one piece. */
const SMALL = 64 * 1024
/** Room that is given to unpack the smallest parts, in bytes. */
const LEAST = 1_024
const NAME_MAX = 120

/** What was read of one part, once all of it was. */
export type ReadPart = { size: number; sha256: string }

/**
 * The parts of a case file in their order. Nothing is taken on trust: every header must be, byte for byte, what this program
 * writes for the part, one part must begin where the one before ends, and no name but those of a case file is known. So there
 * are no paths, no parts upon each other, none hidden between others, and no second opinion about any size.
 * AppError 'invalid-input', which says what is wrong.
 */
export async function readDirectory(file: FileHandle, fileSize: number): Promise<Entry[]> {
  if (fileSize < TAIL_BYTES) throw altered('it is too short')
  const end = await readAt(file, fileSize - TAIL_BYTES, TAIL_BYTES)
  const count = Number(end.readBigUInt64LE(24))
  const size = Number(end.readBigUInt64LE(40))
  const offset = Number(end.readBigUInt64LE(48))
  if (!end.equals(safeTail(count, size, offset))) throw altered('its end is missing; it is cut off or is no case file')
  if (count < 2 || count > PARTS_MAX) throw altered(`its end speaks of ${count} parts`)
  if (offset + size !== fileSize - TAIL_BYTES || size > count * (CENTRAL_BYTES + NAME_MAX))
    throw altered('its directory is not where its end says')
  const directory = await readAt(file, offset, size)
  const entries: Entry[] = []
  const names = new Set<string>()
  let [at, next] = [0, 0]
  for (let n = 0; n < count; n++) {
    const entry = entryAt(directory, at)
    at += CENTRAL_BYTES + entry.name.length
    if (names.has(entry.name)) throw altered(`it holds ${entry.name} twice`)
    names.add(entry.name)
    if (entry.offset !== next) throw altered(`${entry.name} does not begin where the part before it ends`)
    next = dataAt(entry) + entry.packed + DESCRIPTOR_BYTES
    if (next > offset) throw altered(`${entry.name} reaches into the directory`)
    entries.push(entry)
  }
  if (at !== size || next !== offset) throw altered('there are bytes between its parts and its directory')
  return entries
}

const dataAt = ({ offset, name }: Entry): number => offset + LOCAL_BYTES + name.length

function entryAt(directory: Buffer, at: number): Entry {
  if (at + CENTRAL_BYTES > directory.length || directory.readUInt32LE(at) !== CENTRAL)
    throw altered('its directory is no list of parts')
  const length = directory.readUInt16LE(at + 28)
  const to = at + CENTRAL_BYTES + length
  if (length > NAME_MAX || to > directory.length) throw altered('a name in its directory is too long')
  const name = directory.toString('latin1', at + 46, at + 46 + length)
  const kind = partKind(name)
  if (kind === undefined) throw altered(`it holds a part of the unknown name ${JSON.stringify(name)}`)
  const extra = at + 46 + length + 4
  const size = Number(directory.readBigUInt64LE(extra))
  const packed = Number(directory.readBigUInt64LE(extra + 8))
  const offset = Number(directory.readBigUInt64LE(extra + 16))
  const method = directory.readUInt16LE(at + 10)
  const most = kind !== null ? PART_MAX[kind] : name === MANIFEST ? MANIFEST_MAX : CONTENTS_MAX
  if (size > most) throw altered(`${name} would be ${size} bytes; such a part has at most ${most}`)
  if ((method !== STORED && method !== DEFLATED) || (method === STORED && packed !== size))
    throw altered(`${name} is not packed as in a case file`)
  const entry = { name, method, crc: directory.readUInt32LE(at + 16), packed, size, offset }
  if (![size, packed, offset].every(Number.isSafeInteger) || !directory.subarray(at, to).equals(centralHeader(entry)))
    throw altered(`what its directory says of ${name} is damaged`)
  return entry
}

/** Numbers of a damaged file may be no numbers that can be written. */
function safeTail(count: number, size: number, offset: number): Buffer {
  return [count, size, offset, offset + size].every(Number.isSafeInteger) ? tail(count, size, offset) : Buffer.alloc(0)
}

/**
 * The bytes of one part, unpacked, block by block. When the last one has been taken, size, checksum and headers were right;
 * `done` is then told its SHA-256. AppError 'invalid-input'.
 */
export async function* readPart(
  file: FileHandle,
  entry: Entry,
  done: (part: ReadPart) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const { name, method, packed, size } = entry
  if (packed <= SMALL && size <= SMALL) {
    yield* smallPart(file, entry, done)
    return
  }
  const header = await readAt(file, entry.offset, LOCAL_BYTES + name.length)
  if (!header.equals(localHeader(name, method))) throw altered(`the header of ${name} is damaged`)
  const hash = createHash('sha256')
  let [delivered, crc] = [0, 0]
  const blocks = blocksOf(file, dataAt(entry), packed)
  for await (const block of method === STORED ? blocks : inflated(blocks, entry)) {
    delivered += block.length
    if (delivered > size) throw altered(`${name} is larger than the ${size} bytes it should have`)
    crc = crc32(block, crc)
    hash.update(block)
    yield block
  }
  if (delivered !== size) throw altered(`${name} has ${delivered} bytes of ${size}`)
  if (crc !== entry.crc) throw altered(`the checksum of ${name} is wrong`)
  const behind = await readAt(file, dataAt(entry) + packed, DESCRIPTOR_BYTES)
  if (!behind.equals(descriptor(entry))) throw altered(`what stands behind ${name} is damaged`)
  done({ size, sha256: hash.digest('hex') })
}

/** A part that is small goes through memory in one piece: most are, and a stream for each costs more than what is in it. */
async function* smallPart(file: FileHandle, entry: Entry, done: (part: ReadPart) => void): AsyncGenerator<Buffer> {
  const { name, method, packed, size } = entry
  const headerBytes = LOCAL_BYTES + name.length
  const all = await readAt(file, entry.offset, headerBytes + packed + DESCRIPTOR_BYTES)
  if (!all.subarray(0, headerBytes).equals(localHeader(name, method))) throw altered(`the header of ${name} is damaged`)
  const data = all.subarray(headerBytes, headerBytes + packed)
  const part = method === STORED ? data : unpacked(data, entry)
  if (part.length !== size) throw altered(`${name} has ${part.length} bytes of ${size}`)
  if (crc32(part) !== entry.crc) throw altered(`the checksum of ${name} is wrong`)
  if (!all.subarray(headerBytes + packed).equals(descriptor(entry)))
    throw altered(`what stands behind ${name} is damaged`)
  if (size > 0) yield part
  done({ size, sha256: createHash('sha256').update(part).digest('hex') })
}

function unpacked(data: Buffer, { name, packed, size }: Entry): Buffer {
  const told = inflatedAtOnce(data, name, size)
  if (told.taken !== packed) throw altered(`there are bytes behind the packed data of ${name}`)
  return told.part
}

function inflatedAtOnce(data: Buffer, name: string, size: number): { part: Buffer; taken: number } {
  try {
    // With `info` it answers an object, which its types do not say.
    const { buffer, engine }: { buffer: unknown; engine?: unknown } = inflateRawSync(data, {
      maxOutputLength: Math.max(1, size),
      info: true,
    })
    const taken = typeof engine === 'object' && engine !== null && 'bytesWritten' in engine ? engine.bytesWritten : 0
    if (Buffer.isBuffer(buffer)) return { part: buffer, taken: Number(taken) }
  } catch (error) {
    throw altered(`${name} cannot be unpacked`, error)
  }
  throw new Error('The unpacker answered something else.')
}

async function* blocksOf(file: FileHandle, from: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; at += BLOCK) yield await readAt(file, from + at, Math.min(BLOCK, length - at))
}

async function* inflated(blocks: AsyncIterable<Buffer>, { name, packed, size }: Entry): AsyncGenerator<Buffer> {
  const unpacker = createInflateRaw({ chunkSize: Math.min(BLOCK, Math.max(LEAST, size)) })
  try {
    yield* through(blocks, unpacker)
  } catch (error) {
    throw error instanceof AppError ? error : altered(`${name} cannot be unpacked`, error)
  }
  if (unpacker.bytesWritten !== packed) throw altered(`there are bytes behind the packed data of ${name}`)
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done)
    if (bytesRead === 0) throw altered('it ends too early')
    done += bytesRead
  }
  return bytes
}
