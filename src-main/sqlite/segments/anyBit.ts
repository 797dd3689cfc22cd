/** Whether some bit from `from` to `to` (both included, cut to the stretch) is set. */
export function anyBit(words: Uint32Array, from: number, to: number): boolean {
  const first = Math.max(0, from)
  for (let bit = first; bit <= to;) {
    const word = words[bit >> 5] ?? 0
    if (word >>> (bit & 31) !== 0) {
      const last = Math.min(to, (bit | 31) >>> 0)
      const mask = (0xffffffff << (bit & 31)) & (0xffffffff >>> (31 - (last & 31)))
      if ((word & mask) !== 0) return true
    }
    bit = ((bit >> 5) + 1) << 5
  }
  return false
}
