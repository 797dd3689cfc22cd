const COUNTS = new Uint32Array(128)

/** Shannon entropy of a text in bits per character, over its UTF-16 units; units beyond ASCII count as one symbol. */
export function entropyOf(text: string): number {
  COUNTS.fill(0)
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const symbol = code < 128 ? code : 0
    COUNTS[symbol] = (COUNTS[symbol] ?? 0) + 1
  }
  let bits = 0
  for (const count of COUNTS) if (count > 0) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/**
 * Share of neighbouring characters that differ in kind (lower, upper, digit, other). Random data changes kind at well over
 * a third of its places, names made of words hardly ever: entropy alone cannot tell the two apart, as it ignores order.
 */
export function mixtureOf(text: string): number {
  let changes = 0
  for (let at = 1; at < text.length; at += 1)
    if (kindOf(text.charCodeAt(at)) !== kindOf(text.charCodeAt(at - 1))) changes += 1
  return text.length < 2 ? 0 : changes / (text.length - 1)
}

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return 1
  if (code >= 65 && code <= 90) return 2
  return code >= 48 && code <= 57 ? 3 : 4
}
