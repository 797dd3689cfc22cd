export type AddressKind = 'public' | 'private' | 'loopback' | 'group' | 'none'

/**
 * Where an address belongs: `private` is RFC 1918, link local, unique local and shared (RFC 6598); `group` is broadcast,
 * multicast and unspecified; `none` is no address. Names count as none.
 */
export function addressKind(address: string): AddressKind {
  const text = address.startsWith('::ffff:') ? address.slice(7) : address
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (parts !== null) {
    const [a = 0, b = 0, , d = 0] = parts.slice(1).map(Number)
    if (a > 255 || b > 255) return 'none'
    if (a === 127) return 'loopback'
    if (a === 0 || a >= 224 || d === 255) return 'group'
    if (
      a === 10 ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 192 && b === 168) ||
      (a === 169 && b === 254) ||
      (a === 100 && b >= 64 && b < 128)
    )
      return 'private'
    return 'public'
  }
  if (!text.includes(':') || !/^[0-9a-f:.%\w]{2,60}$/i.test(text)) return 'none'
  const lower = text.toLowerCase()
  if (lower === '::1') return 'loopback'
  if (lower === '::' || lower.startsWith('ff')) return 'group'
  return /^f[cd]|^fe[89ab]/.test(lower) ? 'private' : 'public'
}

/** `['10.0.0.1']`, `"10.0.0.1"`, `10.0.0.1, 10.0.0.2` as the first address in it, lower case. */
export function firstAddress(text: string): string {
  if (/^[\d.]{7,15}$/.test(text)) return text
  return (/[0-9a-fA-F.:%]{3,60}|[\w.-]{1,100}/.exec(text)?.[0] ?? '').toLowerCase()
}
