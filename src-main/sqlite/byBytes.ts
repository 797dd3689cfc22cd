/** Compares texts as SQLite does: by their bytes in UTF-8. JavaScript puts what lies beyond U+FFFF before U+E000. */
export function byBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left !== right) return place(left) - place(right)
  }
  return a.length - b.length
}

const place = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)
