import type { Random } from './random.ts'

/** One way in which a file gets damaged on its way, or is altered by somebody who does not mend its hashes. */
export function mutateBytes(bytes: Buffer, random: Random): { bytes: Buffer; how: string } {
  const at = random.below(bytes.length)
  const length = 1 + random.below(Math.min(64, bytes.length - at))
  const copy = Buffer.from(bytes)
  switch (random.below(8)) {
    case 0:
      return { bytes: bytes.subarray(0, at), how: `cut off at ${at}` }
    case 1:
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8))
      return { bytes: copy, how: `a bit flipped at ${at}` }
    case 2:
      for (let n = 0; n < length; n++) copy[at + n] = random.below(256)
      return { bytes: copy, how: `${length} bytes overwritten at ${at}` }
    case 3:
      return {
        bytes: Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]),
        how: `${length} bytes missing at ${at}`,
      }
    case 4:
      return {
        bytes: Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]),
        how: `${length} bytes twice at ${at}`,
      }
    case 5:
      return { bytes: Buffer.concat([bytes, Buffer.alloc(length)]), how: `${length} bytes behind` }
    case 6:
      copy.fill(0, at, at + length)
      return { bytes: copy, how: `${length} bytes zeroed at ${at}` }
    default: {
      // Numbers of 64 bits, as in the directory.
      const place = Math.max(0, at - 8)
      copy.writeBigUInt64LE(
        [0n, 0xffffffffffffffffn, 0x7fffffffffffffffn, 1n << 40n, 4n][random.below(5)] ?? 0n,
        Math.min(place, copy.length - 8),
      )
      return { bytes: copy, how: `a giant number at ${place}` }
    }
  }
}
