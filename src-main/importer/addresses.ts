import type { IocScope, IocType } from '#contract/values'

/** The dotted form of an IPv4 address as a number, or -1 where the text is none (also with leading zeros). */
export function ipv4Number(text: string): number {
  let value = 0
  let octet = -1
  let dots = 0
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 46
    if (code === 46) {
      if (octet < 0 || octet > 255) return -1
      value = value * 256 + octet
      octet = -1
      dots++
    } else if (code >= 48 && code <= 57) {
      if (octet === 0) return -1
      octet = (octet < 0 ? 0 : octet) * 10 + code - 48
    } else return -1
  }
  return dots === 4 ? value : -1
}

/** The eight groups of an IPv6 address without zone, or null where the text is none. */
export function ipv6Groups(text: string): number[] | null {
  const dot = text.indexOf('.')
  let plain = text
  if (dot >= 0) {
    const colon = text.lastIndexOf(':', dot)
    const tail = ipv4Number(text.slice(colon + 1))
    if (colon < 0 || tail < 0) return null
    plain = `${text.slice(0, colon + 1)}${Math.floor(tail / 65_536).toString(16)}:${(tail % 65_536).toString(16)}`
  }
  const gap = plain.indexOf('::')
  const read = (part: string): number[] => (part === '' ? [] : part.split(':').map(group))
  const head = read(gap < 0 ? plain : plain.slice(0, gap))
  const tail = gap < 0 ? [] : read(plain.slice(gap + 2))
  const missing = 8 - head.length - tail.length
  if (gap < 0 ? missing !== 0 : missing < 1) return null
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail]
  return groups.includes(-1) ? null : groups
}

const group = (text: string): number => (/^[0-9a-f]{1,4}$/i.test(text) ? parseInt(text, 16) : -1)

/** The canonical form of RFC 5952: lower case, no leading zeros, the first longest run of zero groups as ::. */
export function canonicalIpv6(groups: readonly number[]): string {
  let bestStart = -1
  let bestLength = 1
  for (let start = 0; start < 8; start++) {
    let length = 0
    while (start + length < 8 && groups[start + length] === 0) length++
    if (length > bestLength) {
      bestStart = start
      bestLength = length
    }
  }
  const hex = groups.map((value) => value.toString(16))
  if (bestStart < 0) return hex.join(':')
  return `${hex.slice(0, bestStart).join(':')}::${hex.slice(bestStart + bestLength).join(':')}`
}

/** Blocks of IPv4 that are not public: first address, prefix length. IANA special-purpose registry (RFC 6890 and later). */
const IPV4_BLOCKS: readonly [string, number, IocScope][] = [
  ['127.0.0.0', 8, 'loopback'],
  ['10.0.0.0', 8, 'private'],
  ['172.16.0.0', 12, 'private'],
  ['192.168.0.0', 16, 'private'],
  ['169.254.0.0', 16, 'private'], // link-local
  ['100.64.0.0', 10, 'private'], // shared by carriers (CGNAT)
  ['0.0.0.0', 8, 'reserved'],
  ['192.0.0.0', 24, 'reserved'],
  ['192.0.2.0', 24, 'reserved'], // documentation
  ['198.51.100.0', 24, 'reserved'], // documentation
  ['203.0.113.0', 24, 'reserved'], // documentation
  ['198.18.0.0', 15, 'reserved'], // benchmarks
  ['192.88.99.0', 24, 'reserved'],
  ['224.0.0.0', 4, 'reserved'], // multicast
  ['240.0.0.0', 4, 'reserved'],
]
/** The same as numbers; of blocks that overlap the first one counts. */
export const ipv4Blocks = IPV4_BLOCKS.map(([first, bits, scope]) => ({
  first: ipv4Number(first),
  size: 2 ** (32 - bits),
  scope,
}))

const scopeOfIpv4 = (value: number): IocScope =>
  ipv4Blocks.find(({ first, size }) => value >= first && value < first + size)?.scope ?? 'public'

function scopeOfIpv6(groups: readonly number[]): IocScope {
  const [first = 0, second = 0] = groups
  const low = (groups[6] ?? 0) * 65_536 + (groups[7] ?? 0)
  const zeros = (count: number): boolean => groups.slice(0, count).every((value) => value === 0)
  if (zeros(7) && low === 1) return 'loopback'
  if (zeros(5) && groups[5] === 0xffff) return scopeOfIpv4(low)
  if (first === 0x64 && second === 0xff9b && groups.slice(2, 6).every((value) => value === 0)) return scopeOfIpv4(low)
  if ((first & 0xfe00) === 0xfc00 || (first & 0xff80) === 0xfe80) return 'private' // unique local, link-local, site-local
  // Only 2000::/3 is handed out; of it 2001:db8::/32 and 3fff::/20 are for documentation.
  if ((first & 0xe000) !== 0x2000 || (first === 0x2001 && second === 0xdb8) || (first === 0x3fff && second < 0x1000))
    return 'reserved'
  return 'public'
}

/**
 * Where an address belongs: 'private' (RFC 1918, carrier NAT, link-local, unique local), 'loopback', 'reserved'
 * (documentation, multicast, benchmarks, unassigned) or 'public'. Every other type of indicator is 'public'.
 */
export function iocScope(type: IocType, value: string): IocScope {
  if (type === 'ipv4') {
    const number = ipv4Number(value)
    return number < 0 ? 'reserved' : scopeOfIpv4(number)
  }
  if (type !== 'ipv6') return 'public'
  const groups = ipv6Groups(value)
  return groups ? scopeOfIpv6(groups) : 'reserved'
}
