// The few structures of ZIP (APPNOTE 6.3.10) that a case file is made of: sizes of 64 bits throughout, no comments, no dates.

export const LOCAL = 0x04034b50
export const DESCRIPTOR = 0x08074b50
export const CENTRAL = 0x02014b50
export const END64 = 0x06064b50
export const LOCATOR64 = 0x07064b50
export const END = 0x06054b50

export const STORED = 0
export const DEFLATED = 8
/** Names are UTF-8; sizes and checksum stand behind the data. */
export const FLAGS = 0x0808
const VERSION = 45
/** 1 January 1980: when it was packed is of no interest. */
const DATE = 0x0021
const EXTRA = 0x0001

export const LOCAL_BYTES = 30 + 20
export const DESCRIPTOR_BYTES = 24
export const CENTRAL_BYTES = 46 + 28
export const TAIL_BYTES = 56 + 20 + 22

export type Entry = { name: string; method: number; crc: number; packed: number; size: number; offset: number }

export function localHeader(name: string, method: number): Buffer {
  const bytes = Buffer.alloc(LOCAL_BYTES + name.length)
  bytes.writeUInt32LE(LOCAL, 0)
  bytes.writeUInt16LE(VERSION, 4)
  bytes.writeUInt16LE(FLAGS, 6)
  bytes.writeUInt16LE(method, 8)
  bytes.writeUInt16LE(DATE, 12)
  bytes.writeUInt32LE(0xffffffff, 18)
  bytes.writeUInt32LE(0xffffffff, 22)
  bytes.writeUInt16LE(name.length, 26)
  bytes.writeUInt16LE(20, 28)
  bytes.write(name, 30, 'latin1')
  bytes.writeUInt16LE(EXTRA, 30 + name.length)
  bytes.writeUInt16LE(16, 32 + name.length)
  return bytes
}

export function descriptor({ crc, packed, size }: Pick<Entry, 'crc' | 'packed' | 'size'>): Buffer {
  const bytes = Buffer.alloc(DESCRIPTOR_BYTES)
  bytes.writeUInt32LE(DESCRIPTOR, 0)
  bytes.writeUInt32LE(crc, 4)
  bytes.writeBigUInt64LE(BigInt(packed), 8)
  bytes.writeBigUInt64LE(BigInt(size), 16)
  return bytes
}

export function centralHeader({ name, method, crc, packed, size, offset }: Entry): Buffer {
  const bytes = Buffer.alloc(CENTRAL_BYTES + name.length)
  bytes.writeUInt32LE(CENTRAL, 0)
  bytes.writeUInt16LE(VERSION, 4)
  bytes.writeUInt16LE(VERSION, 6)
  bytes.writeUInt16LE(FLAGS, 8)
  bytes.writeUInt16LE(method, 10)
  bytes.writeUInt16LE(DATE, 14)
  bytes.writeUInt32LE(crc, 16)
  bytes.writeUInt32LE(0xffffffff, 20)
  bytes.writeUInt32LE(0xffffffff, 24)
  bytes.writeUInt16LE(name.length, 28)
  bytes.writeUInt16LE(28, 30)
  bytes.writeUInt32LE(0xffffffff, 42)
  bytes.write(name, 46, 'latin1')
  const extra = 46 + name.length
  bytes.writeUInt16LE(EXTRA, extra)
  bytes.writeUInt16LE(24, extra + 2)
  bytes.writeBigUInt64LE(BigInt(size), extra + 4)
  bytes.writeBigUInt64LE(BigInt(packed), extra + 12)
  bytes.writeBigUInt64LE(BigInt(offset), extra + 20)
  return bytes
}

/** The end of a file whose directory has `count` entries and lies at `offset`. */
export function tail(count: number, size: number, offset: number): Buffer {
  const bytes = Buffer.alloc(TAIL_BYTES)
  bytes.writeUInt32LE(END64, 0)
  bytes.writeBigUInt64LE(44n, 4)
  bytes.writeUInt16LE(VERSION, 12)
  bytes.writeUInt16LE(VERSION, 14)
  bytes.writeBigUInt64LE(BigInt(count), 24)
  bytes.writeBigUInt64LE(BigInt(count), 32)
  bytes.writeBigUInt64LE(BigInt(size), 40)
  bytes.writeBigUInt64LE(BigInt(offset), 48)
  bytes.writeUInt32LE(LOCATOR64, 56)
  bytes.writeBigUInt64LE(BigInt(offset + size), 64)
  bytes.writeUInt32LE(1, 72)
  bytes.writeUInt32LE(END, 76)
  bytes.writeUInt16LE(0xffff, 84)
  bytes.writeUInt16LE(0xffff, 86)
  bytes.writeUInt32LE(0xffffffff, 88)
  bytes.writeUInt32LE(0xffffffff, 92)
  return bytes
}
