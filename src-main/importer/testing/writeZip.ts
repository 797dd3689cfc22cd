import { crc32, deflateRawSync } from 'node:zlib'

/** A member to write; what is given besides name and data is written as it stands, true or not. For tests. */
export type WrittenMember = {
  name: string | Buffer
  data: string | Buffer
  store?: boolean
  /** Sizes and CRC stand behind the data instead of before. */
  descriptor?: boolean
  flags?: number
  method?: number
  size?: number
  crc?: number
  localName?: string
  zip64?: boolean
  /** Type and rights as on Unix. */
  mode?: number
  /** The place of another member's header. */
  offset?: number
}

type End = { count?: number; size?: number; offset?: number; comment?: string; zip64?: boolean; before?: Buffer }

/** Writes a ZIP archive, sound or not. */
export function writeZip(members: readonly WrittenMember[], end: End = {}): Buffer {
  const parts: Buffer[] = [end.before ?? Buffer.alloc(0)]
  const directory: Buffer[] = []
  let at = parts[0]?.length ?? 0
  for (const member of members) {
    const data = Buffer.from(member.data)
    const packed = member.store ? data : deflateRawSync(data)
    const name = Buffer.from(member.name)
    const localName = Buffer.from(member.localName ?? name)
    const method = member.method ?? (member.store ? 0 : 8)
    const flags = (member.flags ?? 0x800) | (member.descriptor ? 8 : 0)
    const sizes = { crc: member.crc ?? crc32(data), packed: packed.length, size: member.size ?? data.length }
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(method, 8)
    if (!member.descriptor) {
      local.writeUInt32LE(sizes.crc, 14)
      local.writeUInt32LE(sizes.packed, 18)
      local.writeUInt32LE(sizes.size > 0xffffffff ? 0xffffffff : sizes.size, 22)
    }
    local.writeUInt16LE(localName.length, 26)
    const behind = Buffer.alloc(member.descriptor ? 16 : 0)
    if (member.descriptor) {
      behind.writeUInt32LE(0x08074b50, 0)
      behind.writeUInt32LE(sizes.crc, 4)
      behind.writeUInt32LE(sizes.packed, 8)
      behind.writeUInt32LE(sizes.size, 12)
    }
    const wide = member.zip64 || sizes.size > 0xffffffff
    const extra = Buffer.alloc(wide ? 28 : 0)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(sizes.crc, 16)
    entry.writeUInt32LE(wide ? 0xffffffff : sizes.packed, 20)
    entry.writeUInt32LE(wide ? 0xffffffff : sizes.size, 24)
    if (member.mode !== undefined) {
      entry[5] = 3
      entry.writeUInt16LE(member.mode, 40)
    }
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt16LE(extra.length, 30)
    entry.writeUInt32LE(wide ? 0xffffffff : (member.offset ?? at), 42)
    if (wide) {
      extra.writeUInt16LE(1, 0)
      extra.writeUInt16LE(24, 2)
      extra.writeBigUInt64LE(BigInt(sizes.size), 4)
      extra.writeBigUInt64LE(BigInt(sizes.packed), 12)
      extra.writeBigUInt64LE(BigInt(member.offset ?? at), 20)
    }
    directory.push(entry, name, extra)
    const written = [local, localName, packed, behind]
    parts.push(...written)
    at += written.reduce((sum, part) => sum + part.length, 0)
  }
  const list = Buffer.concat(directory)
  return Buffer.concat([...parts, list, ...endOf(members.length, list.length, at, end)])
}

function endOf(members: number, length: number, at: number, end: End): Buffer[] {
  const count = end.count ?? members
  const size = end.size ?? length
  const offset = end.offset ?? at
  const comment = Buffer.from(end.comment ?? '')
  const last = Buffer.alloc(22)
  last.writeUInt32LE(0x06054b50, 0)
  last.writeUInt16LE(end.zip64 ? 0xffff : count, 8)
  last.writeUInt16LE(end.zip64 ? 0xffff : count, 10)
  last.writeUInt32LE(end.zip64 ? 0xffffffff : size, 12)
  last.writeUInt32LE(end.zip64 ? 0xffffffff : offset, 16)
  last.writeUInt16LE(comment.length, 20)
  if (!end.zip64) return [last, comment]
  const wide = Buffer.alloc(56)
  wide.writeUInt32LE(0x06064b50, 0)
  wide.writeBigUInt64LE(44n, 4)
  wide.writeBigUInt64LE(BigInt(count), 24)
  wide.writeBigUInt64LE(BigInt(count), 32)
  wide.writeBigUInt64LE(BigInt(size), 40)
  wide.writeBigUInt64LE(BigInt(offset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(at + length), 8)
  locator.writeUInt32LE(1, 16)
  return [wide, locator, last, comment]
}
